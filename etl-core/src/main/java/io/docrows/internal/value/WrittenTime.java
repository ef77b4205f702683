package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A time that is written in a text. The parts that the text does not have are null.
 *
 * @param day the day, as it is written
 * @param time the time of day, as it is written
 * @param zone the zone or offset: the text's own, or the formatter's
 */
record WrittenTime(
        @Nullable LocalDate day,
        @Nullable LocalTime time,
        @Nullable ZoneId zone) {

    /** Longer texts are not even looked at. */
    private static final int LONGEST = 200;

    /**
     * Reads a text.
     *
     * @param cursor stands at the text
     * @param formatters tried in this order
     * @throws io.docrows.error.RejectedValueException if none of them fits, or the day does not exist
     */
    static WrittenTime read(BsonCursor cursor, List<DateTimeFormatter> formatters) {
        String text = cursor.string();
        if (text.length() <= LONGEST) {
            for (DateTimeFormatter formatter : formatters) {
                WrittenTime time = parsed(text, formatter);
                if (time != null) {
                    return time;
                }
            }
        }
        throw Mismatch.value(cursor, "a time written as the mapping says");
    }

    private static @Nullable WrittenTime parsed(String text, DateTimeFormatter formatter) {
        TemporalAccessor parsed;
        try {
            parsed = formatter.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
        if (!parsed.query(DateTimeFormatter.parsedExcessDays()).isZero()
                || parsed.query(DateTimeFormatter.parsedLeapSecond())) {
            // Hour 24 of no day would become midnight before it, and second 60 the one before.
            return null;
        }
        LocalDate day = parsed.query(TemporalQueries.localDate());
        LocalTime time = parsed.query(TemporalQueries.localTime());
        ZoneId zone = zone(parsed);
        if (day == null && time == null && parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
            LocalDateTime utc = LocalDateTime.ofInstant(Instant.from(parsed), ZoneOffset.UTC);
            return new WrittenTime(utc.toLocalDate(), utc.toLocalTime(), ZoneOffset.UTC);
        }
        return day != null && !isWritten(text, formatter, day) ? null : new WrittenTime(day, time, zone);
    }

    /** The text's offset decides before a zone does: where a clock is set back, it tells the two hours apart. */
    private static @Nullable ZoneId zone(TemporalAccessor parsed) {
        return parsed.isSupported(ChronoField.OFFSET_SECONDS)
                ? ZoneOffset.ofTotalSeconds(parsed.get(ChronoField.OFFSET_SECONDS))
                : parsed.query(TemporalQueries.zone());
    }

    /** A formatter that is not strict makes 28 February of the 31st, and the next day of hour 24. */
    private static boolean isWritten(String text, DateTimeFormatter formatter, LocalDate day) {
        TemporalAccessor fields = formatter.parseUnresolved(text, new ParsePosition(0));
        return fields == null
                || !fields.isSupported(ChronoField.DAY_OF_MONTH)
                || fields.getLong(ChronoField.DAY_OF_MONTH) == day.getDayOfMonth();
    }

    /** Day and time of day, or null if one of them is missing. */
    @Nullable LocalDateTime clock() {
        return day == null || time == null ? null : day.atTime(time);
    }
}
