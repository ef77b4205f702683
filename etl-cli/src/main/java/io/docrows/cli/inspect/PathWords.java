package io.docrows.cli.inspect;

import io.docrows.cli.output.Numbers;
import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.DateFacts;
import io.docrows.inspect.fact.DistinctFacts;
import io.docrows.inspect.fact.KeyFacts;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.KindFacts;
import io.docrows.inspect.fact.NumberFacts;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.SizeFacts;
import io.docrows.inspect.fact.TextFacts;
import io.docrows.inspect.fact.ValueCount;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was measured of a path, in words. Values of documents are among them only if they were asked for. */
final class PathWords {

    private static final int SHOWN_VALUES = 6;
    private static final int SHOWN_KINDS = 3;
    private static final int LONGEST_VALUE = 24;
    private static final int LONGEST_COUNTED_BINARY = 64;

    private final CollectionFacts collection;
    private final boolean values;

    PathWords(CollectionFacts collection, boolean values) {
        this.collection = collection;
        this.values = values;
    }

    /** A share that says 100% only for all, and 0% only for none. */
    static String share(long part, long whole) {
        if (whole == 0 || part == 0) {
            return "0%";
        }
        if (part >= whole) {
            return "100%";
        }
        double percent = 100.0 * part / whole;
        return percent < 0.1
                ? "<0.1%"
                : percent > 99.9
                        ? ">99.9%"
                        : percent < 10 || percent > 90
                                ? String.format(Locale.ROOT, "%.1f%%", percent)
                                : Math.round(percent) + "%";
    }

