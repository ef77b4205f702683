package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Tells the point in time at which a clock in a zone showed something, if there is just one such point. */
final class LocalClock {

    private LocalClock() {}

    /**
     * The point in time.
     *
     * @param cursor stands at what is read
     * @throws io.docrows.error.RejectedValueException if the clock was set forward over that time, or back, so that it
     *     showed it twice
     */
    static Instant instant(BsonCursor cursor, LocalDateTime shown, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(shown);
        if (offsets.size() != 1) {
            throw Mismatch.value(cursor, "a time that a clock in " + zone + " shows once");
        }
        return shown.toInstant(offsets.get(0));
    }
}
