package io.docrows.source.json;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A document that is being written, after the BSON specification 1.1. The array is kept from one document to the next.
 * Not thread-safe.
 */
final class BsonBuffer {

    /** The largest document that MongoDB stores: 16 MiB, and 16 KiB of its own. */
    private static final int LARGEST = (16 << 20) + (16 << 10);

    /**
     * The most that is written on the way to such a document. A value may be written in a longer form first: binary
     * data as base64, behind all that is before it.
     */
    private static final int LARGEST_ON_THE_WAY = LARGEST + JsonParsers.LONGEST_TEXT + (1 << 20);

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

    private static final int SMALL = 64 << 10;

    private byte[] bytes;
    private int size;

    BsonBuffer() {
        this(SMALL);
    }

    BsonBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** Forgets what was written, and the room that an unusually large document has taken. */
    void reset() {
        size = 0;
        if (bytes.length > 16 * SMALL) {
            bytes = new byte[SMALL];
        }
    }

    int size() {
        return size;
    }

    /** Takes back what was written behind an offset. */
    void truncate(int end) {
        size = end;
    }

    /** What was written, to be read; valid until more is written. */
    byte[] bytes() {
        return bytes;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    /**
     * A copy of a document that is whole.
     *
     * @throws UnreadableJsonException if it is larger than MongoDB stores
     */
    byte[] document() {
        if (size > LARGEST) {
            throw tooLarge();
        }
        return copy();
    }

    private static UnreadableJsonException tooLarge() {
        return new UnreadableJsonException(
                "expected a document that is no larger than MongoDB stores, which is 16 MiB as BSON");
    }

    /**
     * Makes room.
     *
     * @return the array, with as many bytes free behind {@link #size()}
     * @throws UnreadableJsonException if whatever becomes of it is larger than MongoDB stores
     */
    byte[] room(int count) {
        int needed = size + count;
        if (needed > bytes.length) {
            if (needed > LARGEST_ON_THE_WAY || needed < 0) {
                throw tooLarge();
            }
            bytes = Arrays.copyOf(bytes, Math.min(Math.max(needed, 2 * bytes.length), LARGEST_ON_THE_WAY));
        }
        return bytes;
    }

    /** Counts bytes that were written into the {@link #room(int)}. */
    void wrote(int count) {
        size += count;
    }

    void octet(int value) {
        room(1)[size++] = (byte) value;
    }

    void int32(int value) {
        INT.set(room(4), size, value);
        size += 4;
    }

    void int64(long value) {
        LONG.set(room(8), size, value);
        size += 8;
    }

    void bytes(byte[] source) {
        bytes(source, 0, source.length);
    }

    void bytes(byte[] source, int from, int count) {
        System.arraycopy(source, from, room(count), size, count);
        size += count;
    }

    void setOctet(int at, int value) {
        bytes[at] = (byte) value;
    }

    void setInt32(int at, int value) {
        INT.set(bytes, at, value);
    }

    int int32At(int at) {
        return (int) INT.get(bytes, at);
    }

    long int64At(int at) {
        return (long) LONG.get(bytes, at);
    }
}
