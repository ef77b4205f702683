package io.docrows.internal.metadata;

import io.docrows.internal.postgres.Sql;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Named;
import org.jooq.Table;

/**
 * The SQL on {@code docrows.pending_reference} for one reference of one table, rendered for whoever stages rows. What
 * is staged is the caller's: the key of a row and the key that it refers to come as SQL expressions of type text. In
 * the statements, {@code w} is the pending reference.
 */
public final class PendingReferenceStatements {

    /** The key of the row that it waits for, as text. */
    public static final String REFERENCED_KEY = "w.referenced_key";

    private static final String PENDING = "docrows.pending_reference";

    private final String table;
    private final String column;

    /**
     * The statements for one reference.
     *
     * @param table the table of the rows that wait
     * @param columns the reference's columns in it
     */
    public PendingReferenceStatements(Table<?> table, List<? extends Named> columns) {
        this.table = Sql.nameLiteral(table);
        this.column = Sql.literal(columns.stream().map(Named::getName).collect(Collectors.joining(", ")));
    }

    private String ofThis(String alias) {
        return alias + ".table_name = " + table + " AND " + alias + ".column_name = " + column;
    }

    /**
     * A part of what a row is known by.
     *
     * @param rowKey what it is known by, an expression of type text: the key, or the keys as a JSON array
     * @param number the number of the key's column
     * @param columns how many columns the key has
     * @return the column's value, an expression of type text
     */
    public static String partOf(String rowKey, int number, int columns) {
        return columns == 1 ? rowKey : "(" + rowKey + "::jsonb ->> " + number + ")";
    }

    /**
     * Whether any row waits.
     *
     * @return a query that returns a row if one does, and else none
     */
    public String any() {
        return "SELECT 0 FROM " + PENDING + " w WHERE " + ofThis("w") + " LIMIT 1";
    }

    /**
     * Forgets what staged rows waited for and wait for no longer.
     *
     * @param staged the staged rows, as after {@code USING}
     * @param rowKey the key of a staged row, as text
     * @param referencedKey the key that it refers to now, as text, or NULL
     * @param missing whether the row with that key is missing, as a condition
     * @return the statement
     */
    public String settle(String staged, String rowKey, String referencedKey, String missing) {
        return "DELETE FROM " + PENDING + " w USING " + staged + " WHERE " + ofThis("w") + " AND w.row_key = " + rowKey
                + " AND (" + referencedKey + " IS DISTINCT FROM w.referenced_key OR NOT (" + missing + "))";
    }

    /**
     * Remembers what rows wait for, unless they are known to wait for something.
     *
     * @param from the rows and a condition, as after {@code FROM}
     * @param rowKey the key of a row, as text
     * @param referencedKey the key that it waits for, as text
     * @param run the number of the run that met it
     * @return the statement
     */
    public String remember(String from, String rowKey, String referencedKey, long run) {
        return insert(from, rowKey, referencedKey, run) + " DO NOTHING";
    }

    /**
     * Remembers what rows wait for from now on, whatever they waited for before.
     *
     * @param from the rows and a condition, as after {@code FROM}
     * @param rowKey the key of a row, as text
     * @param referencedKey the key that it waits for, as text
     * @param run the number of the run that found so
     * @return the statement
     */
    public String replace(String from, String rowKey, String referencedKey, long run) {
        return insert(from, rowKey, referencedKey, run)
                + " DO UPDATE SET referenced_key = EXCLUDED.referenced_key, run_id = EXCLUDED.run_id";
    }

    private String insert(String from, String rowKey, String referencedKey, long run) {
        return "INSERT INTO " + PENDING + " (table_name, column_name, row_key, referenced_key, run_id) SELECT " + table
                + ", " + column + ", " + rowKey + ", " + referencedKey + ", " + run + " FROM " + from
                + " ON CONFLICT (table_name, column_name, row_key)";
    }

    /**
     * What a row waits for, to be joined to it.
     *
     * @param alias the name of what is joined
     * @param rowKey the key of the row, as text
     * @param referencedKey the key that it refers to, as text
     * @return as after {@code JOIN}, with the condition
     */
    public String joined(String alias, String rowKey, String referencedKey) {
        return PENDING + " " + alias + " ON " + ofThis(alias) + " AND " + alias + ".row_key = " + rowKey + " AND "
                + alias + ".referenced_key = " + referencedKey;
    }

    /**
     * Whether what is {@linkplain #joined joined} is there.
     *
     * @param alias its name
     * @return a condition
     */
    public static String isPending(String alias) {
        return alias + ".row_key IS NOT NULL";
    }

    /**
     * Whether a row is known to wait for a key.
     *
     * @param rowKey the key of the row, as text
     * @param referencedKey the key, as text
     * @return a condition
     */
    public String isRemembered(String rowKey, String referencedKey) {
        return "EXISTS (SELECT FROM " + PENDING + " w WHERE " + ofThis("w") + " AND w.row_key = " + rowKey
                + " AND w.referenced_key = " + referencedKey + ")";
    }

    /**
     * Fills in references whose row has arrived, unless they lead somewhere already, and forgets that they waited.
     *
     * @param parents the rows that may have arrived, as after {@code USING}
     * @param hasArrived whether one of them is the one that {@link #REFERENCED_KEY} names, as a condition
     * @param parentId what the reference is set to: an expression of the row that arrived
     * @param rows the table of the rows that wait, as after {@code UPDATE}
     * @param isRow whether one of them is the one that {@code found.row_key} names, as a condition
     * @param reference the reference's column, without a table
     * @param value the same column of one of the rows
     * @return the statement
     */
    public String fillIn(
            String parents,
            String hasArrived,
            String parentId,
            String rows,
            String isRow,
            String reference,
            String value) {
        return "WITH found AS (DELETE FROM " + PENDING + " w USING " + parents + " WHERE " + ofThis("w") + " AND "
                + hasArrived + " RETURNING w.row_key, " + parentId + " AS id) UPDATE " + rows + " SET "
                + reference + " = found.id FROM found WHERE " + isRow + " AND " + value + " IS NULL";
    }

    /**
     * Forgets what rows waited for, by whichever reference of their table, because they are no more.
     *
     * @param table the table that they were in
     * @param rows the rows, as after {@code USING}
     * @param rowKey the key of one of them, as text
     * @param condition which of them; {@code true} for all
     * @return the statement
     */
    public static String forget(Table<?> table, String rows, String rowKey, String condition) {
        return "DELETE FROM " + PENDING + " w USING " + rows + " WHERE w.table_name = " + Sql.nameLiteral(table)
                + " AND w.row_key = " + rowKey + " AND " + condition;
    }
}
