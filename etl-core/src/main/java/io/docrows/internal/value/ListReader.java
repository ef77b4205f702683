package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.util.List;

/**
 * Reads an array as its distinct elements, leaving out those that are null or undefined, or are converted to null.
 *
 * @param elements reads one element
 * @param mismatchAsEmpty number of the policy that takes what is no array for an empty one, or {@link #NO_POLICY}
 * @param <T> the type of an element
 */
public record ListReader<T>(ValueReader<T> elements, int mismatchAsEmpty) implements ValueReader<List<T>> {

    @Override
    public List<T> read(BsonCursor cursor, PolicyCounter counter) {
        return reader().read(cursor, counter);
    }

    @Override
    public ValueReader<List<T>> confined(Sources sources) {
        return reader();
    }

    private ConfinedListReader<T> reader() {
        return new ConfinedListReader<>(new RememberingReader<>(elements), mismatchAsEmpty);
    }
}
