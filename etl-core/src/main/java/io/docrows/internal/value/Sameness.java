package io.docrows.internal.value;

import java.math.BigDecimal;
import java.nio.ByteBuffer;

/** What PostgreSQL holds equal in columns whose type has one equality only; texts are the same if all of them is. */
public final class Sameness {

    private Sameness() {}

    /**
     * Something that equals another one's for the same values only.
     *
     * @param value a value of a column
     * @return what to compare; for most values themselves
     */
    public static Object of(Object value) {
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        if (value instanceof BigDecimal number) {
            return number.stripTrailingZeros();
        }
        if (value instanceof Double number) {
            return number == 0 ? 0.0 : number;
        }
        if (value instanceof Float number) {
            return number == 0 ? 0.0f : number;
        }
        return value;
    }
}
