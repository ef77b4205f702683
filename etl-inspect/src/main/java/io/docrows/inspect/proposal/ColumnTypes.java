package io.docrows.inspect.proposal;

import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.DateFacts;
import io.docrows.inspect.fact.Finding;
import io.docrows.inspect.fact.FindingCode;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.KindFacts;
import io.docrows.inspect.fact.NumberFacts;
import io.docrows.inspect.fact.PathFacts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The types that a column may have, by the kinds of its values, the best one first. */
final class ColumnTypes {

    /** If no more than one value in so many is of another type, the column has the type of the others. */
    private static final int HARDLY_ANY = 100;

    private static final int MOST_LABELS = 32;

    /** A family of kinds that one type holds, in the order of preference where there are equally many. */
    private enum Family {
        NUMBER,
        TEXT,
        DATE,
        BOOLEAN,
        UUID,
        OBJECT_ID,
        BINARY,
        OTHER
    }

    private final CollectionFacts collection;
    private final PathFacts path;
    private final List<Choice> choices = new ArrayList<>();

    private ColumnTypes(CollectionFacts collection, PathFacts path) {
        this.collection = collection;
        this.path = path;
    }

    static List<Choice> of(CollectionFacts collection, PathFacts path) {
        ColumnTypes types = new ColumnTypes(collection, path);
        types.choose();
        return types.choices;
    }

    private static Family family(Kind kind) {
        if (kind.isFiniteNumber()) {
            return Family.NUMBER;
        }
        return switch (kind) {
            case DOUBLE_NAN, DOUBLE_INFINITE, DECIMAL_NAN, DECIMAL_INFINITE -> Family.NUMBER;
            case TRUE, FALSE -> Family.BOOLEAN;
            case UUID, UUID_LEGACY -> Family.UUID;
            case OBJECT_ID -> Family.OBJECT_ID;
            case BINARY, BINARY_OTHER, BINARY_USER -> Family.BINARY;
            default -> kind.isText() || kind == Kind.SYMBOL ? Family.TEXT : kind.isDate() ? Family.DATE : Family.OTHER;
        };
    }

    private void choose() {
        Map<Family, Long> families = new EnumMap<>(Family.class);
        for (KindFacts one : path.kinds()) {
            if (!one.kind().isNull()) {
                families.merge(family(one.kind()), one.values(), Long::sum);
            }
        }
        long all = path.present();
        Family most = families.entrySet().stream()
                .max(Map.Entry.<Family, Long>comparingByValue()
                        .thenComparing(Map.Entry::getKey, (a, b) -> b.compareTo(a)))
                .map(Map.Entry::getKey)
                .orElse(Family.OTHER);
        long rest = all - families.getOrDefault(most, 0L);
        if (most == Family.OTHER) {
            choices.add(Choice.exact("jsonb"));
            return;
        }
        if (families.keySet().stream().allMatch(one -> one == Family.NUMBER || one == Family.TEXT)
                && families.size() == 2
                && count(Kind::isText) == count(ColumnTypes::isNumericText)) {
            choices.add(new Choice("numeric", "texts are read as numbers", 0, Optional.empty(), true));
            choices.add(Choice.exact("jsonb"));
            return;
        }
        if (families.keySet().stream().allMatch(one -> one == Family.OBJECT_ID || one == Family.TEXT)
                && families.size() == 2) {
            choices.add(new Choice("text", "ObjectIds become their 24 digits", 0, Optional.empty(), true));
            return;
        }
        if (families.keySet().stream().allMatch(one -> one == Family.DATE || one == Family.TEXT)
                && families.size() == 2
                && count(Kind::isText) == path.count(Kind.TEXT_MOMENT)) {
            choices.add(new Choice(
                    "timestamptz",
                    "texts are read as ISO dates and times",
                    documents(Kind.DATE_OUT_OF_RANGE::equals),
                    firstId(Kind.DATE_OUT_OF_RANGE::equals),
                    true));
            choices.add(Choice.exact("jsonb"));
            return;
        }
        of(most);
        if (rest > 0) {
            choices.removeIf(choice -> choice.type().startsWith("lookup"));
            Predicate<Kind> others = kind -> !kind.isNull() && family(kind) != most;
            List<Choice> paid = new ArrayList<>();
            for (Choice choice : choices) {
                paid.add(new Choice(
                        choice.type(),
                        choice.how(),
                        Math.min(choice.rejectedDocuments() + documents(others), path.documents()),
                        firstId(others),
                        choice.proved()));
            }
            choices.clear();
            choices.addAll(paid);
            if (most == Family.TEXT
                    && families.keySet().stream().allMatch(one -> one == Family.NUMBER || one == Family.TEXT)) {
                Predicate<Kind> bad = kind -> kind == Kind.TEXT_NUL || kind == Kind.TEXT_MALFORMED;
                choices.add(0, new Choice("text", "numbers become text", documents(bad), firstId(bad), true));
            }
            Choice json = new Choice("jsonb", "values keep the types they have", 0, Optional.empty(), true);
            choices.add(rest * HARDLY_ANY <= all ? choices.size() : 0, json);
        }
    }

