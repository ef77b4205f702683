package io.docrows.internal.column;

import de.bytefish.pgbulkinsert.pgsql.handlers.BooleanValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.ByteArrayValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.DoubleValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.FloatValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.IntegerValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.LongValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.ShortValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.UUIDValueHandler;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DataType;
import org.jooq.EnumType;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** The table of column types: Java type of the generated column to guard and encoder. */
final class ColumnTypes {

    private ColumnTypes() {}

    static Optional<ColumnType<?>> of(DataType<?> type) {
        return Optional.ofNullable(find(type));
    }

    private static @Nullable ColumnType<?> find(DataType<?> type) {
        Class<?> java = type.getType();
        if (java == String.class) {
            return new ColumnType<>(
                    String.class, new TextGuard(ColumnLimits.of(type).length()), TextHandler.INSTANCE);
        }
        if (EnumType.class.isAssignableFrom(java)) {
            return new ColumnType<>(EnumType.class, any(), EnumHandler.INSTANCE);
        }
        if (java == Integer.class) {
            return new ColumnType<>(Integer.class, any(), new IntegerValueHandler<>());
        }
        if (java == Long.class) {
            return new ColumnType<>(Long.class, any(), new LongValueHandler<>());
        }
        if (java == Short.class) {
            return new ColumnType<>(Short.class, any(), new ShortValueHandler<>());
        }
        if (java == Double.class) {
            return new ColumnType<>(Double.class, any(), new DoubleValueHandler<>());
        }
        if (java == Float.class) {
            return new ColumnType<>(Float.class, any(), new FloatValueHandler<>());
        }
        if (java == Boolean.class) {
            return new ColumnType<>(Boolean.class, any(), new BooleanValueHandler());
        }
        if (java == BigDecimal.class) {
            return new ColumnType<>(BigDecimal.class, NumericGuard.of(type), NumericHandler.INSTANCE);
        }
        if (java == Instant.class) {
            return new ColumnType<>(Instant.class, timestamp(type), InstantHandler.INSTANCE);
        }
        if (java == OffsetDateTime.class) {
            TimestampGuard guard = timestamp(type);
            return new ColumnType<>(
                    OffsetDateTime.class,
                    value -> guard.check(value.toInstant()),
                    InstantHandler.of(OffsetDateTime::toInstant));
        }
        if (java == LocalDateTime.class) {
            TimestampGuard guard = timestamp(type);
            return new ColumnType<>(
                    LocalDateTime.class,
                    value -> guard.check(value.toInstant(ZoneOffset.UTC)),
                    InstantHandler.of(value -> value.toInstant(ZoneOffset.UTC)));
        }
        if (java == LocalDate.class) {
            return new ColumnType<>(LocalDate.class, DateGuard.INSTANCE, DateHandler.INSTANCE);
        }
        if (java == UUID.class) {
            return new ColumnType<>(UUID.class, any(), new UUIDValueHandler());
        }
        if (java == byte[].class) {
            return new ColumnType<>(byte[].class, any(), new ByteArrayValueHandler());
        }
        if (java == JSONB.class) {
            return new ColumnType<>(JSONB.class, JsonbGuard.INSTANCE, JsonHandler.jsonb());
        }
        if (java == JSON.class) {
            return new ColumnType<>(JSON.class, any(), JsonHandler.json());
        }
        return null;
    }

    private static TimestampGuard timestamp(DataType<?> type) {
        return new TimestampGuard(ColumnLimits.of(type).timeUnit());
    }

    private static <T> ColumnGuard<T> any() {
        return value -> null;
    }
}
