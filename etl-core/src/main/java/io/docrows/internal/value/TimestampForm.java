package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What a point in time becomes. Stateless.
 *
 * @param <T> {@link Instant} or {@link LocalDateTime}
 */
public sealed interface TimestampForm<T> {

    /** The form of an instant. */
    T of(Instant instant);

    /**
     * The form of what a clock in a zone showed.
     *
     * @param cursor stands at what is read
     * @throws io.docrows.error.RejectedValueException if it is not known which point in time that was, and matters
     */
    T of(BsonCursor cursor, LocalDateTime shown, ZoneId where);

    /** The form of what a clock in an unknown zone showed, or null if the zone matters. */
    @Nullable T of(LocalDateTime shown);

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
        public Instant of(BsonCursor cursor, LocalDateTime shown, ZoneId where) {
            return LocalClock.instant(cursor, shown, where);
        }

        @Override
        public @Nullable Instant of(LocalDateTime shown) {
            return null;
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
        public LocalDateTime of(BsonCursor cursor, LocalDateTime shown, ZoneId where) {
            return where.equals(zone) ? shown : of(LocalClock.instant(cursor, shown, where));
        }

        @Override
        public LocalDateTime of(LocalDateTime shown) {
            return shown;
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
