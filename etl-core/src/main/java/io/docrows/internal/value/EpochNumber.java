package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * Reads numbers of any type as times: exactly, with nanoseconds. A double is taken as the shortest decimal that stands
 * for it, which is what was written.
 */
final class EpochNumber {

    private static final int NANO_DIGITS = 9;
    private static final int NANOS_PER_MILLI_DIGITS = 6;
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000);
    private static final long MILLIS_OF_DAY = 86_400_000;

    /** Some 9 million years: beyond all that PostgreSQL can hold, and within what Java can count in any zone. */
    private static final BigDecimal MOST_SECONDS = new BigDecimal("300000000000000");

    private EpochNumber() {}

    /**
     * Reads a number as a point in time.
     *
     * @param cursor stands at a number
     * @param seconds whether it counts seconds, and not milliseconds
     * @throws io.docrows.error.RejectedValueException if it is not finite, or finer than nanoseconds
     */
    static Instant instant(BsonCursor cursor, boolean seconds) {
        BigDecimal number = RealNumber.decimal(cursor);
        BigDecimal inSeconds = seconds ? number : number.scaleByPowerOfTen(-3);
        if (inSeconds.abs().compareTo(MOST_SECONDS) > 0) {
            return Instant.ofEpochSecond(MOST_SECONDS.longValue() * inSeconds.signum());
        }
        BigDecimal nanos = Decimals.stripped(inSeconds.scaleByPowerOfTen(NANO_DIGITS));
        if (nanos.scale() > 0) {
            throw Mismatch.range(cursor, "a time with nanoseconds at most");
        }
        BigInteger[] parts = nanos.toBigInteger().divideAndRemainder(BILLION);
        return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    }

    /**
     * Reads a number of milliseconds as nanoseconds since midnight.
     *
     * @throws io.docrows.error.RejectedValueException if a day does not have so many, or they are finer than
     *     nanoseconds
     */
    static long nanosOfDay(BsonCursor cursor) {
        BigDecimal millis = RealNumber.decimal(cursor);
        if (millis.signum() < 0 || millis.compareTo(BigDecimal.valueOf(MILLIS_OF_DAY)) >= 0) {
            throw Mismatch.range(cursor, "milliseconds of a day, 0 to 86399999");
        }
        BigDecimal nanos = Decimals.stripped(millis.scaleByPowerOfTen(NANOS_PER_MILLI_DIGITS));
        if (nanos.scale() > 0) {
            throw Mismatch.range(cursor, "a time with nanoseconds at most");
        }
        return nanos.setScale(0, RoundingMode.UNNECESSARY).longValueExact();
    }
}
