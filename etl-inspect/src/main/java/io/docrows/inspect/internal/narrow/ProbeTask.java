package io.docrows.inspect.internal.narrow;

import io.docrows.inspect.internal.measure.DocumentMark;
import io.docrows.inspect.internal.measure.KeyReader;
import io.docrows.internal.bson.BsonCursor;

/** Counts how many values of a path are among the keys of another one. For one thread. */
public final class ProbeTask implements NarrowTask {

    private final KeyReader reader = new KeyReader();
    private final KeySet keys;
    private final Round round;
    private final FirstDocuments orphans = new FirstDocuments();
    private long values;
    private long found;

    /**
     * A task.
     *
     * @param keys of the path that is referred to
     * @param round which hashes they are of
     */
    public ProbeTask(KeySet keys, Round round) {
        this.keys = keys;
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
        values++;
        if (keys.contains(key)) {
            found++;
        } else {
            orphans.add(mark);
        }
    }

    /**
     * How many values.
     *
     * @return the count
     */
    public long values() {
        return values;
    }

    /**
     * How many of them are there.
     *
     * @return the count
     */
    public long found() {
        return found;
    }

    /**
     * Documents with a value that is not there.
     *
     * @return their count, and the first ones
     */
    public FirstDocuments orphans() {
        return orphans;
    }
}
