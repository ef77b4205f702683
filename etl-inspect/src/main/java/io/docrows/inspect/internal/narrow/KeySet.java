package io.docrows.inspect.internal.narrow;

import java.util.Arrays;
import java.util.List;

/** The different hashes of a path's values, and how many repeat. Immutable once made. */
public final class KeySet {

    private static final int LOW_BITS = KeyCollector.SHIFT;
    private static final int MOST_REPEATED = 100_000;

    private final long[][] shards = new long[KeyCollector.SHARDS][];
    private long values;
    private long distinct;
    private long repeatedValues;
    private long[] repeated = new long[16];

    private KeySet() {}

    /**
     * Puts together what several threads collected.
     *
     * @param parts the collectors; are used up
     * @return the set
     */
    public static KeySet of(List<KeyCollector> parts) {
        KeySet set = new KeySet();
        for (int shard = 0; shard < KeyCollector.SHARDS; shard++) {
            int size = 0;
            for (KeyCollector part : parts) {
                size += part.size(shard);
            }
            long[] keys = new long[size];
            int at = 0;
            for (KeyCollector part : parts) {
                part.drain(shard, keys, at);
                at += part.size(shard);
            }
            Arrays.sort(keys);
            set.add(shard, keys);
        }
        set.trim();
        return set;
    }

    /**
     * Puts together keys that were kept while the collection was measured.
     *
     * @param parts the keys of all values, in any order
     * @param round which hashes are collected
     * @return the set
     */
    public static KeySet of(List<long[]> parts, Round round) {
        int[] sizes = new int[KeyCollector.SHARDS];
        for (long[] part : parts) {
            for (long key : part) {
                if (round.takes(key)) {
                    sizes[(int) (key >>> KeyCollector.SHIFT)]++;
                }
            }
        }
        long[][] shards = new long[KeyCollector.SHARDS][];
        for (int shard = 0; shard < shards.length; shard++) {
            shards[shard] = new long[sizes[shard]];
        }
        for (long[] part : parts) {
            for (long key : part) {
                if (round.takes(key)) {
                    int shard = (int) (key >>> KeyCollector.SHIFT);
                    shards[shard][--sizes[shard]] = key;
                }
            }
        }
        Arrays.stream(shards).parallel().forEach(Arrays::sort);
        KeySet set = new KeySet();
        for (int shard = 0; shard < shards.length; shard++) {
            set.add(shard, shards[shard]);
        }
        set.trim();
        return set;
    }

    private void trim() {
        repeated = Arrays.copyOf(repeated, (int) Math.min(repeatedValues, MOST_REPEATED));
    }

    private void add(int shard, long[] sorted) {
        int kept = 0;
        for (int i = 0; i < sorted.length; ) {
            int next = i + 1;
            while (next < sorted.length && sorted[next] == sorted[i]) {
                next++;
            }
            if (next - i > 1) {
                repeat(sorted[i]);
            }
            sorted[kept++] = sorted[i];
            i = next;
        }
        values += sorted.length;
        distinct += kept;
        shards[shard] = kept == sorted.length ? sorted : Arrays.copyOf(sorted, kept);
    }

    private void repeat(long key) {
        if (repeatedValues < MOST_REPEATED) {
            if (repeatedValues == repeated.length) {
                repeated = Arrays.copyOf(repeated, 2 * repeated.length);
            }
            repeated[(int) repeatedValues] = key;
        }
        repeatedValues++;
    }

    /**
     * Whether a hash is among them. Hashes are spread evenly, so it is looked for where it should be.
     *
     * @param key a hash
     * @return true if it is
     */
    public boolean contains(long key) {
        long[] keys = shards[(int) (key >>> KeyCollector.SHIFT)];
        int size = keys.length;
        if (size == 0) {
            return false;
        }
        long low = key & (1L << LOW_BITS) - 1;
        int guess = (int) Math.min(size - 1, Math.multiplyHigh(low << Long.SIZE - 1 - LOW_BITS, 2L * size));
        int step = 8;
        int from = guess;
        while (from > 0 && keys[from] > key) {
            from = Math.max(0, from - step);
            step *= 2;
        }
        step = 8;
        int to = guess;
        while (to < size - 1 && keys[to] < key) {
            to = Math.min(size - 1, to + step);
            step *= 2;
        }
        return Arrays.binarySearch(keys, from, to + 1, key) >= 0;
    }

    /**
     * Whether a hash occurred more than once.
     *
     * @param key a hash
     * @return true if it did; not known of all if there are very many
     */
    public boolean repeats(long key) {
        // Collected shard by shard, and in order within a shard: in order.
        return Arrays.binarySearch(repeated, key) >= 0;
    }

    /**
     * How many values there were.
     *
     * @return the count
     */
    public long values() {
        return values;
    }

    /**
     * How many different ones.
     *
     * @return the count
     */
    public long distinct() {
        return distinct;
    }

    /**
     * How many of the different ones occurred more than once.
     *
     * @return the count
     */
    public long repeatedValues() {
        return repeatedValues;
    }
}
