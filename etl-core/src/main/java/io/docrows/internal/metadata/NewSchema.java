package io.docrows.internal.metadata;

import io.docrows.internal.postgres.Transaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * Makes the library's own schema where there is none, from the same scripts as Flyway and with the history that Flyway
 * would have left. Starting Flyway takes longer than a small first load.
 */
final class NewSchema {

    private static final String SCRIPTS = "/io/docrows/schema/";

    private NewSchema() {}

    /**
     * Makes the schema, all of it in one transaction.
     *
     * @param connection to the target, with auto-commit and the settings of our sessions
     * @throws SQLException if it is refused, which it also is if another process has just made the schema; then nothing
     *     of it stays
     */
    static void create(Connection connection) throws SQLException {
        Transaction.of(connection, transaction -> {
            try (Statement statement = transaction.createStatement()) {
                // Of several processes at once, one makes it. The others wait here for its commit, and are refused.
                statement.execute("CREATE SCHEMA docrows");
                SchemaHistory.create(transaction);
                int rank = 0;
                for (SchemaHistory.Migration migration : SchemaHistory.CURRENT) {
                    long started = System.nanoTime();
                    statement.execute(script(migration.script()));
                    long taken = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
                    SchemaHistory.add(transaction, ++rank, migration, (int) taken);
                }
                return rank;
            }
        });
    }

    private static String script(String name) {
        try (InputStream script = NewSchema.class.getResourceAsStream(SCRIPTS + name)) {
            if (script == null) {
                throw new IllegalStateException("the library lacks its script " + SCRIPTS + name);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
