package io.docrows.inspect.fact;

import java.util.List;

/**
 * What was measured of numbers. Immutable.
 *
 * @param count how many
 * @param negative how many below zero
 * @param min the smallest, to the precision of a double; a value of a document
 * @param max the largest
 * @param integerDigits the most digits before the point
 * @param scale the most digits after the point, trailing zeros of Decimal128 included
 * @param scaleWithoutZeros the most digits after the point, trailing zeros left out
 * @param inexact doubles that need all their digits, as the results of computations do
 * @param positiveExponents Decimal128 that are stored with an exponent above 0, such as 1E+2
 * @param fitsInteger whether all whole numbers fit PostgreSQL's integer
 * @param fitsBigint whether all whole numbers fit PostgreSQL's bigint
 * @param epochSeconds how many would be seconds since 1970 of the years 1990 to 2049
 * @param epochMillis the same in milliseconds
 * @param epochMicros the same in microseconds
 * @param magnitudes by digits before the point, from 0 to 20 and more, how many
 */
public record NumberFacts(
        long count,
        long negative,
        double min,
        double max,
        int integerDigits,
        int scale,
        int scaleWithoutZeros,
        long inexact,
        long positiveExponents,
        boolean fitsInteger,
        boolean fitsBigint,
        long epochSeconds,
        long epochMillis,
        long epochMicros,
        List<Long> magnitudes) {

    /** Copies the list. */
    public NumberFacts {
        magnitudes = List.copyOf(magnitudes);
    }
}
