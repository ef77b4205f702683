package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value also where it is the only element of an array, and null where nothing is stored in some other way.
 * Policies are given by their numbers, or {@link #NO_POLICY}.
 *
 * @param reader reads the value
 * @param emptyAsNull the policy that makes empty documents, arrays and texts null
 * @param orArrayOfOne the policy that takes an element for the array
 * @param <T> the Java type read
 */
public record UnwrappingReader<T>(ValueReader<T> reader, int emptyAsNull, int orArrayOfOne) implements ValueReader<T> {

    /** An empty document or array: its length and its terminator. An empty text has a terminator of its own, too. */
    private static final int LENGTH_AND_TERMINATOR = 5;

    @Override
    public ValueReader<T> perThread(Sources sources) {
        return new UnwrappingReader<>(reader.perThread(sources), emptyAsNull, orArrayOfOne);
    }

    @Override
    public boolean looksAbove() {
        return reader.looksAbove();
    }

    @Override
    public @Nullable T read(BsonCursor cursor, PolicyCounter counter) {
        if (isNothing(cursor)) {
            counter.add(emptyAsNull);
            return null;
        }
        if (orArrayOfOne == NO_POLICY || cursor.type() != BsonType.ARRAY) {
            return reader.read(cursor, counter);
        }
        if (ArraySize.of(cursor) != 1) {
            throw Mismatch.type(cursor, "a value, or an array of one");
        }
        counter.add(orArrayOfOne);
        cursor.enter();
        try {
            cursor.next();
            if (cursor.type() == BsonType.NULL || cursor.type() == BsonType.UNDEFINED) {
                return null;
            }
            if (isNothing(cursor)) {
                counter.add(emptyAsNull);
                return null;
            }
            return reader.read(cursor, counter);
        } finally {
            cursor.leave();
        }
    }

    private boolean isNothing(BsonCursor cursor) {
        return emptyAsNull != NO_POLICY && isEmpty(cursor);
    }

    /**
     * Whether a value holds nothing.
     *
     * @param cursor stands at the value
     * @return true for an empty document, an empty array and an empty text
     */
    public static boolean isEmpty(BsonCursor cursor) {
        return cursor.valueLength() == LENGTH_AND_TERMINATOR
                && switch (cursor.type()) {
                    case DOCUMENT, ARRAY, STRING, SYMBOL -> true;
                    default -> false;
                };
    }
}
