package io.docrows.internal.column;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DataType;
import org.jooq.EnumType;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jooq.XML;
import org.jooq.types.YearToSecond;
import org.jspecify.annotations.Nullable;

/** Finds the codec of a generated column: by its Java type, and by its type in the target once that is known. */
final class ColumnTypes {

    private static final int MICROSECOND_DIGITS = 6;

    private ColumnTypes() {}

    static Optional<ColumnType<?>> of(DataType<?> type, @Nullable TargetType target) {
        return Optional.ofNullable(
                type.getType().isArray() && type.getType() != byte[].class ? array(type, target) : find(type, target));
    }

    private static @Nullable ColumnType<?> array(DataType<?> type, @Nullable TargetType target) {
        int dimensions = 0;
        DataType<?> element = type;
        for (DataType<?> next = element; next != null; next = next.getArrayComponentDataType()) {
            element = next;
            dimensions++;
        }
        // For arrays of times jOOQ's generator writes a precision of 0 that nobody declared; the target knows.
        if (element.isTime() || element.isTimestamp()) {
            element = element.precision(MICROSECOND_DIGITS);
        }
        // PostgreSQL has one array type, whatever the dimensions; a modifier of it is that of its elements.
        ColumnType<?> elements = find(element, target == null ? null : target.element());
        return elements == null ? null : ArrayCodec.of(type.getType(), elements, dimensions - 1, target);
    }

    private static @Nullable ColumnType<?> find(DataType<?> type, @Nullable TargetType target) {
        Class<?> java = type.getType();
        ColumnLimits limits = ColumnLimits.of(type, target);
        if (java == String.class) {
            return text(limits, target);
        }
        if (EnumType.class.isAssignableFrom(java)) {
            return new EnumCodec();
        }
        if (target != null && target.is("numeric")) {
            ColumnType<?> number = number(java, limits);
            if (number != null) {
                return number;
            }
        }
        if (java == Integer.class) {
            return FixedCodec.INTEGER;
        }
        if (java == Long.class) {
            return target != null && target.is("oid") ? new OidCodec() : FixedCodec.BIGINT;
        }
        if (java == Short.class) {
            return FixedCodec.SMALLINT;
        }
        if (java == Double.class) {
            return FixedCodec.DOUBLE;
        }
        if (java == Float.class) {
            return FixedCodec.REAL;
        }
        if (java == Boolean.class) {
            return FixedCodec.BOOLEAN;
        }
        if (java == UUID.class) {
            return FixedCodec.UUID;
        }
        if (java == byte[].class) {
            return FixedCodec.BYTEA;
        }
        if (java == JSONB.class) {
            return new JsonbCodec();
        }
        if (java == JSON.class) {
            return new JsonCodec();
        }
        if (java == XML.class) {
            return new InputCodec<>(XML.class, XML::data, target);
        }
        if (java == Object.class) {
            return new InputCodec<>(Object.class, value -> value instanceof String text ? text : null, target);
        }
        ColumnType<?> time = time(java, limits);
        return time != null ? time : number(java, limits);
    }

    private static ColumnType<?> text(ColumnLimits limits, @Nullable TargetType target) {
        if (target == null || target.category().equals("S") && !target.is("name")) {
            return new TextCodec(limits);
        }
        if (target.is("name")) {
            return NameCodec.name();
        }
        return target.is("char") ? NameCodec.character() : new InputCodec<>(String.class, text -> text, target);
    }

    /** Generated classes have whole numbers for a numeric without decimal places if nobody tells jOOQ otherwise. */
    private static @Nullable ColumnType<?> number(Class<?> java, ColumnLimits limits) {
        if (java == BigDecimal.class) {
            return new NumericCodec<>(BigDecimal.class, limits, Function.identity());
        }
        if (java == BigInteger.class) {
            return new NumericCodec<>(BigInteger.class, limits, BigDecimal::new);
        }
        if (java == Long.class) {
            return new NumericCodec<>(Long.class, limits, BigDecimal::valueOf);
        }
        if (java == Integer.class) {
            return new NumericCodec<>(Integer.class, limits, BigDecimal::valueOf);
        }
        if (java == Short.class) {
            return new NumericCodec<>(Short.class, limits, BigDecimal::valueOf);
        }
        return java == Byte.class ? new NumericCodec<>(Byte.class, limits, BigDecimal::valueOf) : null;
    }

    private static @Nullable ColumnType<?> time(Class<?> java, ColumnLimits limits) {
        if (java == Instant.class) {
            return new TimestampCodec<>(Instant.class, limits, Function.identity());
        }
        if (java == OffsetDateTime.class) {
            return new TimestampCodec<>(OffsetDateTime.class, limits, OffsetDateTime::toInstant);
        }
        if (java == LocalDateTime.class) {
            return new TimestampCodec<>(LocalDateTime.class, limits, value -> value.toInstant(ZoneOffset.UTC));
        }
        if (java == LocalDate.class) {
            return new DateCodec();
        }
        if (java == LocalTime.class) {
            return new TimeCodec(limits);
        }
        if (java == OffsetTime.class) {
            return new ZonedTimeCodec(limits);
        }
        return java == YearToSecond.class ? new IntervalCodec(limits) : null;
    }
}
