package io.docrows.inspect.internal.measure;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.docrows.inspect.fact.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Arrays of a few numbers that are one value: a date, a date and time, or a place. */
final class NumberArray {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
    private static final VarHandle DOUBLE = MethodHandles.byteArrayViewVarHandle(double[].class, LITTLE_ENDIAN);

    /** Year, month, day, hour, minute, second, nanosecond. */
    private static final int[] LEAST = {1000, 1, 1, 0, 0, 0, 0};

    private static final int[] MOST = {2999, 12, 31, 23, 59, 60, 999_999_999};

    private static final int LONGEST = 4 + 7 * 11 + 1;
    private static final int DOUBLE_TYPE = 1;
    private static final int INT32_TYPE = 16;
    private static final int INT64_TYPE = 18;

    private NumberArray() {}

    static Kind kind(byte[] bytes, int start, int length) {
        if (length > LONGEST) {
            return Kind.ARRAY;
        }
        int end = start + length - 1;
        int at = start + 4;
        int count = 0;
        boolean whole = true;
        boolean date = true;
        boolean pair = true;
        while (at < end) {
            int type = bytes[at];
            // The names of elements are their indexes, here of one digit.
            if (count == MOST.length || at + 3 > end || bytes[at + 2] != 0) {
                return Kind.ARRAY;
            }
            at += 3;
            double value;
            if (type == INT32_TYPE && at + 4 <= end) {
                value = (int) INT.get(bytes, at);
                at += 4;
            } else if (type == INT64_TYPE && at + 8 <= end) {
                value = (long) LONG.get(bytes, at);
                at += 8;
            } else if (type == DOUBLE_TYPE && at + 8 <= end) {
                value = (double) DOUBLE.get(bytes, at);
                whole = false;
                at += 8;
            } else {
                return Kind.ARRAY;
            }
            date &= value >= LEAST[count] && value <= MOST[count];
            pair &= Math.abs(value) <= (count == 0 ? 180 : 90);
            count++;
        }
        if (whole && date && (count == 3 || count >= 5)) {
            return Kind.ARRAY_DATE;
        }
        return count == 2 && pair && !whole ? Kind.ARRAY_PAIR : Kind.ARRAY;
    }
}