    private static boolean isNumericText(Kind kind) {
        return kind == Kind.TEXT_INTEGER || kind == Kind.TEXT_DECIMAL;
    }

    private void of(Family family) {
        switch (family) {
            case NUMBER ->
                path.numbers().ifPresentOrElse(this::number, () -> choices.add(Choice.exact("double precision")));
            case TEXT -> text();
            case DATE -> path.dates().ifPresent(this::date);
            case BOOLEAN -> choices.add(Choice.exact("boolean"));
            case UUID -> uuid();
            case OBJECT_ID -> choices.add(new Choice("text", "the 24 digits", 0, Optional.empty(), true));
            case BINARY -> choices.add(Choice.exact("bytea"));
            case OTHER -> choices.add(Choice.exact("jsonb"));
        }
    }

    private void number(NumberFacts numbers) {
        boolean decimal = count(kind -> kind.type().equals("decimal")) > 0;
        boolean fraction = path.count(Kind.DOUBLE) > 0;
        boolean infinite = path.count(Kind.DOUBLE_NAN) + path.count(Kind.DOUBLE_INFINITE) > 0;
        if (decimal) {
            choices.add(Choice.exact("numeric"));
            scaled(numbers);
        } else if (fraction || infinite) {
            choices.add(Choice.exact("double precision"));
            if (!infinite && numbers.inexact() == 0) {
                scaled(numbers);
            }
        } else if (path.count(Kind.INT64) > 0 || !numbers.fitsInteger()) {
            choices.add(Choice.exact(numbers.fitsBigint() ? "bigint" : "numeric"));
        } else {
            choices.add(Choice.exact("integer"));
            choices.add(Choice.exact("bigint"));
        }
        epoch(numbers);
    }

    private void scaled(NumberFacts numbers) {
        int scale = numbers.scaleWithoutZeros();
        choices.add(Choice.assuming(
                "numeric(" + Math.min(numbers.integerDigits() + scale, 1000) + "," + scale + ")",
                "that no value will have more digits than those there are"));
    }

    private void epoch(NumberFacts numbers) {
        if (has(FindingCode.EPOCH_NUMBER)) {
            long seconds = numbers.epochSeconds();
            long millis = numbers.epochMillis();
            String unit = millis >= seconds && millis >= numbers.epochMicros()
                    ? "milliseconds"
                    : seconds >= numbers.epochMicros() ? "seconds" : "microseconds";
            choices.add(Choice.assuming("timestamptz", "that the numbers are " + unit + " since 1970"));
        }
    }

    private boolean has(FindingCode code) {
        return collection.findings().stream()
                .anyMatch(one -> one.code() == code && one.path().equals(path.path()));
    }

