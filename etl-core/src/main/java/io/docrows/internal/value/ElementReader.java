package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.bson.FieldName;
import java.util.List;
import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/**
 * Reads one element of an array, or a field below it. Where there is no such element or field, the value is null.
 *
 * @param index the element's number from 0, or from the end if it is negative
 * @param names the names that lead from the element to the field; none for the element itself
 * @param reader reads what is there
 * @param <T> the Java type read
 */
public record ElementReader<T>(int index, List<FieldName> names, ValueReader<T> reader) implements ValueReader<T> {

    /** Copies the list. */
    public ElementReader {
        names = List.copyOf(names);
    }

    @Override
    public ValueReader<T> perThread(Sources sources) {
        return new ElementReader<>(index, names, reader.perThread(sources));
    }

    @Override
    public @Nullable T read(BsonCursor cursor, PolicyCounter counter) {
        if (cursor.type() != BsonType.ARRAY) {
            throw Mismatch.type(cursor, "array");
        }
        int wanted = index < 0 ? ArraySize.of(cursor) + index : index;
        if (wanted < 0) {
            return null;
        }
        int depth = cursor.depth();
        cursor.enter();
        try {
            for (int i = 0; i <= wanted; i++) {
                if (!cursor.next()) {
                    return null;
                }
            }
            return below(cursor) ? reader.read(cursor, counter) : null;
        } finally {
            while (cursor.depth() > depth) {
                cursor.leave();
            }
        }
    }

    /** Stands the cursor at the field; false if there is none, or only a null. */
    private boolean below(BsonCursor cursor) {
        for (FieldName name : names) {
            if (isNull(cursor)) {
                return false;
            }
            if (cursor.type() != BsonType.DOCUMENT) {
                throw Mismatch.type(cursor, "a sub-document");
            }
            cursor.enter();
            do {
                if (!cursor.next()) {
                    return false;
                }
            } while (!cursor.nameIs(name));
        }
        return !isNull(cursor);
    }

    private static boolean isNull(BsonCursor cursor) {
        return cursor.type() == BsonType.NULL || cursor.type() == BsonType.UNDEFINED;
    }
}
