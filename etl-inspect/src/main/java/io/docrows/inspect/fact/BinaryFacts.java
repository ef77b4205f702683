package io.docrows.inspect.fact;

/**
 * What was measured of binary data. Immutable.
 *
 * @param shortest the fewest bytes
 * @param longest the most bytes
 * @param legacyUuids values of subtype 3 with 16 bytes
 * @param plainOrder how many of these are valid UUIDs (RFC 9562) in the order of Python and of subtype 4
 * @param javaOrder how many are in the order of old Java drivers, each half reversed
 * @param csharpOrder how many are in the order of old C# drivers
 */
public record BinaryFacts(
        long shortest, long longest, long legacyUuids, long plainOrder, long javaOrder, long csharpOrder) {}
