package io.docrows.internal.metadata;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What Flyway writes down about the library's own schema, read and written without Flyway. */
final class SchemaHistory {

    /** Every migration of this release. */
    static final List<Migration> CURRENT = List.of(
            new Migration(1, "bookkeeping", 1111739041),
            new Migration(2, "deferred constraints", -233100062),
            new Migration(4, "count late arrivals", -1187392838),
            new Migration(5, "policy use", 1598855092),
            new Migration(6, "deletions and watermarks", 1655373978),
            new Migration(7, "table owners and key claims", -563235946),
            new Migration(8, "claims of tables", -930329172),
            new Migration(9, "unmatched documents and owned rows", 601049864),
            new Migration(10, "pending documents", -55209793),
            new Migration(11, "follow", 1402740309),
            new Migration(12, "task attempts", 1784693067),
            new Migration(13, "follow lag", 1809740823),
            new Migration(14, "keys of claims", 1695733513));

    /** The row that says who made the schema is not about a migration. */
    private static final String APPLIED = """
        SELECT concat_ws('|', version, description, type, script, checksum, success::text)
        FROM docrows.schema_history
        WHERE type <> 'SCHEMA'
        ORDER BY installed_rank
        """;

    /** The table as Flyway makes it, which is what a later release migrates with. */
    private static final String TABLE = """
            CREATE TABLE docrows.schema_history (
                installed_rank integer NOT NULL CONSTRAINT schema_history_pk PRIMARY KEY,
                version        varchar(50),
                description    varchar(200) NOT NULL,
                type           varchar(20) NOT NULL,
                script         varchar(1000) NOT NULL,
                checksum       integer,
                installed_by   varchar(100) NOT NULL,
                installed_on   timestamp NOT NULL DEFAULT now(),
                execution_time integer NOT NULL,
                success        boolean NOT NULL
            );
            CREATE INDEX schema_history_s_idx ON docrows.schema_history (success);
            INSERT INTO docrows.schema_history
            VALUES (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '"docrows"', NULL, current_user, now(), 0, true)
            """;

    private static final String ROW =
            "INSERT INTO docrows.schema_history VALUES (?, ?, ?, 'SQL', ?, ?, current_user, now(), ?, true)";

    /**
     * A migration.
     *
     * @param version its version
     * @param description as Flyway takes it from the name of the script
     * @param checksum of the script, as Flyway computes it
     */
    record Migration(int version, String description, int checksum) {

        /** The name of the script. */
        String script() {
            return "V" + version + "__" + description.replace(' ', '_') + ".sql";
        }

        private String row() {
            return String.join(
                    "|", String.valueOf(version), description, "SQL", script(), String.valueOf(checksum), "true");
        }
    }

    /** How a target stands to this release. */
    enum State {
        /** There is no such schema. */
        ABSENT,
        /** Every migration of this release was applied as it is, and nothing else. */
        CURRENT,
        /** Anything else: without a history, older, newer, failed, changed. */
        OTHER
    }

    private SchemaHistory() {}

    /**
     * Compares what was applied with what this release would apply.
     *
     * @param connection to the target, with the settings of our sessions
     * @return how it stands
     * @throws SQLException if it cannot be read
     */
    static State of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!isTrue(statement, "SELECT to_regclass('docrows.schema_history') IS NOT NULL")) {
                return isTrue(statement, "SELECT to_regnamespace('docrows') IS NULL") ? State.ABSENT : State.OTHER;
            }
            List<String> applied = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(APPLIED)) {
                while (rows.next()) {
                    applied.add(rows.getString(1));
                }
            }
            return applied.equals(CURRENT.stream().map(Migration::row).toList()) ? State.CURRENT : State.OTHER;
        }
    }

    private static boolean isTrue(Statement statement, String question) throws SQLException {
        try (ResultSet row = statement.executeQuery(question)) {
            return row.next() && row.getBoolean(1);
        }
    }

    /**
     * Makes the history of a schema that was just made. Takes part in the caller's transaction.
     *
     * @param connection to the target
     * @throws SQLException if it cannot be made
     */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
    }

    /**
     * Writes down that a migration was applied. Takes part in the caller's transaction.
     *
     * @param connection to the target
     * @param rank its place among all that were applied, from 1
     * @param migration which
     * @param milliseconds how long it took
     * @throws SQLException if it cannot be written
     */
    static void add(Connection connection, int rank, Migration migration, int milliseconds) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(ROW)) {
            row.setInt(1, rank);
            row.setString(2, String.valueOf(migration.version()));
            row.setString(3, migration.description());
            row.setString(4, migration.script());
            row.setInt(5, migration.checksum());
            row.setInt(6, milliseconds);
            row.executeUpdate();
        }
    }
}
