package io.docrows.inspect.internal.narrow;

import io.docrows.inspect.internal.measure.DocumentMark;
import io.docrows.inspect.internal.measure.KeyReader;
import io.docrows.inspect.internal.measure.Tally;
import io.docrows.internal.bson.BsonCursor;

/** Finds the first document whose value occurs in another one too. For one thread. */
public final class RepeatTask implements NarrowTask {

    private final KeyReader reader = new KeyReader();
    private final KeySet keys;
    private final Tally repeats = new Tally();

    /**
     * A task.
     *
     * @param keys of the path
     */
    public RepeatTask(KeySet keys) {
        this.keys = keys;
    }

    @Override
    public void value(BsonCursor cursor, DocumentMark mark) {
        if (reader.read(cursor) && keys.repeats(reader.key())) {
            repeats.add(mark);
        }
    }

    /**
     * The documents with such a value.
     *
     * @return their count
     */
    public Tally repeats() {
        return repeats;
    }
}
