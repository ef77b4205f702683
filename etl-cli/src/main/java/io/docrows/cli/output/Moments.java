package io.docrows.cli.output;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time as people read them: in UTC, to the second, the same on every machine. */
public final class Moments {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Moments() {}

    /**
     * A point in time.
     *
     * @param moment the moment
     * @return such as {@code 2026-01-31 23:59:59}
     */
    public static String utc(Instant moment) {
        return TIME.format(moment);
    }
}
