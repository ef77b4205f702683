package io.docrows.internal.column;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The types that hold whatever their Java type does, in as many bytes as that: whole numbers and floating-point
 * numbers, big endian, {@code boolean}, {@code uuid}; and {@code bytea}, whose bytes are sent as they are.
 */
final class FixedCodec<T> extends ColumnType<T> {

    static final FixedCodec<Short> SMALLINT = new FixedCodec<>(Short.class, (out, value) -> {
        out.writeInt(Short.BYTES);
        out.writeShort(value);
    });

    static final FixedCodec<Integer> INTEGER = new FixedCodec<>(Integer.class, (out, value) -> {
        out.writeInt(Integer.BYTES);
        out.writeInt(value);
    });

    static final FixedCodec<Long> BIGINT = new FixedCodec<>(Long.class, (out, value) -> {
        out.writeInt(Long.BYTES);
        out.writeLong(value);
    });

    static final FixedCodec<Float> REAL = new FixedCodec<>(Float.class, (out, value) -> {
        out.writeInt(Float.BYTES);
        out.writeFloat(value);
    });

    static final FixedCodec<Double> DOUBLE = new FixedCodec<>(Double.class, (out, value) -> {
        out.writeInt(Double.BYTES);
        out.writeDouble(value);
    });

    static final FixedCodec<Boolean> BOOLEAN = new FixedCodec<>(Boolean.class, (out, value) -> {
        out.writeInt(1);
        out.writeByte(value ? 1 : 0);
    });

    static final FixedCodec<UUID> UUID = new FixedCodec<>(UUID.class, (out, value) -> {
        out.writeInt(2 * Long.BYTES);
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    });

    static final FixedCodec<byte[]> BYTEA = new FixedCodec<>(byte[].class, (out, value) -> {
        out.writeInt(value.length);
        out.write(value);
    });

    private final Form<T> form;

    private FixedCodec(Class<T> javaType, Form<T> form) {
        super(javaType);
        this.form = form;
    }

    @FunctionalInterface
    private interface Form<T> {
        void write(DataOutputStream out, T value) throws IOException;
    }

    @Override
    @Nullable Violation violation(T value) {
        return null;
    }

    @Override
    void write(DataOutputStream out, T value) throws IOException {
        form.write(out, value);
    }
}
