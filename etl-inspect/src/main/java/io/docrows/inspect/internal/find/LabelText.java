package io.docrows.inspect.internal.find;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.inspect.fact.ValueCount;
import io.docrows.inspect.internal.measure.FewValues;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The text of one of few values. */
final class LabelText {

    private static final int INT32 = 16;
    private static final int INT64 = 18;

    private LabelText() {}

    static ValueCount of(FewValues.Value value) {
        ByteBuffer bytes = ByteBuffer.wrap(value.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        return switch (value.type()) {
            case INT32 -> new ValueCount("int", Integer.toString(bytes.getInt()), value.count());
            case INT64 -> new ValueCount("long", Long.toString(bytes.getLong()), value.count());
            default -> new ValueCount("string", new String(value.bytes(), UTF_8), value.count());
        };
    }
}
