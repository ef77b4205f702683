package io.docrows.internal.write;

import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Streams rows into a table as {@code COPY … FROM STDIN BINARY}; the encoding is PgBulkInsert's. */
final class CopyIn {

    private static final int BUFFER = 64 * 1024;

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

    /** PgBulkInsert wraps what the stream throws, and the stream wraps what the driver throws. */
    private static @org.jspecify.annotations.Nullable SQLException sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        Throwable cause = failure.getCause();
        return failure instanceof UncheckedIOException || cause instanceof IOException
                ? new SQLException("the connection broke during COPY", "08006", failure)
                : null;
    }
}
