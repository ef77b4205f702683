package io.docrows.internal.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ids of rows by their natural keys, as bytes in a few large arrays: some 20 bytes for a row beside its key, a fifth of
 * what a map of objects takes. Filled by one thread, then only read, by any number of them.
 */
final class IdsByKey {

    private static final int CHUNK = 1 << 20;
    private static final int LONGEST_KEY = 1 << 10;
    private static final int FREE = -1;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final long bytes;
    private final List<byte[]> chunks = new ArrayList<>();
    private int[] slots = newSlots(1 << 10);
    private int size;
    private int end;

    /**
     * An empty one.
     *
     * @param bytes how much memory it may take, at least
     */
    IdsByKey(long bytes) {
        this.bytes = Math.min(bytes, Integer.MAX_VALUE);
    }

    int size() {
        return size;
    }

    /** Remembers a key that was not added before; forgets about it when there is no room. */
    void add(byte[] key, int length, long id) {
        if (length > LONGEST_KEY || !makeRoom(Long.BYTES + Integer.BYTES + length)) {
            return;
        }
        byte[] chunk = chunks.get(end / CHUNK);
        int at = end % CHUNK;
        putLong(chunk, at, id);
        putInt(chunk, at + Long.BYTES, length);
        System.arraycopy(key, 0, chunk, at + Long.BYTES + Integer.BYTES, length);
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
            byte[] chunk = chunks.get(entry / CHUNK);
            int from = entry % CHUNK + Long.BYTES + Integer.BYTES;
            if (length(entry) == length && Arrays.equals(chunk, from, from + length, key, start, start + length)) {
                return getLong(chunk, entry % CHUNK);
            }
        }
        return null;
    }

    /** The length of an entry's key. */
    private int length(int entry) {
        return getInt(chunks.get(entry / CHUNK), entry % CHUNK + Long.BYTES);
    }

    private boolean makeRoom(int entry) {
        if (2 * (size + 1) > slots.length) {
            if (used() + 2L * slots.length * Integer.BYTES > bytes) {
                return false;
            }
            slots = grown();
        }
        // An entry lies within one chunk.
        int start = end % CHUNK + entry > CHUNK ? (end / CHUNK + 1) * CHUNK : end;
        if (start / CHUNK >= chunks.size()) {
            if (used() + CHUNK > bytes) {
                return false;
            }
            chunks.add(new byte[CHUNK]);
        }
        end = start;
        return true;
    }

    private long used() {
        return (long) chunks.size() * CHUNK + (long) slots.length * Integer.BYTES;
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

    private static int hash(byte[] key, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + key[i];
        }
        // Neighbouring keys must not become neighbouring slots, which would make long runs of full ones.
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }

    private static void putLong(byte[] chunk, int at, long value) {
        LONGS.set(chunk, at, value);
    }

    private static long getLong(byte[] chunk, int at) {
        return (long) LONGS.get(chunk, at);
    }

    private static void putInt(byte[] chunk, int at, int value) {
        INTS.set(chunk, at, value);
    }

    private static int getInt(byte[] chunk, int at) {
        return (int) INTS.get(chunk, at);
    }
}
