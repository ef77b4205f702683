package io.docrows.internal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings that decide what our statements mean and how long they may take: fixed while a connection is ours,
 * whatever the role, the database, a pool or a migration over the same connection had set, and put back afterwards. Not
 * thread-safe.
 */
final class SessionSettings {

    /**
     * Everything of the user's is named with its schema, so that PostgreSQL's own is the only other one: nobody else's
     * function, operator or type can take the place of one of its. The temporary schema would come first if it were not
     * named. Told to PostgreSQL with every name in full, as this is what makes other names safe.
     */
    private static final String PATH = "SELECT pg_catalog.current_setting('search_path'),"
            + " pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', false)";

    /** What texts mean that are stored, and read back by later runs; and that constraints and triggers hold. */
    private static final Map<String, String> MEANING = Map.of(
            "TimeZone", "UTC",
            "DateStyle", "ISO, MDY",
            "IntervalStyle", "postgres",
            "extra_float_digits", "1",
            "bytea_output", "hex",
            "standard_conforming_strings", "on",
            "session_replication_role", "origin");

    /**
     * What a migration over the same connection may have left behind goes back to what the role and the database have
     * set. Settings that the server's version does not know are not in the view.
     */
    private static final String FIX = """
            SELECT s.name, s.setting, set_config(s.name, COALESCE(w.value, s.reset_val), false)
            FROM pg_settings s LEFT JOIN unnest(?, ?) w (name, value) ON w.name = s.name
            WHERE w.value <> s.setting OR w.name IS NULL AND s.source = 'session' AND s.name IN (
              'lock_timeout', 'statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout',
              'idle_session_timeout', 'work_mem', 'maintenance_work_mem', 'synchronous_commit', 'row_security',
              'default_transaction_isolation', 'default_transaction_read_only', 'default_transaction_deferrable',
              'default_tablespace', 'temp_tablespaces', 'enable_nestloop', 'enable_hashjoin', 'enable_indexscan',
              'enable_bitmapscan', 'enable_seqscan', 'enable_sort', 'transform_null_equals')
            """;

    private final Connection connection;
    private final Map<String, String> before = new LinkedHashMap<>();
    private final String path;

    private SessionSettings(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PATH)) {
            row.next();
            this.path = row.getString(1);
        }
    }

    /**
     * Fixes the settings.
     *
     * @param connection with auto-commit, as a rollback would undo it
     * @param others further settings, by name
     * @return what is put back in the end
     * @throws SQLException if the connection fails
     */
    static SessionSettings fix(Connection connection, Map<String, String> others) throws SQLException {
        SessionSettings settings = new SessionSettings(connection);
        Map<String, String> wanted = new LinkedHashMap<>(MEANING);
        wanted.putAll(others);
        settings.set(wanted);
        return settings;
    }

    /** Changes settings, until they are put back. */
    void set(Map<String, String> wanted) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIX)) {
            statement.setArray(
                    1, connection.createArrayOf("text", wanted.keySet().toArray()));
            statement.setArray(
                    2, connection.createArrayOf("text", wanted.values().toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    before.putIfAbsent(rows.getString(1), rows.getString(2));
                }
            }
        }
    }

    /** Puts everything back as it was, the path last. */
    void restore() throws SQLException {
        before.put("search_path", path);
        try (PreparedStatement statement = connection.prepareStatement("SELECT set_config(name, value, false)"
                + " FROM unnest(?, ?) WITH ORDINALITY s (name, value, place) ORDER BY place")) {
            statement.setArray(
                    1, connection.createArrayOf("text", before.keySet().toArray()));
            statement.setArray(
                    2, connection.createArrayOf("text", before.values().toArray()));
            statement.execute();
        }
    }
}
