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
            + " pg_catalog.current_setting('role'),"
            + " pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', false)";

    /**
     * What statements of others find that name things without a schema, as migrations do: PostgreSQL's own, and then
     * types and functions of extensions, wherever those are, unless anybody else may make something there. The schema
     * of the tables is put before it by whoever applies migrations.
     */
    private static final String EXTENSIONS = """
            SELECT set_config('search_path',
                concat_ws(', ', string_agg(quote_ident(n.nspname), ', ' ORDER BY n.nspname), 'pg_temp'), false)
            FROM pg_namespace n JOIN pg_roles o ON o.oid = n.nspowner
            WHERE n.oid IN (SELECT extnamespace FROM pg_extension) AND n.nspname <> 'pg_catalog'
              AND has_schema_privilege(n.oid, 'USAGE') AND NOT has_schema_privilege('public', n.oid, 'CREATE')
              AND (o.rolsuper OR o.rolname = 'pg_database_owner' OR pg_has_role(n.nspowner, 'MEMBER')
                   OR n.nspowner = (SELECT datdba FROM pg_database WHERE datname = current_database()))
            """;

    /** All that was set in this session, which is more than what is fixed. */
    private static final String SET_HERE =
            "SELECT name, setting FROM pg_settings WHERE source = 'session' AND context IN ('user', 'superuser')";

    /** What texts mean that are stored, and read back by later runs; and that constraints and triggers hold. */
    private static final Map<String, String> MEANING = Map.of(
            "TimeZone", "UTC",
            "DateStyle", "ISO, MDY",
            "IntervalStyle", "postgres",
            "extra_float_digits", "1",
            "bytea_output", "hex",
            "lc_monetary", "C",
            "xmloption", "content",
            "array_nulls", "on",
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
    private final Map<String, String> lent = new LinkedHashMap<>();
    private final String path;
    private final String role;
    private boolean lending;

    private SessionSettings(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PATH)) {
            row.next();
            this.path = row.getString(1);
            this.role = row.getString(2);
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

    /**
     * Gives the connection to statements of others, which name what is theirs without a schema and may set whatever
     * they like: that, too, is put back in the end.
     */
    void lend() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(SET_HERE)) {
                while (rows.next()) {
                    lent.put(rows.getString(1), rows.getString(2));
                }
            }
            statement.execute(EXTENSIONS);
        }
        lending = true;
    }

    /** Puts everything back as it was: first the role, which Flyway sets to whom it was, and the path last. */
    void restore() throws SQLException {
        Map<String, String> back = new LinkedHashMap<>();
        back.put("role", role);
        back.putAll(before);
        if (lending) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("RESET ALL");
                statement.execute("SET search_path TO pg_catalog, pg_temp");
            }
            lent.forEach(back::putIfAbsent);
        }
        back.put("search_path", path);
        try (PreparedStatement statement = connection.prepareStatement("SELECT set_config(name, value, false)"
                + " FROM unnest(?, ?) WITH ORDINALITY s (name, value, place) ORDER BY place")) {
            statement.setArray(1, connection.createArrayOf("text", back.keySet().toArray()));
            statement.setArray(2, connection.createArrayOf("text", back.values().toArray()));
            statement.execute();
        }
    }
}
