package io.docrows.internal.write;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ids of rows by their natural keys, as bytes in a few large buffers: some 20 bytes for a row beside its key, a fifth
 * of what a map of objects takes. When a quarter of the memory is full, what comes then goes to a file that is mapped
 * into memory, so that only 8 to 16 bytes for a row are left on the heap. Filled by one thread, then only read, by any
 * number of them.
 */
final class IdsByKey {

    private static final int CHUNK = 1 << 20;
    private static final int LONGEST_KEY = 1 << 10;
    private static final int FREE = -1;

    /** What a row takes of the memory at least, if all but its place in the index is in the file. */
    static final int LEAST = 2 * Integer.BYTES;

    private final long bytes;
    private final MappedChunks file;
    private final List<ByteBuffer> chunks = new ArrayList<>();
    private int onHeap;
    private int[] slots = newSlots(1 << 10);
    private int size;
    private int end;

    /**
     * An empty one.
     *
     * @param bytes how much memory it may take, at least
     * @param file where the rest goes
     */
    IdsByKey(long bytes, MappedChunks file) {
        this.bytes = Math.min(bytes, Integer.MAX_VALUE);
        this.file = file;
    }

    int size() {
        return size;
    }

    /** Remembers a key that was not added before; forgets about it when there is no room. */
    void add(byte[] key, int length, long id) {
        if (length > LONGEST_KEY || !makeRoom(Long.BYTES + Integer.BYTES + length)) {
            return;
        }
        ByteBuffer chunk = chunks.get(end / CHUNK);
        int at = end % CHUNK;
        chunk.putLong(at, id);
        chunk.putInt(at + Long.BYTES, length);
        chunk.put(at + Long.BYTES + Integer.BYTES, key, 0, length);
        slots[freeSlot(slots, hash(key, 0, length))] = end;
        end += Long.BYTES + Integer.BYTES + length;
        size++;
    }

    /**
     * Looks some keys up. Together, as nearly each of them lies somewhere else in memory: all those places are asked
     * for before the first is waited for.
     *
     * @param ids becomes the id of each key, or null where it is not known here
     */
    void find(EncodedKeys keys, @Nullable Long[] ids) {
        byte[] bytes = keys.bytes();
        int mask = slots.length - 1;
        int[] places = new int[keys.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = hash(bytes, keys.start(i), keys.length(i)) & mask;
        }
        int[] entries = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            entries[i] = slots[places[i]];
        }
        int[] lengths = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            lengths[i] = entries[i] == FREE ? FREE : length(entries[i]);
        }
        for (int i = 0; i < places.length; i++) {
            ids[i] = lengths[i] == FREE ? null : find(bytes, keys.start(i), keys.length(i), places[i]);
        }
    }

    private @Nullable Long find(byte[] key, int start, int length, int place) {
        int mask = slots.length - 1;
        for (int slot = place; slots[slot] != FREE; slot = (slot + 1) & mask) {
            int entry = slots[slot];
            ByteBuffer chunk = chunks.get(entry / CHUNK);
            int from = entry % CHUNK + Long.BYTES + Integer.BYTES;
            if (length(entry) == length && isEqual(chunk, from, key, start, length)) {
                return chunk.getLong(entry % CHUNK);
            }
        }
        return null;
    }

    private static boolean isEqual(ByteBuffer chunk, int from, byte[] key, int start, int length) {
        for (int i = 0; i < length; i++) {
            if (chunk.get(from + i) != key[start + i]) {
                return false;
            }
        }
        return true;
    }

    /** The length of an entry's key. */
    private int length(int entry) {
        return chunks.get(entry / CHUNK).getInt(entry % CHUNK + Long.BYTES);
    }

    private boolean makeRoom(int entry) {
        if (2 * (size + 1) > slots.length) {
            if (used() + 2L * slots.length * Integer.BYTES > bytes) {
                return false;
            }
            slots = grown();
        }
        // An entry lies within one chunk.
        long start = end % CHUNK + entry > CHUNK ? (end / CHUNK + 1L) * CHUNK : end;
        if (start / CHUNK >= chunks.size()) {
            ByteBuffer chunk = start + CHUNK > Integer.MAX_VALUE ? null : newChunk();
            if (chunk == null) {
                return false;
            }
            chunks.add(chunk);
        }
        end = Math.toIntExact(start);
        return true;
    }

    /** On the heap, then in the file; null if both are full. The index needs the rest of the heap while it grows. */
    private @Nullable ByteBuffer newChunk() {
        if (4L * (onHeap + 1) * CHUNK <= bytes) {
            onHeap++;
            return ByteBuffer.allocate(CHUNK);
        }
        return file.next(CHUNK);
    }

    private long used() {
        return (long) onHeap * CHUNK + (long) slots.length * Integer.BYTES;
    }

    private int[] grown() {
        int[] more = newSlots(slots.length * 2);
        for (int entry : slots) {
            if (entry != FREE) {
                int key = entry % CHUNK + Long.BYTES + Integer.BYTES;
                more[freeSlot(more, hash(chunks.get(entry / CHUNK), key, length(entry)))] = entry;
            }
        }
        return more;
    }

    private static int[] newSlots(int number) {
        int[] slots = new int[number];
        Arrays.fill(slots, FREE);
        return slots;
    }

    private static int freeSlot(int[] slots, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != FREE) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int hash(ByteBuffer chunk, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + chunk.get(i);
        }
        return spread(hash);
    }

    private static int hash(byte[] key, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + key[i];
        }
        return spread(hash);
    }

    /** Neighbouring keys must not become neighbouring slots, which would make long runs of full ones. */
    private static int spread(int hash) {
        int spread = hash * 0x9E3779B9;
        return spread ^ (spread >>> 15);
    }
}
