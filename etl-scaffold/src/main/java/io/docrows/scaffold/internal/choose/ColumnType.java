package io.docrows.scaffold.internal.choose;

import static io.docrows.scaffold.internal.choose.Paths.all;
import static io.docrows.scaffold.internal.choose.Paths.count;

import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.NumberFacts;
import io.docrows.inspect.fact.PathFacts;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The type of a column that holds every value exactly as it is, and why it is that one. Immutable.
 *
 * @param type a type of PostgreSQL
 * @param notes what is doubtful about it; empty if nothing is
 */
record ColumnType(String type, List<String> notes) {

    private static final Set<Kind> WHOLE = EnumSet.of(Kind.INT32, Kind.INT64, Kind.DOUBLE_WHOLE);
    private static final Set<Kind> DOUBLES =
            EnumSet.of(Kind.DOUBLE_WHOLE, Kind.DOUBLE, Kind.DOUBLE_NAN, Kind.DOUBLE_INFINITE);

    static final String JSON = "jsonb";

    ColumnType(String type, String... notes) {
        this(type, Arrays.asList(notes));
    }

    /** The type for the values of a path that are neither documents nor arrays. */
    static ColumnType of(PathFacts path) {
        if (path.present() == 0) {
            return new ColumnType(JSON, "Always null, so nothing tells its type: jsonb takes whatever comes.");
        }
        if (all(path, kind -> kind == Kind.TRUE || kind == Kind.FALSE)) {
            return new ColumnType("boolean");
        }
        if (all(path, Kind::isText)) {
            return text(path);
        }
        if (all(path, kind -> kind == Kind.OBJECT_ID)) {
            return new ColumnType("text");
        }
        if (all(path, kind -> kind == Kind.OBJECT_ID || kind.isText()) && clean(path)) {
            return new ColumnType(
                    "text",
                    "ObjectIds beside texts: a text that looks like an ObjectId is stored in quotes, so that both"
                            + " stay apart.");
        }
        if (all(path, Kind::isDate)) {
            long outside = path.count(Kind.DATE_OUT_OF_RANGE);
            return outside == 0
                    ? dates(path)
                    : new ColumnType(
                            JSON,
                            Words.count(outside, "date") + " " + (outside == 1 ? "is" : "are")
                                    + " outside the range of timestamptz: jsonb keeps such dates.");
        }
        if (all(path, kind -> kind == Kind.UUID)) {
            return new ColumnType("uuid");
        }
        if (all(path, kind -> kind == Kind.UUID_LEGACY)) {
            return new ColumnType(
                    "bytea",
                    "UUIDs of subtype 3, whose byte order is not in the data: the bytes are kept. Once you know who"
                            + " wrote them, type uuid and legacyUuid(order, …) in the mapping.");
        }
        if (all(path, kind -> kind == Kind.BINARY)) {
            return new ColumnType("bytea");
        }
        if (all(path, kind -> kind.isFiniteNumber() || DOUBLES.contains(kind))) {
            return number(path);
        }
        if (all(path, kind -> kind == Kind.SYMBOL)) {
            return new ColumnType("text", "Symbols, an old type of BSON that is text.");
        }
        return new ColumnType(JSON, mixed(path));
    }

    private static String mixed(PathFacts path) {
        return path.kinds().stream().filter(one -> !one.kind().isNull()).count() > 1
                ? "Values of several types: jsonb keeps each as it is."
                : "A type that only jsonb keeps as it is.";
    }

    /** Whether every text can be stored as it is. */
    private static boolean clean(PathFacts path) {
        return path.count(Kind.TEXT_NUL) + path.count(Kind.TEXT_MALFORMED) == 0;
    }

    private static ColumnType text(PathFacts path) {
        long empty = path.count(Kind.TEXT_EMPTY) + path.count(Kind.TEXT_BLANK);
        long others = path.present() - empty;
        String blank = empty == 0 ? "" : " (" + Words.number(empty) + " empty)";
        if (others > 0) {
            String[][] looks = {
                {"whole numbers", "bigint"},
                {"numbers", "numeric"},
                {"ISO dates", "date"},
                {"ISO dates and times with zone", "timestamptz"},
                {"UUIDs", "uuid"},
                {"true or false", "boolean"},
            };
            long whole = path.count(Kind.TEXT_INTEGER);
            long[] counts = {
                whole,
                whole + path.count(Kind.TEXT_DECIMAL),
                path.count(Kind.TEXT_DATE),
                path.count(Kind.TEXT_MOMENT),
                path.count(Kind.TEXT_UUID),
                path.count(Kind.TEXT_BOOLEAN)
            };
            for (int i = 0; i < looks.length; i++) {
                if (counts[i] == others) {
                    return new ColumnType(
                            "text",
                            "All are " + looks[i][0] + " as text" + blank + ": type " + looks[i][1]
                                    + " would read them"
                                    + (empty == 0 ? "." : ", the empty ones as NULL."));
                }
            }
        }
        long padded = path.count(Kind.TEXT_PADDED);
        return padded == 0
                ? new ColumnType("text")
                : new ColumnType(
                        "text", Words.count(padded, "text") + " with leading zeros, which a number would lose.");
    }

    private static ColumnType dates(PathFacts path) {
        boolean days = path.dates().filter(facts -> !facts.zones().isEmpty()).isPresent()
                && all(path, kind -> kind == Kind.DATE_MIDNIGHT || kind == Kind.DATE);
        if (days && path.present() > 1) {
            return new ColumnType(
                    "timestamptz",
                    "All are midnight in " + path.dates().orElseThrow().zones().get(0)
                            + ": days, perhaps. The zone is not in the data, so the moment is kept.");
        }
        return new ColumnType("timestamptz");
    }

    private static ColumnType number(PathFacts path) {
        boolean decimals = count(path, kind -> kind == Kind.DECIMAL) > 0;
        boolean special = path.count(Kind.DOUBLE_NAN) + path.count(Kind.DOUBLE_INFINITE) > 0;
        if (all(path, DOUBLES::contains)) {
            return new ColumnType("double precision");
        }
        if (all(path, kind -> kind == Kind.INT32)) {
            return new ColumnType("integer");
        }
        if (all(path, kind -> kind == Kind.INT32 || kind == Kind.INT64)) {
            return new ColumnType("bigint");
        }
        if (special && (decimals || path.count(Kind.INT64) > 0)) {
            return new ColumnType(JSON, "NaN or infinite doubles beside exact numbers: jsonb keeps both.");
        }
        if (all(path, DOUBLES::contains) || (!decimals && path.count(Kind.INT64) == 0)) {
            return new ColumnType(
                    "double precision", "Whole numbers beside doubles, as JavaScript writes them: both fit exactly.");
        }
        NumberFacts facts = path.numbers().orElseThrow();
        boolean whole = all(path, WHOLE::contains) && facts.fitsBigint();
        if (whole) {
            return new ColumnType(
                    "numeric",
                    "All are whole, but " + Words.number(path.count(Kind.DOUBLE_WHOLE))
                            + " are doubles, which may have a fraction tomorrow: type bigint would refuse that.");
        }
        return new ColumnType("numeric");
    }
}
