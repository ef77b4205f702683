package io.docrows.source.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Bytes that are put together. Not thread-safe. */
final class ByteBuilder {

    private byte[] bytes = new byte[256];
    private int size;

    int size() {
        return size;
    }

    byte[] bytes() {
        return bytes;
    }

    void clear() {
        size = 0;
    }

    void add(int b) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = (byte) b;
    }

    void add(String ascii) {
        for (byte b : ascii.getBytes(US_ASCII)) {
            add(b);
        }
    }

    void add(ByteBuilder other) {
        for (int i = 0; i < other.size; i++) {
            add(other.bytes[i]);
        }
    }

    void addText(String text) {
        for (byte b : text.getBytes(UTF_8)) {
            add(b);
        }
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, UTF_8);
    }
}
