package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * Reads times that are stored as arrays of whole numbers, from the largest part to the smallest, as Jackson writes
 * those of {@code java.time}: it leaves out seconds and nanoseconds where they are zero.
 */
final class TimeParts {

    private static final int MOST = 7;

    private TimeParts() {}

    /** A day of year, month and day. */
    static LocalDate day(BsonCursor cursor) {
        int[] parts = parts(cursor, 3, 3, "year, month and day");
        try {
            return LocalDate.of(parts[0], parts[1], parts[2]);
        } catch (DateTimeException e) {
            throw Mismatch.value(cursor, "a day of year, month and day");
        }
    }

    /** A day and a time of day: 5, 6 or 7 parts. */
    static LocalDateTime clock(BsonCursor cursor) {
        int[] parts = parts(cursor, 5, 7, "year, month, day, hour, minute, second and nanosecond");
        try {
            return LocalDateTime.of(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]);
        } catch (DateTimeException e) {
            throw Mismatch.value(cursor, "a time of year, month, day, hour, minute, second and nanosecond");
        }
    }

    /** A time of day: 2, 3 or 4 parts. */
    static LocalTime time(BsonCursor cursor) {
        int[] parts = parts(cursor, 2, 4, "hour, minute, second and nanosecond");
        try {
            return LocalTime.of(parts[0], parts[1], parts[2], parts[3]);
        } catch (DateTimeException e) {
            throw Mismatch.value(cursor, "a time of hour, minute, second and nanosecond");
        }
    }

    /** What is left out at the end is zero. */
    private static int[] parts(BsonCursor cursor, int least, int most, String names) {
        int[] parts = new int[MOST];
        int count = 0;
        cursor.enter();
        try {
            while (cursor.next()) {
                if (count == most) {
                    count++;
                    break;
                }
                parts[count++] = WholeNumber.int32(cursor);
            }
        } finally {
            cursor.leave();
        }
        if (count < least || count > most) {
            throw Mismatch.value(
                    cursor, "an array of " + least + (least == most ? "" : " to " + most) + " numbers, for " + names);
        }
        return parts;
    }
}
