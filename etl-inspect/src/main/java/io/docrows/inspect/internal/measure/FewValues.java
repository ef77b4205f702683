package io.docrows.inspect.internal.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts each value while there are few different ones. Once there was one too many, or a long one, it forgets them all
 * for good: so the outcome is the same for every order. Not thread-safe.
 */
public final class FewValues {

    /** How many different values are counted at most. */
    public static final int MOST = 64;

    /** Longer values than this are no labels. */
    static final int LONGEST = 64;

    private static final int SLOTS = 256;

    private long @Nullable [] hashes = new long[SLOTS];
    private Value @Nullable [] values = new Value[SLOTS];
    private int size;

    FewValues() {}

    /** A value and its count; mutable while it is counted. */
    public static final class Value {

        private final byte type;
        private final byte[] bytes;
        private long count;
        /** Which fields every document with this value has, and which any has: a bit for each field's position. */
        private long always = -1;

        private long ever;

        private Value(byte type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
        }

        /**
         * The value's BSON type.
         *
         * @return the type byte
         */
        public byte type() {
            return type;
        }

        /**
         * The value.
         *
         * @return its bytes, for text without length and terminator
         */
        public byte[] bytes() {
            return bytes;
        }

        /** Takes in which fields the document has that the value was met in. */
        void beside(long fields) {
            always &= fields;
            ever |= fields;
        }

        /** Whether this was the first time. */
        boolean isNew() {
            return count == 1;
        }

        /**
         * Whether all documents with this value have a field. Known where documents have at most
         * {@value PathNode#MOST_TOLD_APART} fields.
         *
         * @param position the field's position
         * @return true if they do
         */
        public boolean alwaysWith(int position) {
            return (always >>> position & 1) != 0;
        }

        /**
         * Whether no document with this value has a field.
         *
         * @param position the field's position
         * @return true if none does
         */
        public boolean neverWith(int position) {
            return (ever >>> position & 1) == 0;
        }

        /**
         * How often it was met.
         *
         * @return the count
         */
        public long count() {
            return count;
        }
    }

    boolean overflowed() {
        return values == null;
    }

    /** The value, or null once they are forgotten. */
    @Nullable Value add(long hash, byte type, byte[] bytes, int from, int to) {
        long[] keys = hashes;
        @Nullable Value[] known = values;
        if (keys == null || known == null) {
            return null;
        }
        int slot = (int) (hash >>> 56);
        while (true) {
            Value value = known[slot];
            if (value == null) {
                break;
            }
            if (keys[slot] == hash) {
                value.count++;
                return value;
            }
            slot = slot + 1 & SLOTS - 1;
        }
        if (size == MOST || to - from > LONGEST) {
            forget();
            return null;
        }
        Value added = new Value(type, Arrays.copyOfRange(bytes, from, to));
        insert(slot, hash, added, 1);
        return added;
    }

    private void insert(int slot, long hash, Value value, long count) {
        long[] keys = hashes;
        @Nullable Value[] known = values;
        if (keys != null && known != null) {
            keys[slot] = hash;
            known[slot] = value;
            value.count += count;
            size++;
        }
    }

    void forget() {
        hashes = null;
        values = null;
        size = 0;
    }

    /**
     * Adds what another thread has counted.
     *
     * @param positions for each field's position there its position here
     */
    void merge(FewValues other, int[] positions) {
        long[] theirKeys = other.hashes;
        @Nullable Value[] theirs = other.values;
        if (theirKeys == null || theirs == null) {
            forget();
            return;
        }
        for (int i = 0; i < SLOTS; i++) {
            Value value = theirs[i];
            if (value != null) {
                add(theirKeys[i], value, positions);
            }
        }
    }

    private void add(long hash, Value value, int[] positions) {
        long[] keys = hashes;
        @Nullable Value[] known = values;
        if (keys == null || known == null) {
            return;
        }
        int slot = (int) (hash >>> 56);
        while (known[slot] != null && keys[slot] != hash) {
            slot = slot + 1 & SLOTS - 1;
        }
        Value mine = known[slot];
        if (mine != null) {
            mine.count += value.count;
            mine.always &= moved(value.always, positions);
            mine.ever |= moved(value.ever, positions);
        } else if (size == MOST) {
            forget();
        } else {
            Value added = new Value(value.type, value.bytes);
            added.always = moved(value.always, positions);
            added.ever = moved(value.ever, positions);
            insert(slot, hash, added, value.count);
        }
    }

    private static long moved(long fields, int[] positions) {
        long moved = 0;
        for (int i = 0; i < Math.min(positions.length, Long.SIZE); i++) {
            if ((fields >>> i & 1) != 0) {
                moved |= 1L << Math.min(positions[i], PathNode.MOST_TOLD_APART);
            }
        }
        return moved;
    }

    /**
     * The values.
     *
     * @return the most frequent first; null if there were too many, or too long ones
     */
    public @Nullable List<Value> values() {
        @Nullable Value[] known = values;
        if (known == null) {
            return null;
        }
        List<Value> all = new ArrayList<>();
        for (Value value : known) {
            if (value != null) {
                all.add(value);
            }
        }
        all.sort((a, b) -> a.count != b.count
                ? Long.compare(b.count, a.count)
                : a.type != b.type ? Byte.compare(a.type, b.type) : Arrays.compareUnsigned(a.bytes, b.bytes));
        return all;
    }
}
