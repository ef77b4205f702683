package io.docrows.internal.write;

import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import io.docrows.internal.postgres.RowLeftOut;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.postgresql.util.PSQLException;

/** Streams rows into a table as {@code COPY … FROM STDIN BINARY}; the encoding is PgBulkInsert's. */
public final class CopyIn {

    private static final int BUFFER = 64 * 1024;
    private static final String CONNECTION_FAILURE = "08006";

    private CopyIn() {}

    /** Writes the rows of one COPY. */
    @FunctionalInterface
    public interface Rows {
        /**
         * Writes them all.
         *
         * @param writer where to; ended by the caller
         * @throws SQLException if the connection fails
         */
        void writeTo(PgBinaryWriter writer) throws SQLException;
    }

    /**
     * Copies rows into a table.
     *
     * @param connection a connection of PostgreSQL's driver, or one that unwraps to it
     * @param table the table, quoted
     * @param columns its columns in the order in which they are written, separated by commas
     * @param rows writes them
     * @return how many rows these were
     * @throws SQLException if PostgreSQL refuses a row, or the connection breaks
     */
    public static long copy(Connection connection, String table, String columns, Rows rows) throws SQLException {
        String sql = "COPY " + table + " (" + columns + ") FROM STDIN BINARY";
        org.postgresql.copy.CopyIn copy =
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            // Closing the writer writes the trailer and ends the COPY, which is when PostgreSQL reports what it
            // refuses.
            CountingWriter counted;
            try (CountingWriter writer = new CountingWriter(new PGCopyOutputStream(copy, BUFFER))) {
                counted = writer;
                rows.writeTo(writer);
            }
            if (copy.getHandledRowCount() < counted.rows && RowLeftOut.mayBeOf(connection, table)) {
                throw new RowLeftOut(table);
            }
            requireAll(table, counted.rows, copy.getHandledRowCount());
            return counted.rows;
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
     * A COPY whose end is lost on the way is taken for a short one: PostgreSQL stores the rows so far, without an
     * error.
     */
    static void requireAll(String table, long sent, long stored) throws SQLException {
        if (stored != sent) {
            throw new SQLException(
                    "PostgreSQL has taken " + stored + " of " + sent + " rows that were copied into " + table,
                    CONNECTION_FAILURE);
        }
    }

    /** Knows how many rows were begun. */
    private static final class CountingWriter extends PgBinaryWriter {

        private long rows;

        private CountingWriter(OutputStream out) {
            super(out);
        }

        @Override
        public void startRow(int columns) {
            super.startRow(columns);
            rows++;
        }
    }

    /**
     * PgBulkInsert wraps what the stream throws, and the stream wraps what the driver throws. What the server refuses
     * bears its message; a complaint of the driver alone (that the COPY is no longer active, for one) means that the
     * connection broke.
     */
    private static @Nullable SQLException sqlCause(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException refused && refused.getServerErrorMessage() != null) {
                return refused;
            }
            if (cause instanceof SQLException || cause instanceof IOException) {
                return new SQLException("the connection broke during COPY", CONNECTION_FAILURE, failure);
            }
        }
        return null;
    }
}
