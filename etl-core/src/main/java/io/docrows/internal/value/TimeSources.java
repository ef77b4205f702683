package io.docrows.internal.value;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is read as a time beside a BSON date. Policies are given by their numbers, or {@link ValueReader#NO_POLICY}.
 *
 * @param formatters how texts are written, in the order in which that is tried
 * @param orText the policy that reads texts
 * @param orEpochMillis the policy that reads numbers as milliseconds since 1970
 * @param orEpochSeconds the policy that reads numbers as seconds since 1970
 * @param orMillisOfDay the policy that reads numbers as milliseconds since midnight
 * @param orArray the policy that reads arrays of year, month, day and so on
 * @param arrayZone where the clock is that such an array shows, if that matters
 */
public record TimeSources(
        List<DateTimeFormatter> formatters,
        int orText,
        int orEpochMillis,
        int orEpochSeconds,
        int orMillisOfDay,
        int orArray,
        @Nullable ZoneId arrayZone) {

    /** Copies the list. */
    public TimeSources {
        formatters = List.copyOf(formatters);
    }

    boolean readsEpoch() {
        return orEpochMillis != ValueReader.NO_POLICY || orEpochSeconds != ValueReader.NO_POLICY;
    }

    /** What the readers say they expect. */
    String expected(String time) {
        return "date"
                + (orText == ValueReader.NO_POLICY ? "" : ", text")
                + (readsEpoch() || orMillisOfDay != ValueReader.NO_POLICY ? ", number" : "")
                + (orArray == ValueReader.NO_POLICY ? "" : ", array of the parts of a " + time);
    }
}
