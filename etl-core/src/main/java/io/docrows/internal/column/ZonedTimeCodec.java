package io.docrows.internal.column;

import io.docrows.error.RejectCode;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.OffsetTime;
import org.jspecify.annotations.Nullable;

/**
 * {@code timetz}: microseconds since midnight, eight bytes, and the seconds that the zone is west of UTC, four, big
 * endian ({@code timetz_recv} in PostgreSQL's {@code date.c}). What it cannot hold: times finer than its precision, and
 * zones 16 hours or more away from UTC.
 */
final class ZonedTimeCodec extends ColumnType<OffsetTime> {

    private static final int MAX_ZONE_SECONDS = 16 * 60 * 60;

    private final int unit;

    ZonedTimeCodec(ColumnLimits limits) {
        super(OffsetTime.class, limits);
        this.unit = limits.timeUnit();
    }

    @Override
    @Nullable Violation violation(OffsetTime value) {
        return Math.abs(value.getOffset().getTotalSeconds()) < MAX_ZONE_SECONDS
                ? TimeCodec.tooFine(value.toLocalTime(), unit)
                : new Violation(RejectCode.OUT_OF_RANGE, "the zone is further from UTC than PostgreSQL's timetz takes");
    }

    @Override
    void write(DataOutputStream out, OffsetTime value) throws IOException {
        out.writeInt(Long.BYTES + Integer.BYTES);
        out.writeLong(value.toLocalTime().toNanoOfDay() / 1_000);
        out.writeInt(-value.getOffset().getTotalSeconds());
    }
}
