package io.docrows.inspect.internal.find;

import static io.docrows.inspect.internal.find.Subject.number;

import io.docrows.inspect.fact.Finding.Weight;
import io.docrows.inspect.fact.FindingCode;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import java.util.EnumSet;
import java.util.Set;

/** Values that PostgreSQL cannot hold, or has no type for. */
final class PostgresLimits {

    private static final Set<Kind> NOT_FINITE =
            EnumSet.of(Kind.DOUBLE_NAN, Kind.DOUBLE_INFINITE, Kind.DECIMAL_NAN, Kind.DECIMAL_INFINITE);

    private static final Set<Kind> OLD = EnumSet.of(
            Kind.UNDEFINED,
            Kind.SYMBOL,
            Kind.DB_POINTER,
            Kind.CODE,
            Kind.CODE_WITH_SCOPE,
            Kind.MIN_KEY,
            Kind.MAX_KEY,
            Kind.REGEX,
            Kind.TIMESTAMP);

    private PostgresLimits() {}

    static void find(PathFacts path, Subject subject) {
        one(
                path,
                subject,
                Kind.TEXT_NUL,
                FindingCode.NUL_IN_TEXT,
                "text with the character U+0000, which PostgreSQL cannot store");
        one(
                path,
                subject,
                Kind.TEXT_MALFORMED,
                FindingCode.MALFORMED_TEXT,
                "text that is not UTF-8, which PostgreSQL cannot store as text");
        one(
                path,
                subject,
                Kind.DATE_OUT_OF_RANGE,
                FindingCode.DATE_OUT_OF_RANGE,
                "date before 4713 BC or after 294276, which timestamptz cannot hold");
        long infinite = Subject.count(path, NOT_FINITE::contains);
        if (infinite > 0) {
            subject.add(
                    FindingCode.NOT_FINITE,
                    Weight.DECIDE,
                    path,
                    NOT_FINITE::contains,
                    number(infinite, "number")
                            + " NaN or infinite: double precision and numeric hold them, integers do not.");
        }
        long old = Subject.count(path, OLD::contains);
        if (old > 0) {
            subject.add(
                    FindingCode.OLD_TYPES,
                    Weight.DECIDE,
                    path,
                    OLD::contains,
                    number(old, "value")
                            + " of types that have no counterpart in PostgreSQL: keep them as jsonb, or leave"
                            + " them out.");
        }
        if (path.repeatedNames() > 0) {
            subject.add(
                    FindingCode.REPEATED_NAME,
                    Weight.DECIDE,
                    path,
                    path.repeatedNames(),
                    java.util.Optional.empty(),
                    "The same document has this field more than once, " + number(path.repeatedNames(), "time") + ".");
        }
        if (path.cutOff() > 0) {
            subject.add(
                    FindingCode.TOO_DEEP,
                    Weight.NOTE,
                    path,
                    path.cutOff(),
                    java.util.Optional.empty(),
                    number(path.cutOff(), "value") + " nested too deep to be looked into.");
        }
    }

    private static void one(PathFacts path, Subject subject, Kind kind, FindingCode code, String what) {
        long count = path.count(kind);
        if (count > 0) {
            long documents = path.kinds().stream()
                    .filter(one -> one.kind() == kind)
                    .mapToLong(one -> one.documents())
                    .sum();
            subject.add(
                    code,
                    Weight.DECIDE,
                    path,
                    kind::equals,
                    number(count, "value") + " in " + number(documents, "document") + ": " + what + ".");
        }
    }
}
