package io.docrows.scaffold.internal.schema;

import static io.docrows.scaffold.internal.choose.Paths.all;

import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.NumberFacts;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.scaffold.internal.choose.Paths;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a column that is there already holds every value of a path. Immutable.
 *
 * @param paths the paths of the collection
 * @param enums the labels of each enum
 */
record Fit(Paths paths, Map<String, List<String>> enums) {

    private static final Pattern LIMITS = Pattern.compile("\\((\\d+)(?:,(\\d+))?\\)");

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    /** The digits of an ObjectId. */
    private static final int OBJECT_ID = 24;

    /** The digits of a second that a date of BSON has. */
    private static final int MILLISECONDS = 3;

    /** Why a type does not hold all values; empty if it does. */
    Optional<String> against(PathFacts path, String type) {
        if (path.present() == 0) {
            return Optional.empty();
        }
        if (type.endsWith("[]")) {
            Optional<PathFacts> element = paths.element(path);
            return all(path, Kind::isArray) && element.isPresent()
                    ? against(element.get(), type.substring(0, type.length() - 2))
                    : Optional.of("not all values are arrays");
        }
        boolean fits = type.equals("jsonb") || holds(path, type);
        return fits ? Optional.empty() : Optional.of("type " + type + " does not hold all values");
    }

    private boolean holds(PathFacts path, String type) {
        if (enums.containsKey(type)) {
            List<String> labels = enums.getOrDefault(type, List.of());
            return !path.few().isEmpty()
                    && path.few().stream().allMatch(one -> labels.contains(one.value()))
                    && all(path, Kind::isText);
        }
        Matcher limits = LIMITS.matcher(type);
        boolean limited = limits.find();
        return switch (limits.replaceAll("").strip()) {
            case "text", "citext", "character varying", "character" -> text(path, longest(type));
            case "smallint" -> all(path, Kind::isFiniteNumber) && range(path, Short.MIN_VALUE, Short.MAX_VALUE);
            case "integer" ->
                whole(path) && path.numbers().filter(NumberFacts::fitsInteger).isPresent();
            case "bigint" ->
                whole(path) && path.numbers().filter(NumberFacts::fitsBigint).isPresent();
            case "numeric" -> all(path, Kind::isFiniteNumber) && (!limited || digits(path, type));
            case "double precision" ->
                all(path, kind -> kind == Kind.INT32 || kind.type().equals("double"));
            case "boolean" -> all(path, kind -> kind == Kind.TRUE || kind == Kind.FALSE);
            case "timestamp with time zone", "timestamp without time zone" ->
                all(path, kind -> kind.isDate() && kind != Kind.DATE_OUT_OF_RANGE)
                        && (!limited || longest(type) >= MILLISECONDS || all(path, kind -> kind == Kind.DATE_MIDNIGHT));
            case "date" -> all(path, kind -> kind == Kind.DATE_MIDNIGHT);
            case "uuid" -> all(path, kind -> kind == Kind.UUID);
            case "bytea" -> all(path, kind -> kind == Kind.BINARY || kind == Kind.UUID_LEGACY);
            default -> false;
        };
    }

    private static int longest(String type) {
        Matcher found = LIMITS.matcher(type);
        return found.find() ? Integer.parseInt(found.group(1)) : NO_LIMIT;
    }

    private static boolean text(PathFacts path, int longest) {
        boolean clean = path.count(Kind.TEXT_NUL) + path.count(Kind.TEXT_MALFORMED) == 0;
        boolean fits = path.texts().filter(texts -> texts.longest() > longest).isEmpty();
        boolean ids = path.count(Kind.OBJECT_ID) > 0;
        if (!clean || !fits || !all(path, kind -> kind.isText() || kind == Kind.OBJECT_ID)) {
            return false;
        }
        // Beside ObjectIds, texts may get quotes, and are longer then.
        return !ids || (all(path, kind -> kind == Kind.OBJECT_ID) ? longest >= OBJECT_ID : longest == NO_LIMIT);
    }

    private static boolean whole(PathFacts path) {
        return all(path, kind -> kind == Kind.INT32 || kind == Kind.INT64 || kind == Kind.DOUBLE_WHOLE);
    }

    private static boolean range(PathFacts path, long least, long most) {
        return whole(path)
                && path.numbers()
                        .filter(numbers -> numbers.min() >= least && numbers.max() <= most)
                        .isPresent();
    }

    private static boolean digits(PathFacts path, String type) {
        Matcher found = LIMITS.matcher(type);
        if (!found.find()) {
            return true;
        }
        int precision = Integer.parseInt(found.group(1));
        int scale = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
        return path.numbers()
                .filter(numbers -> numbers.inexact() == 0
                        && numbers.scaleWithoutZeros() <= scale
                        && numbers.integerDigits() <= precision - scale)
                .isPresent();
    }
}