    private void text() {
        long bad = count(kind -> kind == Kind.TEXT_NUL || kind == Kind.TEXT_MALFORMED);
        Predicate<Kind> badKinds = kind -> kind == Kind.TEXT_NUL || kind == Kind.TEXT_MALFORMED;
        choices.add(
                bad == 0 ? Choice.exact("text") : new Choice("text", "", documents(badKinds), firstId(badKinds), true));
        Predicate<Kind> empty = kind -> kind == Kind.TEXT_EMPTY || kind == Kind.TEXT_BLANK;
        alternative("bigint", "texts are read as whole numbers", kind -> kind == Kind.TEXT_INTEGER, empty);
        if (path.count(Kind.TEXT_DECIMAL) > 0) {
            alternative("numeric", "texts are read as numbers", ColumnTypes::isNumericText, empty);
        }
        alternative("uuid", "texts are read as UUIDs", kind -> kind == Kind.TEXT_UUID, empty);
        alternative("date", "texts are read as ISO dates", kind -> kind == Kind.TEXT_DATE, empty);
        alternative("timestamptz", "texts are read as ISO dates and times", kind -> kind == Kind.TEXT_MOMENT, empty);
        alternative(
                "timestamp", "texts are read as ISO dates and times", kind -> kind == Kind.TEXT_LOCAL_MOMENT, empty);
        alternative("time", "texts are read as ISO times", kind -> kind == Kind.TEXT_TIME, empty);
        alternative("boolean", "texts are read as true or false", kind -> kind == Kind.TEXT_BOOLEAN, empty);
        alternative("jsonb", "texts are parsed as JSON", kind -> kind == Kind.TEXT_JSON, empty);
        if (path.few().size() >= 2 && path.few().size() <= MOST_LABELS && has(FindingCode.FEW_VALUES)) {
            choices.add(Choice.assuming(
                    "lookup table of " + path.few().size() + " values",
                    "that new values are added to it, or rejected"));
        }
    }

    /** Another type, if nearly all texts have its form. */
    private void alternative(String type, String how, Predicate<Kind> fits, Predicate<Kind> empty) {
        long fitting = count(fits);
        Predicate<Kind> others = kind -> kind.isText() && !fits.test(kind) && !empty.test(kind);
        long rest = count(others);
        if (fitting > 0 && rest * 10 <= fitting) {
            String blank = count(empty) > 0 ? how + ", empty ones as NULL" : how;
            choices.add(new Choice(type, blank, documents(others), firstId(others), true));
        }
    }

    private void date(DateFacts dates) {
        Predicate<Kind> outside = kind -> kind == Kind.DATE_OUT_OF_RANGE;
        choices.add(new Choice("timestamptz", "", documents(outside), firstId(outside), true));
        if (has(FindingCode.DAY_AT_MIDNIGHT) && !dates.zones().isEmpty()) {
            choices.add(Choice.assuming(
                    "date", "that days are meant, in the zone " + dates.zones().get(0)));
        }
        if (has(FindingCode.TIME_ON_1970) || has(FindingCode.TIME_ON_DAY_OF_SAVING)) {
            choices.add(Choice.assuming("time", "that times of day are meant, in a zone you name"));
        }
    }

    private void uuid() {
        if (path.count(Kind.UUID_LEGACY) > 0) {
            choices.add(Choice.assuming("uuid", "a byte order for subtype 3, which you state"));
            choices.add(Choice.exact("bytea"));
        } else {
            choices.add(Choice.exact("uuid"));
        }
    }

    private long count(Predicate<Kind> kinds) {
        return path.kinds().stream()
                .filter(one -> kinds.test(one.kind()))
                .mapToLong(KindFacts::values)
                .sum();
    }

    private long documents(Predicate<Kind> kinds) {
        return path.kinds().stream()
                .filter(one -> kinds.test(one.kind()))
                .mapToLong(KindFacts::documents)
                .sum();
    }

    private Optional<String> firstId(Predicate<Kind> kinds) {
        return path.kinds().stream()
                .filter(one -> kinds.test(one.kind()))
                .min(java.util.Comparator.comparingLong(KindFacts::values))
                .flatMap(KindFacts::firstId);
    }

    /** Whether a finding about a path speaks against a column for it. */
    static Optional<String> leftOut(CollectionFacts collection, PathFacts path) {
        return collection.findings().stream()
                .filter(one -> one.path().equals(path.path()))
                .filter(one -> one.code() == FindingCode.ALWAYS_NULL
                        || one.code() == FindingCode.NO_INFORMATION
                        || one.code() == FindingCode.CLASS_MARKER)
                .findFirst()
                .map(Finding::message);
    }
}
