package io.docrows.inspect.internal.measure;

import java.util.concurrent.atomic.AtomicLong;

/** How many hashes may be kept while collections are measured. Thread-safe. */
public final class KeyMemory {

    private final AtomicLong left;

    private KeyMemory(long hashes) {
        left = new AtomicLong(hashes);
    }

    /**
     * A limit.
     *
     * @param bytes how many bytes the hashes may take
     * @return memory that nothing has been taken of
     */
    public static KeyMemory ofBytes(long bytes) {
        return new KeyMemory(bytes / Long.BYTES);
    }

    boolean take(int hashes) {
        if (left.addAndGet(-hashes) >= 0) {
            return true;
        }
        left.addAndGet(hashes);
        return false;
    }

    void free(int hashes) {
        left.addAndGet(hashes);
    }
}
