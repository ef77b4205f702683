package io.docrows.cli.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How many connections this role can have at a time: what the limits of role, database and server leave, beside those
 * that others have. A pool that asks for more waits for them in vain.
 */
final class ConnectionLimit {

    private static final String LEFT = """
            SELECT min(limits.n) FROM (
                    SELECT r.rolconnlimit::int8 - (SELECT count(*) FROM pg_catalog.pg_stat_activity a
                        WHERE a.usesysid = r.oid AND a.pid <> pg_catalog.pg_backend_pid()) AS n
                    FROM pg_catalog.pg_roles r WHERE r.rolname = session_user AND r.rolconnlimit >= 0 AND NOT r.rolsuper
                    UNION ALL
                    SELECT d.datconnlimit::int8 - (SELECT count(*) FROM pg_catalog.pg_stat_activity a
                        WHERE a.datid = d.oid AND a.backend_type = 'client backend' AND a.pid <> pg_catalog.pg_backend_pid())
                    FROM pg_catalog.pg_database d
                    WHERE d.datname = pg_catalog.current_database() AND d.datconnlimit >= 0
                      AND NOT (SELECT r.rolsuper FROM pg_catalog.pg_roles r WHERE r.rolname = session_user)
                    UNION ALL
                    SELECT pg_catalog.current_setting('max_connections')::int8
                        - pg_catalog.current_setting('superuser_reserved_connections')::int8
                        - coalesce(pg_catalog.current_setting('reserved_connections', true), '0')::int8
                        - (SELECT count(*) FROM pg_catalog.pg_stat_activity a
                           WHERE a.backend_type = 'client backend' AND a.pid <> pg_catalog.pg_backend_pid())
                ) limits
            """;

    private ConnectionLimit() {}

    /**
     * Asks for it.
     *
     * @param connection one of the connections that this role has; it counts among those that are left
     * @return the number, at least 1
     * @throws SQLException if it cannot be asked
     */
    static int left(Connection connection) throws SQLException {
        boolean before = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            // Operators, too, are PostgreSQL's own.
            statement.execute("SET LOCAL search_path TO pg_catalog, pg_temp");
            try (ResultSet row = statement.executeQuery(LEFT)) {
                row.next();
                return (int) Math.max(1, Math.min(Integer.MAX_VALUE, row.getLong(1)));
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(before);
        }
    }
}
