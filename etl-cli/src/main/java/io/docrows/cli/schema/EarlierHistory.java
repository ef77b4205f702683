package io.docrows.cli.schema;

import io.docrows.PipelineSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/**
 * The history of targets that were migrated before each pipeline had one of its own. It has Flyway's default name, and
 * an application in the same database may have its history under that name, or in that very table: what counts is rows
 * that say, with script and checksum, that one of this build's migrations was applied. They are copied; the table stays
 * as it is.
 */
final class EarlierHistory {

    private static final String NAME = "flyway_schema_history";

    private final PipelineSchema settings;
    private final List<MigrationInfo> migrations;

    EarlierHistory(PipelineSchema settings, MigrationInfo[] known) {
        this.settings = settings;
        this.migrations = Arrays.stream(known)
                .filter(migration -> migration.getVersion() != null)
                .toList();
    }

    /** How the table stands to the role of this session, whatever it tells of. Needs the catalogue's search path. */
    static HistoryTable of(Connection connection, PipelineSchema settings) throws SQLException {
        return HistoryTable.of(connection, settings.schema(), NAME);
    }

    /** The latest of this build's migrations that it tells of. Needs the catalogue's search path. */
    Optional<String> version(Connection connection) throws SQLException {
        return ranks(connection).stream()
                .map(Applied::version)
                .max(java.util.Comparator.naturalOrder())
                .map(MigrationVersion::getVersion);
    }

    /**
     * Makes the pipeline's own history from it, if it tells of this pipeline and there is no own one yet. Takes part in
     * the caller's transaction, which has the catalogue's search path.
     *
     * @return whether it did
     */
    boolean takeOver(Connection connection) throws SQLException {
        lock(connection);
        if (HistoryTable.of(connection, settings.schema(), settings.history()) != HistoryTable.ABSENT) {
            return true;
        }
        List<Applied> applied = ranks(connection);
        if (applied.isEmpty()) {
            return false;
        }
        String own = quoted(settings.history());
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + own + " (LIKE " + quoted(NAME)
                    + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)");
        }
        try (PreparedStatement copy = connection.prepareStatement(
                "INSERT INTO " + own + " SELECT * FROM " + quoted(NAME) + " WHERE installed_rank = ANY (?)")) {
            copy.setArray(
                    1,
                    connection.createArrayOf(
                            "int4", applied.stream().map(Applied::rank).toArray()));
            copy.executeUpdate();
        }
        return true;
    }

    private record Applied(int rank, MigrationVersion version) {}

    /** Two commands at once make one history. The lock goes with the transaction. */
    private void lock(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            statement.setString(1, "docrows history of " + settings.pipeline());
            statement.execute();
        }
    }

    private List<Applied> ranks(Connection connection) throws SQLException {
        List<Applied> applied = new ArrayList<>();
        if (of(connection, settings) != HistoryTable.READABLE) {
            return applied;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT installed_rank, script, checksum FROM " + quoted(NAME)
                        + " WHERE type = 'SQL' AND version IS NOT NULL ORDER BY installed_rank")) {
            while (rows.next()) {
                int rank = rows.getInt(1);
                String script = rows.getString(2);
                Integer checksum = rows.getObject(3, Integer.class);
                migrations.stream()
                        .filter(known -> known.getScript().equals(script)
                                && java.util.Objects.equals(known.getChecksum(), checksum))
                        .findFirst()
                        .ifPresent(known -> applied.add(new Applied(rank, known.getVersion())));
            }
        }
        return applied;
    }

    private String quoted(String table) {
        return identifier(settings.schema()) + "." + identifier(table);
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
