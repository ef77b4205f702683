package io.docrows.inspect.internal.find;

import static io.docrows.inspect.internal.find.Subject.number;

import io.docrows.inspect.fact.Finding.Weight;
import io.docrows.inspect.fact.FindingCode;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Texts that are numbers, dates, UUIDs and so on, all of them or all but a few. */
final class TextsOfOtherTypes {

    /** All but one in a hundred, and at least so many. */
    private static final int NEARLY = 100;

    private static final int LEAST = 5;

    private static final Set<Kind> EMPTY = EnumSet.of(Kind.TEXT_EMPTY, Kind.TEXT_BLANK);

    private record Type(String what, String column, Set<Kind> kinds) {}

    private static final List<Type> TYPES = List.of(
            new Type("a whole number", "integer or bigint", EnumSet.of(Kind.TEXT_INTEGER)),
            new Type("a number", "numeric", EnumSet.of(Kind.TEXT_INTEGER, Kind.TEXT_DECIMAL)),
            new Type("true or false", "boolean", EnumSet.of(Kind.TEXT_BOOLEAN)),
            new Type("an ISO date", "date", EnumSet.of(Kind.TEXT_DATE)),
            new Type("an ISO time of day", "time", EnumSet.of(Kind.TEXT_TIME)),
            new Type("an ISO date and time with a zone", "timestamptz", EnumSet.of(Kind.TEXT_MOMENT)),
            new Type("an ISO date and time without a zone", "timestamp", EnumSet.of(Kind.TEXT_LOCAL_MOMENT)),
            new Type(
                    "an ISO date or date and time",
                    "timestamptz, once it is decided what the others mean",
                    EnumSet.of(Kind.TEXT_DATE, Kind.TEXT_MOMENT, Kind.TEXT_LOCAL_MOMENT)),
            new Type("a UUID", "uuid", EnumSet.of(Kind.TEXT_UUID)),
            new Type("an ObjectId", "the same text as other ObjectIds", EnumSet.of(Kind.TEXT_OBJECT_ID)));

    private static final Map<Kind, FindingCode> SPECIAL =
            Map.of(Kind.TEXT_JSON, FindingCode.JSON_AS_TEXT, Kind.TEXT_COMMA_MOMENT, FindingCode.COMMA_SEPARATED_TIME);

    private TextsOfOtherTypes() {}

    static void find(PathFacts path, Subject subject) {
        long texts = Subject.count(path, kind -> kind.isText() && !EMPTY.contains(kind));
        if (texts == 0) {
            return;
        }
        for (Type type : TYPES) {
            long fitting = Subject.count(path, type.kinds::contains);
            long others = texts - fitting;
            if (others == 0) {
                subject.add(
                        FindingCode.TYPE_KEPT_AS_TEXT,
                        Weight.LIKELY,
                        path,
                        type.kinds::contains,
                        Subject.part(fitting, texts) + (texts == 1 ? " text is " : " texts are ") + type.what
                                + ": could be " + type.column + empty(path) + ".");
                break;
            }
            if (fitting >= LEAST && others * NEARLY <= texts) {
                Predicate<Kind> rest = kind -> kind.isText() && !EMPTY.contains(kind) && !type.kinds.contains(kind);
                subject.add(
                        FindingCode.NEARLY_ALL_TEXTS,
                        Weight.LIKELY,
                        path,
                        rest,
                        number(fitting) + " of " + number(texts) + " texts are " + type.what + ", " + number(others)
                                + " "
                                + (others == 1 ? "is" : "are") + " not: as " + type.column + ", "
                                + number(documents(path, rest), "document") + " would be rejected" + empty(path) + ".");
                break;
            }
        }
        long padded = path.count(Kind.TEXT_PADDED);
        if (padded > 0) {
            subject.add(
                    FindingCode.LEADING_ZEROS,
                    Weight.NOTE,
                    path,
                    Kind.TEXT_PADDED::equals,
                    number(padded, "text")
                            + " of digits with leading zeros: a number column would lose them; keep text.");
        }
        SPECIAL.forEach((kind, code) -> special(path, subject, kind, code));
    }

    private static void special(PathFacts path, Subject subject, Kind kind, FindingCode code) {
        long count = path.count(kind);
        if (count > 0) {
            subject.add(
                    code,
                    Weight.LIKELY,
                    path,
                    kind::equals,
                    kind == Kind.TEXT_JSON
                            ? number(count, "text") + " that hold a JSON object or array: could be jsonb."
                            : number(count, "text") + " of a date and time parted by commas, as MongoEngine's"
                                    + " ComplexDateTimeField writes them: no zone is stored.");
        }
    }

    private static long documents(PathFacts path, Predicate<Kind> kinds) {
        return path.kinds().stream()
                .filter(one -> kinds.test(one.kind()))
                .mapToLong(one -> one.documents())
                .sum();
    }

    private static String empty(PathFacts path) {
        long empty = Subject.count(path, EMPTY::contains);
        return empty == 0 ? "" : "; " + number(empty, "empty text") + " would be NULL";
    }
}
