package io.docrows.internal.write;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;

/** A few keys as bytes, one after the other in one array that is used again and again. Not thread-safe. */
final class EncodedKeys {

    private final Buffer buffer = new Buffer();
    private final DataOutputStream out = new DataOutputStream(buffer);
    private final int[] starts;
    private final int[] ends;
    private int size;

    /** None yet, and so many at most. */
    EncodedKeys(int most) {
        this.starts = new int[most];
        this.ends = new int[most];
    }

    void clear() {
        buffer.reset();
        size = 0;
    }

    void add(ColumnEncoder<?> encoder, Object key) {
        // COPY has the length in front.
        starts[size] = buffer.size() + Integer.BYTES;
        encoder.write(key, out);
        ends[size] = buffer.size();
        size++;
    }

    int size() {
        return size;
    }

    /** The array that all of them are in, until the next one is added. */
    byte[] bytes() {
        return buffer.bytes();
    }

    int start(int number) {
        return starts[number];
    }

    int length(int number) {
        return ends[number] - starts[number];
    }

    private static final class Buffer extends ByteArrayOutputStream {

        byte[] bytes() {
            return buf;
        }
    }
}
