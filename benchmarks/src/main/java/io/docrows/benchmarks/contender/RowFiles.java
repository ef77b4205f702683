package io.docrows.benchmarks.contender;

import io.docrows.benchmarks.data.Shape;
import io.docrows.benchmarks.data.ShapeTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** The finished rows of all tables as files in the binary format of PostgreSQL's COPY. Immutable. */
public final class RowFiles {

    private static final int BUFFER = 64 * 1024;

    private final Shape shape;
    private final Path directory;

    /**
     * The files of a directory.
     *
     * @param shape whose tables
     * @param directory where they are, or will be
     */
    public RowFiles(Shape shape, Path directory) {
        this.shape = shape;
        this.directory = directory;
    }

    /**
     * Writes what the tables hold.
     *
     * @param connection to a database in which everything was loaded
     * @throws SQLException if it cannot be read
     * @throws IOException if the files cannot be written
     */
    public void write(Connection connection) throws SQLException, IOException {
        Files.createDirectories(directory);
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (ShapeTable table : shape.tables()) {
            try (OutputStream file = Files.newOutputStream(file(table))) {
                copy.copyOut("COPY " + target(table) + " TO STDOUT (FORMAT binary)", file);
            }
        }
    }

    /** Copies the files into the tables, one statement and transaction each. */
    void copyInto(Connection connection) throws SQLException, IOException {
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (ShapeTable table : shape.tables()) {
            try (InputStream file = Files.newInputStream(file(table))) {
                copy.copyIn("COPY " + target(table) + " FROM STDIN (FORMAT binary)", file, BUFFER);
            }
        }
    }

    /** Lets new rows have numbers after those that were copied. */
    static void advanceIdentities(Connection connection, Shape shape) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (ShapeTable numbered :
                    shape.tables().stream().filter(ShapeTable::numbered).toList()) {
                String table = numbered.name();
                try (ResultSet ignored = statement.executeQuery(
                        "SELECT setval(pg_get_serial_sequence('" + table + "', 'id'), max(id)) FROM " + table)) {
                    // It is done.
                }
            }
        }
    }

    private static String target(ShapeTable table) {
        return table.name() + " (" + table.columns() + ")";
    }

    private Path file(ShapeTable table) {
        return directory.resolve(table.name() + ".copy");
    }
}
