package io.docrows.inspect.internal.measure;

import io.docrows.inspect.fact.NumberFacts;
import java.util.ArrayList;
import java.util.List;

/** How large and how exact numbers are. Not thread-safe. */
public final class NumberMeasure {

    /** Digits before the point that are told apart. */
    public static final int MAGNITUDES = 20;

    private static final double[] POWERS = new double[19];
    private static final long[] LONG_POWERS = new long[19];

    static {
        long power = 1;
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = power;
            LONG_POWERS[i] = power;
            power *= 10;
        }
    }

    /** 1990-01-01 to 2050-01-01, in seconds since 1970. */
    private static final long FIRST_SECOND = 631_152_000L;

    private static final long LAST_SECOND = 2_524_608_000L;

    /** More digits than these a double does not have. */
    private static final int DOUBLE_DIGITS = 17;

    private final long[] magnitudes = new long[MAGNITUDES + 1];
    private long count;
    private long negative;
    private long minLong = Long.MAX_VALUE;
    private long maxLong = Long.MIN_VALUE;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private int integerDigits;
    private int scale;
    private int scaleWithoutZeros;
    private long inexact;
    private long positiveExponents;
    private long beyondLong;
    private long seconds;
    private long milliseconds;
    private long microseconds;

    NumberMeasure() {}

    void whole(long value) {
        count++;
        if (value < minLong) {
            minLong = value;
        }
        if (value > maxLong) {
            maxLong = value;
        }
        long size = Math.abs(value);
        if (value < 0) {
            negative++;
        } else if (value >= FIRST_SECOND) {
            epoch(value);
        }
        magnitude(digits(size));
    }

    private void epoch(long value) {
        if (value < LAST_SECOND) {
            seconds++;
        } else if (value >= FIRST_SECOND * 1000 && value < LAST_SECOND * 1000) {
            milliseconds++;
        } else if (value >= FIRST_SECOND * 1_000_000 && value < LAST_SECOND * 1_000_000) {
            microseconds++;
        }
    }

    private void magnitude(int digits) {
        integerDigits = Math.max(integerDigits, digits);
        magnitudes[Math.min(digits, MAGNITUDES)]++;
    }

    /** 1 for 0 to 9; 19 for the smallest long, which has no positive counterpart. */
    static int digits(long size) {
        if (size < 0) {
            return 19;
        }
        int guess = (Long.SIZE - Long.numberOfLeadingZeros(size | 1)) * 1233 >>> 12;
        return guess >= LONG_POWERS.length ? guess : size < LONG_POWERS[guess] ? Math.max(guess, 1) : guess + 1;
    }

    void fraction(double value) {
        count++;
        min = Math.min(min, value);
        max = Math.max(max, value);
        double size = Math.abs(value);
        negative += value < 0 ? 1 : 0;
        if (size >= FIRST_SECOND && size < LAST_SECOND) {
            seconds++;
        }
        int before = size < 1e18 ? digits((long) size) : (int) Math.log10(size) + 1;
        magnitude(before);
        int decimals = decimals(size, before);
        if (decimals < 0) {
            inexact++;
        } else {
            scale = Math.max(scale, decimals);
            scaleWithoutZeros = Math.max(scaleWithoutZeros, decimals);
        }
    }

    /** How many decimals name this double; -1 if it takes all its digits, as the result of a computation does. */
    private static int decimals(double size, int before) {
        int most = Math.min(DOUBLE_DIGITS - 2 - before, POWERS.length - 1);
        for (int i = 1; i <= most; i++) {
            double power = POWERS[i];
            if (Math.rint(size * power) / power == size) {
                return i;
            }
        }
        return -1;
    }

    /**
     * A Decimal128.
     *
     * @param digits of its coefficient without leading zeros; 1 for 0
     * @param zeros trailing zeros of its coefficient
     * @param exponent its exponent
     */
    void decimal(boolean isNegative, boolean isZero, int digits, int zeros, int exponent) {
        count++;
        negative += isNegative && !isZero ? 1 : 0;
        magnitude(isZero ? 1 : Math.max(digits + exponent, 1));
        scale = Math.max(scale, -exponent);
        if (!isZero) {
            scaleWithoutZeros = Math.max(scaleWithoutZeros, -exponent - zeros);
        }
        positiveExponents += exponent > 0 ? 1 : 0;
    }

    void text(int digits, int decimals) {
        count++;
        magnitude(Math.min(digits, 200_000));
        scale = Math.max(scale, decimals);
        scaleWithoutZeros = Math.max(scaleWithoutZeros, decimals);
    }

    void beyondLong() {
        beyondLong++;
    }

    void merge(NumberMeasure other) {
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] += other.magnitudes[i];
        }
        count += other.count;
        negative += other.negative;
        minLong = Math.min(minLong, other.minLong);
        maxLong = Math.max(maxLong, other.maxLong);
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        integerDigits = Math.max(integerDigits, other.integerDigits);
        scale = Math.max(scale, other.scale);
        scaleWithoutZeros = Math.max(scaleWithoutZeros, other.scaleWithoutZeros);
        inexact += other.inexact;
        positiveExponents += other.positiveExponents;
        beyondLong += other.beyondLong;
        seconds += other.seconds;
        milliseconds += other.milliseconds;
        microseconds += other.microseconds;
    }

    /**
     * What was measured.
     *
     * @return an immutable copy
     */
    public NumberFacts facts() {
        List<Long> histogram = new ArrayList<>();
        for (long magnitude : magnitudes) {
            histogram.add(magnitude);
        }
        double low = Math.min(min, minLong == Long.MAX_VALUE && maxLong == Long.MIN_VALUE ? min : (double) minLong);
        double high = Math.max(max, minLong == Long.MAX_VALUE && maxLong == Long.MIN_VALUE ? max : (double) maxLong);
        return new NumberFacts(
                count,
                negative,
                low,
                high,
                integerDigits,
                scale,
                scaleWithoutZeros,
                inexact,
                positiveExponents,
                minLong >= Integer.MIN_VALUE && maxLong <= Integer.MAX_VALUE,
                beyondLong == 0,
                seconds,
                milliseconds,
                microseconds,
                histogram);
    }
}
