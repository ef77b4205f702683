package io.docrows.inspect.internal.narrow;

import io.docrows.inspect.internal.measure.DocumentMark;
import io.docrows.inspect.internal.measure.KeyReader;
import io.docrows.internal.bson.BsonCursor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the hashes of a path's values, as far as they belong to the round. For one thread. */
public final class KeyCollector implements NarrowTask {

    /** Hashes have 63 bits; the upper ones choose a shard. */
    static final int SHARDS = 64;

    static final int SHIFT = 57;

    private static final int FIRST_SIZE = 256;

    private final KeyReader reader = new KeyReader();
    private final Round round;
    private final long[] @Nullable [] shards = new long[SHARDS][];
    private final int[] sizes = new int[SHARDS];

    /**
     * A collector.
     *
     * @param round which hashes are collected
     */
    public KeyCollector(Round round) {
        this.round = round;
    }

    @Override
    public void value(BsonCursor cursor, DocumentMark mark) {
        if (!reader.read(cursor)) {
            return;
        }
        long key = reader.key();
        if (!round.takes(key)) {
            return;
        }
        int shard = (int) (key >>> SHIFT);
        long[] keys = shards[shard];
        if (keys == null) {
            keys = new long[FIRST_SIZE];
            shards[shard] = keys;
        } else if (sizes[shard] == keys.length) {
            keys = Arrays.copyOf(keys, keys.length + (keys.length >> 1));
            shards[shard] = keys;
        }
        keys[sizes[shard]++] = key;
    }

    int size(int shard) {
        return sizes[shard];
    }

    /** Hands over a shard, and forgets it. */
    void drain(int shard, long[] into, int at) {
        long[] keys = shards[shard];
        if (keys != null) {
            System.arraycopy(keys, 0, into, at, sizes[shard]);
            shards[shard] = null;
        }
    }
}
