package io.docrows.cli.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A transaction in which every name is PostgreSQL's own, whatever the session's search path: nothing that others have
 * made can stand in the place of a function, operator or table of the catalogue.
 */
final class CatalogReading {

    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private CatalogReading() {}

    /**
     * Does some work and commits it.
     *
     * @param target where
     * @param work what to do; a table of a user's must be named with its schema
     * @return what the work returns
     * @throws SQLException if it fails, and then nothing of it stays
     */
    static <T> T in(DataSource target, Work<T> work) throws SQLException {
        try (Connection connection = target.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL search_path TO pg_catalog, pg_temp");
                T result = work.with(connection);
                connection.commit();
                return result;
            } finally {
                // Without effect after the commit; without it, changing the mode would commit what a failure left.
                connection.rollback();
                connection.setAutoCommit(before);
            }
        }
    }
}
