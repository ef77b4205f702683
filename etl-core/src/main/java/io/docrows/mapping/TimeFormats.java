package io.docrows.mapping;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * How writers store times as text, beside the formats that {@link DateTimeFormatter} has itself. Where a format has no
 * offset, say with {@link DateTimeFormatter#withZone} where the clock was.
 */
public final class TimeFormats {

    /**
     * Year, month, day, hour, minute, second and microsecond, separated by commas, as MongoEngine's
     * {@code ComplexDateTimeField} writes them: {@code 2024,03,10,01,02,03,000004}.
     */
    public static final DateTimeFormatter COMMA_SEPARATED = new DateTimeFormatterBuilder()
            .appendPattern("uuuu,MM,dd,HH,mm,ss,")
            .appendFraction(ChronoField.NANO_OF_SECOND, 6, 6, false)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    /**
     * ISO 8601 with an offset, also one without a colon: {@code 2024-03-10T01:02:03.5+01:00},
     * {@code 2024-03-10T01:02:03.5+0100}, {@code 2024-03-10T00:02:03Z}.
     */
    public static final DateTimeFormatter ISO_ANY_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private TimeFormats() {}
}
