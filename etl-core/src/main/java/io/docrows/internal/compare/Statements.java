package io.docrows.internal.compare;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs SQL that was rendered beforehand. */
final class Statements {

    private Statements() {}

    /** Runs them one after the other. */
    static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the number of rows concerned. */
    static long update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeLargeUpdate(sql);
        }
    }

    /** The one number of a query. */
    static long count(Connection connection, String sql) throws SQLException {
        return rows(connection, sql, row -> row.getLong(1)).get(0);
    }

    /** The rows of a query. */
    static <T extends @Nullable Object> List<T> rows(Connection connection, String sql, Row<T> each)
            throws SQLException {
        List<T> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                all.add(each.read(rows));
            }
        }
        return all;
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Row<T extends @Nullable Object> {
        T read(ResultSet row) throws SQLException;
    }
}
