package io.docrows.inspect.internal.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All hashes of a path whose values may turn out to be keys, so that a collection need not be read again for them. It
 * gives up, and frees its memory, once the values repeat too much for a key, a value was left out, or the memory that
 * all logs may take is used up: then the second reading collects them. So what is told never depends on it. Not
 * thread-safe.
 */
public final class KeyLog {

    private static final int CHUNK = 1 << 12;

    /** A path whose values are hardly different so often is no key; well below what makes a candidate. */
    private static final double HARDLY = 0.7;

    private final KeyMemory memory;
    private final boolean surely;
    private @Nullable List<long[]> full = new ArrayList<>();
    private long @Nullable [] current;
    private int used;

    /**
     * An empty log.
     *
     * @param memory what all logs may take
     * @param surely whether the path is looked at as a key however often its values repeat
     */
    KeyLog(KeyMemory memory, boolean surely) {
        this.memory = memory;
        this.surely = surely;
    }

    boolean isOpen() {
        return full != null;
    }

    void add(long key, KeySketch sketch) {
        long[] chunk = current;
        if (chunk == null || used == chunk.length) {
            chunk = next(chunk, sketch);
            if (chunk == null) {
                return;
            }
        }
        chunk[used++] = key;
    }

    private long @Nullable [] next(long @Nullable [] last, KeySketch sketch) {
        List<long[]> chunks = full;
        if (chunks == null) {
            return null;
        }
        if (last != null) {
            chunks.add(last);
        }
        // The first one is short, for the many paths that have few values.
        int length = last == null ? 16 : chunks.size() == 1 ? CHUNK / 8 : CHUNK;
        long values = count();
        boolean repeats = !surely && values > CHUNK && sketch.estimate() < HARDLY * values;
        if (repeats || !memory.take(length)) {
            giveUp();
            return null;
        }
        current = new long[length];
        used = 0;
        return current;
    }

    private long count() {
        long count = 0;
        List<long[]> chunks = full;
        if (chunks != null) {
            for (long[] chunk : chunks) {
                count += chunk.length;
            }
        }
        return count;
    }

    /** Frees the memory, for good. */
    void giveUp() {
        List<long[]> chunks = full;
        if (chunks != null) {
            chunks.forEach(chunk -> memory.free(chunk.length));
            long[] open = current;
            // The one in hand is in the list only once it is full.
            if (open != null && (chunks.isEmpty() || chunks.get(chunks.size() - 1) != open)) {
                memory.free(open.length);
            }
        }
        full = null;
        current = null;
    }

    void merge(KeyLog other) {
        List<long[]> mine = full;
        List<long[]> theirs = other.full;
        if (mine == null || theirs == null) {
            giveUp();
            other.giveUp();
            return;
        }
        close(mine);
        other.close(theirs);
        mine.addAll(theirs);
    }

    private void close(List<long[]> chunks) {
        long[] open = current;
        if (open != null) {
            chunks.add(Arrays.copyOf(open, used));
            memory.free(open.length - used);
        }
        current = null;
    }

    /**
     * The {@linkplain KeySketch#key keys} of all values.
     *
     * @return in parts; null if it gave up
     */
    public @Nullable List<long[]> keys() {
        List<long[]> chunks = full;
        if (chunks != null) {
            close(chunks);
        }
        return chunks;
    }
}