    /** How large something is. */
    static String size(long bytes) {
        if (bytes < 1000) {
            return Numbers.count(bytes, "byte");
        }
        double size = bytes / 1000.0;
        for (String unit : List.of("kB", "MB", "GB")) {
            if (size < 1000) {
                return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, unit);
            }
            size /= 1000;
        }
        return String.format(Locale.ROOT, "%.1f TB", size);
    }

    /** The kinds of the values; the rare ones are counted. */
    String types(PathFacts path) {
        if (path.kinds().size() == 1) {
            return path.kinds().get(0).kind().words();
        }
        List<KindFacts> kinds = path.kinds().stream()
                .sorted((a, b) -> Long.compare(b.values(), a.values()))
                .toList();
        String shown = kinds.stream()
                .limit(SHOWN_KINDS)
                .map(one -> one.kind().words() + " " + share(one.values(), path.values()))
                .collect(Collectors.joining(", "));
        return kinds.size() > SHOWN_KINDS ? shown + ", " + (kinds.size() - SHOWN_KINDS) + " more" : shown;
    }

    /** Sizes, ranges, distinctness. */
    String measured(PathFacts path) {
        List<String> words = new ArrayList<>();
        collection
                .key(path.path())
                .ifPresent(key -> words.add(key.unique() ? "unique" : Numbers.count(key.repeats(), "repeat")));
        path.fieldNames()
                .ifPresent(names -> words.add(
                        (names.exact() ? "" : "about ") + Numbers.count(names.distinct()) + " names as data"));
        path.texts().ifPresent(texts -> words.add(text(texts)));
        path.numbers().ifPresent(numbers -> words.add(number(numbers)));
        path.textNumbers().filter(numbers -> path.numbers().isEmpty()).ifPresent(numbers -> words.add(digits(numbers)));
        path.dates().ifPresent(dates -> words.add(date(dates)));
        path.lengths().ifPresent(lengths -> words.add(range(lengths, "element")));
        path.binaries()
                .ifPresent(binary -> words.add(
                        binary.shortest() == binary.longest()
                                ? Numbers.count(binary.longest(), "byte")
                                : Numbers.count(binary.shortest()) + " to " + Numbers.count(binary.longest(), "byte")));
        distinct(path).ifPresent(words::add);
        return String.join(", ", words);
    }

    private Optional<String> distinct(PathFacts path) {
        if (!path.kinds().stream().allMatch(one -> isCounted(one.kind(), path))) {
            return Optional.empty();
        }
        boolean unique = collection.key(path.path()).filter(KeyFacts::unique).isPresent();
        if (!path.few().isEmpty() && !(unique && !values)) {
            String count = Numbers.count(path.few().size(), "value");
            return Optional.of(values ? count + ": " + labels(path.few()) : count);
        }
        Optional<KeyFacts> key = collection.key(path.path());
        // What was counted as a key is known exactly.
        return key.isPresent()
                ? key.filter(one -> !one.unique()).map(one -> Numbers.count(one.distinct()) + " different")
                : path.distinct().map(PathWords::about);
    }

    /** Whether different values of a kind are counted; where some are not, a count would mislead. */
    private static boolean isCounted(Kind kind, PathFacts path) {
        return switch (kind) {
            case INT32, INT64, OBJECT_ID, UUID, NULL, UNDEFINED -> true;
            case DOUBLE_WHOLE -> path.numbers().filter(NumberFacts::fitsBigint).isPresent();
            case BINARY, BINARY_OTHER, BINARY_USER, UUID_LEGACY ->
                path.binaries()
                        .filter(binary -> binary.longest() <= LONGEST_COUNTED_BINARY)
                        .isPresent();
            default -> kind.isText();
        };
    }

    private static String about(DistinctFacts distinct) {
        return (distinct.exact() ? "" : "about ") + Numbers.count(distinct.number()) + " different";
    }

    private static String labels(List<ValueCount> few) {
        String shown = few.stream()
                .limit(SHOWN_VALUES)
                .map(value -> cut(value.value()) + " (" + Numbers.count(value.count()) + ")")
                .collect(Collectors.joining(", "));
        return few.size() > SHOWN_VALUES ? shown + ", …" : shown;
    }

    private static String cut(String value) {
        return value.codePointCount(0, value.length()) <= LONGEST_VALUE
                ? value
                : value.substring(0, value.offsetByCodePoints(0, LONGEST_VALUE - 1)) + "…";
    }

    static String text(TextFacts texts) {
        return texts.shortest() == texts.longest()
                ? Numbers.count(texts.longest(), "character")
                : Numbers.count(texts.shortest()) + " to " + Numbers.count(texts.longest(), "character");
    }

    private String number(NumberFacts numbers) {
        return values ? number(numbers.min()) + " to " + number(numbers.max()) : digits(numbers);
    }

    private static String number(double value) {
        return Math.rint(value) == value && Math.abs(value) < 1e15
                ? Numbers.count((long) value)
                : Double.toString(value);
    }

    static String digits(NumberFacts numbers) {
        String scale = numbers.inexact() > 0 && numbers.scale() == 0
                ? ", fractions of any length"
                : numbers.scale() > 0 ? " before and " + numbers.scale() + " after the point" : "";
        return Numbers.count(numbers.integerDigits(), "digit")
                + scale
                + (numbers.negative() > 0 ? ", some negative" : "");
    }

    private String date(DateFacts dates) {
        if (dates.years().isEmpty()) {
            return "out of range";
        }
        if (values) {
            return Instant.ofEpochMilli(dates.min()) + " to " + Instant.ofEpochMilli(dates.max());
        }
        int first = Instant.ofEpochMilli(dates.min()).atZone(ZoneOffset.UTC).getYear();
        int last = Instant.ofEpochMilli(dates.max()).atZone(ZoneOffset.UTC).getYear();
        return first == last ? "in " + first : first + " to " + last;
    }

    static String range(SizeFacts sizes, String thing) {
        return sizes.least() == sizes.most()
                ? Numbers.count(sizes.most(), thing)
                : Numbers.count(sizes.least()) + " to " + Numbers.count(sizes.most(), thing);
    }

    /** How many owners have the path, with a value or with null. */
    static String present(PathFacts path) {
        return share(path.owners() - path.missing(), path.owners());
    }
}
