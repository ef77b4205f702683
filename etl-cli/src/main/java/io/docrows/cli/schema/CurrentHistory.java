package io.docrows.cli.schema;

import io.docrows.PipelineSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Whether a history says that exactly this build's migrations were applied. That is the rule for every command but the
 * first, and Flyway takes some tenths of a second of processor time to find it out. In any other case Flyway is asked.
 */
final class CurrentHistory {

    private CurrentHistory() {}

    /**
     * The version that is there, if there is nothing to do and nothing to complain of. Needs the catalogue's search
     * path, and a history that may be read.
     *
     * @param connection to the target
     * @param settings where the history is, and the migrations
     * @param loader finds the migrations
     * @return the version; empty if only Flyway can tell
     */
    static Optional<String> version(Connection connection, PipelineSchema settings, ClassLoader loader)
            throws SQLException {
        Optional<Map<String, MigrationFiles.Script>> found = MigrationFiles.at(loader, settings.migrations());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Map<String, MigrationFiles.Script> left = new HashMap<>(found.get());
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT version, description, checksum, type, success FROM "
                        + statement.enquoteIdentifier(settings.schema(), true) + "."
                        + statement.enquoteIdentifier(settings.history(), true))) {
            while (rows.next()) {
                if (!rows.getBoolean("success") || !isApplied(rows, left)) {
                    return Optional.empty();
                }
            }
        }
        return left.isEmpty()
                ? found.get().keySet().stream()
                        .map(MigrationVersion::fromVersion)
                        .max(java.util.Comparator.naturalOrder())
                        .map(MigrationVersion::getVersion)
                : Optional.empty();
    }

    private static boolean isApplied(ResultSet row, Map<String, MigrationFiles.Script> left) throws SQLException {
        String version = row.getString("version");
        if (version == null) {
            // Who made the schema.
            return row.getString("type").equals("SCHEMA");
        }
        int checksum = row.getInt("checksum");
        return !row.wasNull()
                && row.getString("type").equals("SQL")
                && new MigrationFiles.Script(row.getString("description"), checksum).equals(left.remove(version));
    }
}
