package io.docrows.internal.value;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import java.math.BigDecimal;
import org.bson.BsonType;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Reads a number and applies the policies for numbers, if it is one that its type or its column cannot hold. Policies
 * are given by their numbers, or {@link #NO_POLICY}.
 *
 * @param source reads the number exactly, or refuses it as out of range
 * @param range what can be held
 * @param nanAsNull the policy that makes NaN and the infinities null
 * @param round the policy that takes the nearest number of the type's precision
 * @param clamp the policy that takes the nearest number of the type's range
 * @param orText the policy that reads numbers that are written as text
 * @param <N> the Java type of the number
 */
public record NumberReader<N>(
        ValueReader<N> source, NumberRange<N> range, int nanAsNull, int round, int clamp, int orText)
        implements ValueReader<N> {

    @Override
    public ValueReader<N> perThread(Sources sources) {
        return new NumberReader<>(source.perThread(sources), range, nanAsNull, round, clamp, orText);
    }

    @Override
    public @Nullable N read(BsonCursor cursor, PolicyCounter counter) {
        if (orText != NO_POLICY && WrittenNumber.isText(cursor)) {
            return written(cursor, counter);
        }
        N number;
        try {
            number = source.read(cursor, counter);
        } catch (RejectedValueException e) {
            if (e.code() != RejectCode.OUT_OF_RANGE) {
                throw e;
            }
            return refused(cursor, counter, e);
        }
        if (number == null || range.holds(number) && (nanAsNull == NO_POLICY || range.isFinite(number))) {
            return number;
        }
        if (!range.isFinite(number)) {
            counter.add(nanAsNull);
            return null;
        }
        return fit(range.exact(number), counter, Mismatch.range(cursor, "a number that its column has exactly"));
    }

    private @Nullable N written(BsonCursor cursor, PolicyCounter counter) {
        WrittenNumber written = WrittenNumber.read(cursor);
        counter.add(orText);
        if (written.exact() == null) {
            N special = nanAsNull == NO_POLICY ? range.special(written.special()) : null;
            return special == null
                    ? special(written.special(), counter, Mismatch.range(cursor, "a finite number"))
                    : special;
        }
        N number = range.written(written.exact());
        return number != null && range.holds(number)
                ? number
                : fit(written.exact(), counter, Mismatch.range(cursor, "a number that its column has exactly"));
    }

    private @Nullable N refused(BsonCursor cursor, PolicyCounter counter, RejectedValueException refusal) {
        double special = special(cursor);
        if (special == 0) {
            BigDecimal exact = range.exact(cursor);
            if (exact == null) {
                throw refusal;
            }
            return fit(exact, counter, refusal);
        }
        return special(special, counter, refusal);
    }

    private @Nullable N special(double special, PolicyCounter counter, RejectedValueException refusal) {
        if (nanAsNull != NO_POLICY) {
            counter.add(nanAsNull);
            return null;
        }
        if (clamp == NO_POLICY || Double.isNaN(special)) {
            throw refusal;
        }
        counter.add(clamp);
        return range.of(special < 0 ? range.least() : range.most());
    }

    private N fit(BigDecimal exact, PolicyCounter counter, RejectedValueException refusal) {
        BigDecimal nearest = range.nearest(exact);
        boolean inexact = nearest.compareTo(exact) != 0;
        BigDecimal fitting = round == NO_POLICY ? exact : nearest;
        boolean below = fitting.compareTo(range.least()) < 0;
        if (below || fitting.compareTo(range.most()) > 0) {
            if (clamp == NO_POLICY) {
                throw refusal;
            }
            counter.add(clamp);
            return range.of(below ? range.least() : range.most());
        }
        if (inexact) {
            if (round == NO_POLICY) {
                throw refusal;
            }
            counter.add(round);
        }
        return range.of(nearest);
    }

    /** NaN or an infinity, if that is what the cursor stands at, else 0. */
    private static double special(BsonCursor cursor) {
        if (cursor.type() == BsonType.DOUBLE) {
            double value = cursor.float64();
            return Double.isFinite(value) ? 0 : value;
        }
        if (cursor.type() == BsonType.DECIMAL128) {
            Decimal128 value = cursor.decimal128();
            if (value.isNaN()) {
                return Double.NaN;
            }
            if (value.isInfinite()) {
                return value.isNegative() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            }
        }
        return 0;
    }
}
