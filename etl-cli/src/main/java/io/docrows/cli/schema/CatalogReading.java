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
            T result;
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL search_path TO pg_catalog, pg_temp");
                result = work.with(connection);
                connection.commit();
            } catch (SQLException | RuntimeException | Error failure) {
                giveUp(connection, before, failure);
                throw failure;
            }
            connection.setAutoCommit(before);
            return result;
        }
    }

    /** A lost connection of a pool says only that it is closed: the failure is the one to be told. */
    private static void giveUp(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            // Changing the mode without it would commit what the failure left.
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException lost) {
            failure.addSuppressed(lost);
        }
    }
}
