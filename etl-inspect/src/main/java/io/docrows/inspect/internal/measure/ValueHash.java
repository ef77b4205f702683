package io.docrows.inspect.internal.measure;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * 64-bit hashes of values by which they are told apart, counted and found again in other collections. Values that one
 * column of PostgreSQL would call equal have the same hash: 7, 7.0 and the text {@code 7}; an ObjectId and its 24
 * digits; a UUID and its text, both in small letters.
 */
public final class ValueHash {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);

    private static final long NUMBER = 0x9E3779B97F4A7C15L;
    private static final long OBJECT_ID = 0xC2B2AE3D27D4EB4FL;
    private static final long UUID = 0x165667B19E3779F9L;
    private static final long TEXT = 0x27D4EB2F165667C5L;
    private static final long OTHER = 0x85EBCA77C2B2AE63L;

    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;

    /** Texts of more bytes are hashed word by word. */
    static final int SHORT = 16;

    private ValueHash() {}

    static long number(long value) {
        return mix(value, NUMBER);
    }

    static long fraction(double value) {
        return mix(Double.doubleToLongBits(value), NUMBER + 2);
    }

    static long objectId(byte[] bytes, int from) {
        return mix((long) LONG.get(bytes, from), (int) INT.get(bytes, from + 8) ^ OBJECT_ID);
    }

    static long objectId(long first, int last) {
        return mix(Long.reverseBytes(first), Integer.reverseBytes(last) ^ OBJECT_ID);
    }

    static long uuid(byte[] bytes, int from) {
        return mix((long) LONG.get(bytes, from) ^ UUID, (long) LONG.get(bytes, from + 8));
    }

    static long uuid(long high, long low) {
        return mix(Long.reverseBytes(high) ^ UUID, Long.reverseBytes(low));
    }

    static long text(byte[] bytes, int from, int to) {
        return bytes(bytes, from, to, TEXT);
    }

    static long other(int type, byte[] bytes, int from, int to) {
        return bytes(bytes, from, to, OTHER + type);
    }

    private static long bytes(byte[] bytes, int from, int to, long seed) {
        int length = to - from;
        if (length > SHORT) {
            long hash = start(length, seed);
            int last = to - Long.BYTES;
            for (int at = from; at <= last; at += Long.BYTES) {
                hash = round(hash, (long) LONG.get(bytes, at));
            }
            return end(hash, (long) LONG.get(bytes, last), seed);
        }
        if (length >= 8) {
            return mix((long) LONG.get(bytes, from) ^ seed, (long) LONG.get(bytes, to - 8) + length);
        }
        long word = 0;
        for (int i = from; i < to; i++) {
            word = word << 8 | bytes[i] & 0xFF;
        }
        return mix(word ^ seed, length + seed);
    }

    /** The hash of a text of more than {@link #SHORT} bytes, whose whole words have been through {@link #round}. */
    static long longText(long hash, byte[] bytes, int to) {
        return end(hash, (long) LONG.get(bytes, to - Long.BYTES), TEXT);
    }

    static long startOfText(int length) {
        return start(length, TEXT);
    }

    private static long start(int length, long seed) {
        return seed + length;
    }

    /** One step of XXH64 (github.com/Cyan4973/xxHash, its way with words of eight bytes). */
    static long round(long hash, long word) {
        long mixed = word * PRIME_2;
        long next = hash ^ (mixed << 31 | mixed >>> 33) * PRIME_1;
        return (next << 27 | next >>> 37) * PRIME_1 + PRIME_4;
    }

    /** The last eight bytes once more, which covers those that are no whole word. */
    private static long end(long hash, long last, long seed) {
        return mix(round(hash, last), seed);
    }

    static long salted(long hash, int salt) {
        return hash + salt * NUMBER;
    }

    /** Multiplies to 128 bits and folds them, twice, so that low and high bits are equally good. */
    private static long mix(long a, long b) {
        long x = a ^ 0x2D358DCCAA6C78A5L;
        long y = b ^ 0x8BB84B93962EACC9L;
        long folded = x * y ^ Math.multiplyHigh(x, y);
        long again = folded ^ folded >>> 32 ^ b;
        return again * 0xD6E8FEB86659FD93L ^ Math.multiplyHigh(again, 0xD6E8FEB86659FD93L);
    }
}
