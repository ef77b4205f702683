package io.docrows.internal.column;

import de.bytefish.pgbulkinsert.pgsql.handlers.BaseValueHandler;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;

/**
 * Sends an instant as {@code timestamptz}: microseconds since 2000-01-01 UTC, eight bytes, big endian
 * ({@code timestamptz_recv} in PostgreSQL's {@code timestamp.c}).
 */
final class InstantHandler<T> extends BaseValueHandler<T> {

    static final InstantHandler<Instant> INSTANCE = of(Function.identity());

    private static final long EPOCH_2000_SECONDS = 946_684_800L;

    private final Function<T, Instant> instant;

    private InstantHandler(Function<T, Instant> instant) {
        this.instant = instant;
    }

    static <T> InstantHandler<T> of(Function<T, Instant> instant) {
        return new InstantHandler<>(instant);
    }

    @Override
    protected void internalHandle(DataOutputStream out, T value) throws IOException {
        Instant time = instant.apply(value);
        out.writeInt(Long.BYTES);
        out.writeLong((time.getEpochSecond() - EPOCH_2000_SECONDS) * 1_000_000 + time.getNano() / 1_000);
    }

    @Override
    public int getLength(T value) {
        return Long.BYTES;
    }
}
