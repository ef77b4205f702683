package io.docrows.inspect.internal.find;

import static io.docrows.inspect.internal.find.Subject.number;

import io.docrows.inspect.fact.Finding.Weight;
import io.docrows.inspect.fact.FindingCode;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.KindFacts;
import io.docrows.inspect.fact.PathFacts;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Values of several types at one path. */
final class TypeMixes {

    private TypeMixes() {}

    static void find(PathFacts path, Subject subject) {
        Map<Kind, Long> families = new EnumMap<>(Kind.class);
        for (KindFacts one : path.kinds()) {
            if (!one.kind().isNull()) {
                families.merge(family(one.kind()), one.values(), Long::sum);
            }
        }
        long text = families.getOrDefault(Kind.TEXT, 0L);
        long numbers = families.getOrDefault(Kind.DECIMAL, 0L);
        if (families.size() == 2 && text > 0 && numbers > 0) {
            textBesideNumbers(path, subject, text, numbers);
        } else if (families.size() > 1) {
            mixed(path, subject, families);
        }
        long whole = path.count(Kind.DOUBLE_WHOLE);
        long integers = path.count(Kind.INT32) + path.count(Kind.INT64);
        if (whole > 0 && path.count(Kind.DOUBLE) == 0 && path.count(Kind.DECIMAL) == 0) {
            subject.add(
                    FindingCode.WHOLE_DOUBLES,
                    Weight.NOTE,
                    path,
                    Kind.DOUBLE_WHOLE::equals,
                    number(whole, "double") + " without a fraction"
                            + (integers > 0 ? " beside " + number(integers, "integer") : "")
                            + ", as JavaScript stores numbers: whole numbers, exact up to 2^53.");
        }
        scale(path, subject);
    }

    private static void textBesideNumbers(PathFacts path, Subject subject, long text, long numbers) {
        long numeric = path.count(Kind.TEXT_INTEGER) + path.count(Kind.TEXT_DECIMAL);
        boolean decimals = path.count(Kind.DECIMAL) > 0;
        if (numeric == text) {
            subject.add(
                    FindingCode.TEXT_BESIDE_DECIMAL,
                    Weight.DECIDE,
                    path,
                    Kind::isText,
                    number(text, "text") + " beside " + number(numbers, decimals ? "decimal or other number" : "number")
                            + ", all of them numbers: one numeric column holds both, if texts are read as numbers"
                            + (decimals ? ". Spring Data stored BigDecimal as text before it stored decimals." : "."));
        } else {
            subject.add(
                    FindingCode.MIXED_TYPES,
                    Weight.DECIDE,
                    path,
                    kind -> kind.isText() == text < numbers && !kind.isNull(),
                    number(text, "text") + " (" + (numeric == 0 ? "none" : number(numeric))
                            + " of them numbers) beside "
                            + number(numbers, "number") + ": a text column holds all"
                            + (path.count(Kind.TEXT_NUL) + path.count(Kind.TEXT_MALFORMED) == 0
                                    ? ""
                                    : " that PostgreSQL can store")
                            + ", a number column rejects " + number(text - numeric) + ".");
        }
    }

    private static void mixed(PathFacts path, Subject subject, Map<Kind, Long> families) {
        long most = families.values().stream().mapToLong(Long::longValue).max().orElse(0);
        String counts = families.entrySet().stream()
                .sorted(Map.Entry.<Kind, Long>comparingByValue().reversed())
                .map(entry -> number(entry.getValue(), words(entry.getKey())))
                .collect(Collectors.joining(", "));
        subject.add(
                FindingCode.MIXED_TYPES,
                Weight.DECIDE,
                path,
                path.present() - most,
                Subject.firstId(path, kind -> !kind.isNull() && families.getOrDefault(family(kind), 0L) < most),
                "Values of several types: " + counts + ". A column of the most frequent type rejects the rest.");
    }

    /** Decimals whose stored scale says little. */
    private static void scale(PathFacts path, Subject subject) {
        path.numbers()
                .filter(numbers -> numbers.positiveExponents() > 0)
                .ifPresent(numbers -> subject.add(
                        FindingCode.SCALE_UNCERTAIN,
                        Weight.LIKELY,
                        path,
                        numbers.positiveExponents(),
                        Optional.empty(),
                        number(numbers.positiveExponents(), "decimal")
                                + " stored with an exponent above 0, such as 1E+2 for"
                                + " 100: the writer cut zeros off, so the scale of the rest is not what was meant."));
    }

    static Kind family(Kind kind) {
        if (kind.isFiniteNumber()
                || kind == Kind.DOUBLE_NAN
                || kind == Kind.DOUBLE_INFINITE
                || kind == Kind.DECIMAL_NAN
                || kind == Kind.DECIMAL_INFINITE) {
            return Kind.DECIMAL;
        }
        return switch (kind.type()) {
            case "string" -> Kind.TEXT;
            case "date" -> Kind.DATE;
            case "array" -> Kind.ARRAY;
            case "object" -> Kind.DOCUMENT;
            case "bool" -> Kind.TRUE;
            case "binData" -> kind == Kind.UUID || kind == Kind.UUID_LEGACY ? Kind.UUID : Kind.BINARY;
            default -> kind;
        };
    }

    private static String words(Kind family) {
        return switch (family) {
            case DECIMAL -> "number";
            case TRUE -> "boolean";
            case BINARY -> "binary value";
            default -> family.words();
        };
    }
}
