package io.docrows.mapping;

import static io.docrows.testing.db.Tables.EVERY_TYPE;

import io.docrows.internal.bson.BsonCursor;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.value.PolicyCounter;
import io.docrows.internal.value.ValueReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value as it is read when its column does not matter, and no policy is chosen. */
record Bound<T>(ValueReader<T> reader) {

    static <T> Bound<T> of(Value<T> value) {
        return new Bound<>(value.bind(binding(FieldPath.of(value.path()))));
    }

    static <T> Bound<List<T>> of(ListValue<T> value) {
        return new Bound<>(value.bind(binding(FieldPath.of(value.path()))));
    }

    private static Binding binding(FieldPath path) {
        return new Binding(
                Binding.Role.COLUMN,
                "",
                List.of(path),
                EVERY_TYPE.AN_INSTANT,
                EVERY_TYPE.AN_INSTANT,
                ColumnType.of(EVERY_TYPE.AN_INSTANT).orElseThrow(),
                false,
                new ArrayList<>(),
                new ArrayList<>());
    }

    @Nullable T read(BsonCursor cursor) {
        return reader.read(cursor, new PolicyCounter(0));
    }
}
