package io.docrows.benchmarks.contender;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** The finished rows of all tables as files in the binary format of PostgreSQL's COPY. Immutable. */
public final class RowFiles {

    private static final int BUFFER = 64 * 1024;

    /** Referenced tables first. */
    private static final List<String> TABLES = List.of(
            "skills (id, name)",
            "users (id, mongo_id, created, updated, name, email)",
            "users_skills (user_id, skill_id)",
            "gigs (id, mongo_id, created, updated, title, description, state, budget, poster_id)");

    private final Path directory;

    /**
     * The files of a directory.
     *
     * @param directory where they are, or will be
     */
    public RowFiles(Path directory) {
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
        for (String table : TABLES) {
            try (OutputStream file = Files.newOutputStream(file(table))) {
                copy.copyOut("COPY " + table + " TO STDOUT (FORMAT binary)", file);
            }
        }
    }

    /** Copies the files into the tables, one statement and transaction each. */
    void copyInto(Connection connection) throws SQLException, IOException {
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (String table : TABLES) {
            try (InputStream file = Files.newInputStream(file(table))) {
                copy.copyIn("COPY " + table + " FROM STDIN (FORMAT binary)", file, BUFFER);
            }
        }
    }

    /** Lets new rows have numbers after those that were copied. */
    static void advanceIdentities(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : List.of("skills", "users", "gigs")) {
                try (ResultSet ignored = statement.executeQuery(
                        "SELECT setval(pg_get_serial_sequence('" + table + "', 'id'), max(id)) FROM " + table)) {
                    // It is done.
                }
            }
        }
    }

    private Path file(String table) {
        return directory.resolve(table.substring(0, table.indexOf(' ')) + ".copy");
    }
}
