package io.docrows.internal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DataType;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Runs SQL that was rendered beforehand, in the caller's transaction. What PostgreSQL refuses is thrown as it is. */
public final class Statements {

    private Statements() {}

    /**
     * Runs one statement.
     *
     * @param connection the connection of the transaction
     * @param sql the statement
     * @throws SQLException if it fails
     */
    public static void execute(Connection connection, String sql) throws SQLException {
        execute(connection, List.of(sql));
    }

    /**
     * Runs statements one after the other.
     *
     * @param connection the connection of the transaction
     * @param statements the statements
     * @throws SQLException if one fails
     */
    public static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /**
     * Runs a statement that changes rows.
     *
     * @param connection the connection of the transaction
     * @param sql the statement
     * @return the number of rows concerned
     * @throws SQLException if it fails
     */
    public static long update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeLargeUpdate(sql);
        }
    }

    /**
     * The one number of a query.
     *
     * @param connection the connection of the transaction
     * @param sql a query of one row and one column
     * @return its value
     * @throws SQLException if it fails
     */
    public static long count(Connection connection, String sql) throws SQLException {
        return rows(connection, sql, row -> row.getLong(1)).get(0);
    }

    /**
     * Whether there is any row in a table.
     *
     * @param connection the connection of the transaction
     * @param table the table
     * @return true if there is
     * @throws SQLException if it fails
     */
    public static boolean hasRows(Connection connection, Table<?> table) throws SQLException {
        Select<?> one = DSL.selectOne().from(table).limit(DSL.inline(1));
        return count(connection, Sql.text(DSL.selectCount().from(one.asTable("one")))) > 0;
    }

    /**
     * The rows of a query.
     *
     * @param connection the connection of the transaction
     * @param sql the query
     * @param each reads one row
     * @param <T> what a row becomes
     * @return what was read, in the query's order
     * @throws SQLException if it fails
     */
    public static <T extends @Nullable Object> List<T> rows(Connection connection, String sql, Row<T> each)
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

    /**
     * Reads one row.
     *
     * @param <T> what it becomes
     */
    @FunctionalInterface
    public interface Row<T extends @Nullable Object> {

        /**
         * Reads the row at which the result stands.
         *
         * @param row the result
         * @return what it becomes
         * @throws SQLException if a value cannot be read
         */
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Asks for one array, which a driver reads much faster than as many rows.
     *
     * @param statement whose only row has an array in its only column
     * @param type the type that the elements are wanted in
     * @return the elements
     * @throws SQLException if PostgreSQL fails
     */
    public static @Nullable Object[] array(PreparedStatement statement, DataType<?> type) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            // An array of the driver's has the type of its elements, and takes no other.
            @Nullable Object[] elements = (@Nullable Object[]) rows.getArray(1).getArray();
            @Nullable Object[] converted = new Object[elements.length];
            for (int i = 0; i < elements.length; i++) {
                converted[i] = type.convert(elements[i]);
            }
            return converted;
        }
    }
}
