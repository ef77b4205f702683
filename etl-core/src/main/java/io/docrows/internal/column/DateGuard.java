package io.docrows.internal.column;

import io.docrows.error.RejectCode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Days that a date column cannot hold: those outside of 4713 BC to 5874897 AD (PostgreSQL manual, "Date/Time Types").
 */
enum DateGuard implements ColumnGuard<LocalDate> {
    INSTANCE;

    private static final LocalDate MIN = LocalDate.of(-4713, 11, 24);
    private static final LocalDate MAX = LocalDate.of(5_874_897, 12, 31);

    @Override
    public @Nullable Violation check(LocalDate value) {
        return value.isBefore(MIN) || value.isAfter(MAX)
                ? new Violation(
                        RejectCode.OUT_OF_RANGE, "the date is outside of what PostgreSQL holds, 4713 BC to 5874897 AD")
                : null;
    }
}
