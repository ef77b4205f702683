package io.docrows.internal.value;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What a point in time becomes. Stateless.
 *
 * @param <T> {@link Instant} or {@link LocalDateTime}
 */
public sealed interface TimestampForm<T> {

    /** The form of an instant. */
    T of(Instant instant);

    /** Where a value lies in its column's range, which PostgreSQL counts as if it were UTC. */
    Instant position(T value);

    /** The value at a position. */
    T at(Instant position);

    /** For {@code timestamptz}: the instant itself. */
    record Absolute() implements TimestampForm<Instant> {

        @Override
        public Instant of(Instant instant) {
            return instant;
        }

        @Override
        public Instant position(Instant value) {
            return value;
        }

        @Override
        public Instant at(Instant position) {
            return position;
        }
    }

    /**
     * For {@code timestamp}: date and time of day as a clock in a zone showed them.
     *
     * @param zone the zone
     */
    record Local(ZoneId zone) implements TimestampForm<LocalDateTime> {

        @Override
        public LocalDateTime of(Instant instant) {
            return LocalDateTime.ofInstant(instant, zone);
        }

        @Override
        public Instant position(LocalDateTime value) {
            return value.toInstant(ZoneOffset.UTC);
        }

        @Override
        public LocalDateTime at(Instant position) {
            return LocalDateTime.ofInstant(position, ZoneOffset.UTC);
        }
    }
}
