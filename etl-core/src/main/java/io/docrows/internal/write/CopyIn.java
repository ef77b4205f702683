package io.docrows.internal.write;

import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Streams rows into a table as {@code COPY … FROM STDIN BINARY}; the encoding is PgBulkInsert's. */
final class CopyIn {

    private static final int BUFFER = 64 * 1024;
    private static final String CONNECTION_FAILURE = "08006";

    private CopyIn() {}

    /** Writes the rows of one COPY. */
    @FunctionalInterface
    interface Rows {
        void writeTo(PgBinaryWriter writer) throws SQLException;
    }

    static void copy(Connection connection, String table, String columns, Rows rows) throws SQLException {
        String sql = "COPY " + table + " (" + columns + ") FROM STDIN BINARY";
        org.postgresql.copy.CopyIn copy =
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            // Closing the writer writes the trailer and ends the COPY, which is when PostgreSQL reports what it refuses.
            try (PgBinaryWriter writer = new PgBinaryWriter(new PGCopyOutputStream(copy, BUFFER))) {
                rows.writeTo(writer);
            }
        } catch (RuntimeException e) {
            SQLException cause = sqlCause(e);
            if (cause != null) {
                throw cause;
            }
            throw e;
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /**
     * PgBulkInsert wraps what the stream throws, and the stream wraps what the driver throws. When the connection breaks, the
     * driver's own complaint that the COPY is over may come first, with the reason among the suppressed.
     */
    private static @Nullable SQLException sqlCause(Throwable failure) {
        SQLException first = null;
        boolean broken = false;
        Deque<Throwable> causes = new ArrayDeque<>(List.of(failure));
        for (Throwable cause = causes.poll(); cause != null; cause = causes.poll()) {
            if (first == null && cause instanceof SQLException sql) {
                first = sql;
            }
            broken |= cause instanceof SocketException || cause instanceof EOFException;
            if (cause.getCause() != null) {
                causes.add(cause.getCause());
            }
            causes.addAll(List.of(cause.getSuppressed()));
        }
        return broken || first == null && failure.getCause() instanceof IOException
                ? new SQLException("the connection broke during COPY", CONNECTION_FAILURE, failure)
                : first;
    }
}
