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

    /** Whether the value was known already. */
    boolean add(long hash, byte type, byte[] bytes, int from, int to) {
        long[] keys = hashes;
        @Nullable Value[] known = values;
        if (keys == null || known == null) {
            return false;
        }
        int slot = (int) (hash >>> 56);
        while (true) {
            Value value = known[slot];
            if (value == null) {
                break;
            }
            if (keys[slot] == hash) {
                value.count++;
                return true;
            }
            slot = slot + 1 & SLOTS - 1;
        }
        if (size == MOST || to - from > LONGEST) {
            forget();
            return false;
        }
        insert(slot, hash, new Value(type, Arrays.copyOfRange(bytes, from, to)), 1);
        return false;
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

    void merge(FewValues other) {
        long[] theirKeys = other.hashes;
        @Nullable Value[] theirs = other.values;
        if (theirKeys == null || theirs == null) {
            forget();
            return;
        }
        for (int i = 0; i < SLOTS; i++) {
            Value value = theirs[i];
            if (value != null) {
                add(theirKeys[i], value);
            }
        }
    }

    private void add(long hash, Value value) {
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
        } else if (size == MOST) {
            forget();
        } else {
            insert(slot, hash, new Value(value.type, value.bytes), value.count);
        }
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
