package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.util.List;

/**
 * Reads an array as its distinct elements, leaving out those that are null or undefined, or are converted to null.
 *
 * @param elements reads one element
 * @param forms what is read beside an array
 * @param <T> the type of an element
 */
public record ListReader<T>(ValueReader<T> elements, ArrayForms forms) implements ValueReader<List<T>> {

    @Override
    public boolean looksAbove() {
        return true;
    }

    @Override
    public List<T> read(BsonCursor cursor, PolicyCounter counter) {
        return reader(elements).read(cursor, counter);
    }

    @Override
    public ValueReader<List<T>> perThread(Sources sources) {
        return reader(elements.perThread(sources));
    }

    private PerThreadListReader<T> reader(ValueReader<T> each) {
        return new PerThreadListReader<>(new CachingReader<>(each), forms);
    }
}
