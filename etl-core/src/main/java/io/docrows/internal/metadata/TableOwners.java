package io.docrows.internal.metadata;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.StoredText;
import io.docrows.mapping.CollectionMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Table;

/**
 * Which collections of which pipelines were loaded into which tables, in {@code docrows.filled_table}: a run may only
 * let rows go that are surely its own. Rows do not tell, so a table that others fill, too, is left alone.
 */
public final class TableOwners {

    private TableOwners() {}

    /**
     * Writes down that a pipeline is about to fill tables.
     *
     * @param connection the connection of the transaction that begins the run
     * @param pipeline the pipeline's name
     * @param mappings what it loads
     * @throws SQLException if PostgreSQL fails
     */
    public static void add(Connection connection, String pipeline, List<CollectionMapping<?>> mappings)
            throws SQLException {
        StoredText text = StoredText.of(connection);
        for (CollectionMapping<?> mapping : mappings) {
            for (Table<?> table : mapping.tables()) {
                // Not left to ON CONFLICT: a run that finds nothing to do shall write as little as can be.
                String filler = Sql.nameLiteral(table) + ", " + text.literal(pipeline) + ", "
                        + text.literal(mapping.collection());
                String row = filler + ", " + owned(mapping, text);
                Statements.update(
                        connection,
                        "INSERT INTO docrows.filled_table (table_name, pipeline, collection, owned) SELECT " + row
                                + " WHERE NOT EXISTS (SELECT FROM docrows.filled_table f WHERE (f.table_name,"
                                + " f.pipeline, f.collection, f.owned) = (" + row + ")) ON CONFLICT DO NOTHING");
                // What the same collection owned before, under an earlier version of the mapping.
                String present = mappings.stream()
                        .filter(other -> other.collection().equals(mapping.collection())
                                && other.tables().contains(table))
                        .map(other -> owned(other, text))
                        .collect(Collectors.joining(", "));
                Statements.update(
                        connection,
                        "DELETE FROM docrows.filled_table f WHERE (f.table_name, f.pipeline, f.collection) = (" + filler
                                + ") AND f.owned NOT IN (" + present + ")");
            }
        }
    }

    /** The constants that a mapping owns, as an expression of type jsonb. */
    private static String owned(CollectionMapping<?> mapping, StoredText text) {
        return "jsonb_build_object("
                + mapping.owned().entrySet().stream()
                        .map(constant -> Sql.literal(QualifiedName.text(constant.getKey())) + ", "
                                + text.literal(String.valueOf(constant.getValue())) + "::text")
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /**
     * Refuses to let rows go of tables that others fill, too.
     *
     * @param connection a connection to the target
     * @param pipeline the pipeline's name
     * @param mappings whose rows are to go
     * @throws SQLException if PostgreSQL fails
     * @throws DocrowsException {@code INVALID_OPTION} naming the others
     */
    public static void requireNoOthers(Connection connection, String pipeline, List<CollectionMapping<?>> mappings)
            throws SQLException {
        if (!BookkeepingTables.has(connection, "filled_table")) {
            return;
        }
        StoredText text = StoredText.of(connection);
        // A schema of an earlier release knows of no constants.
        String apart = BookkeepingTables.has(connection, "filled_table", "owned")
                ? "EXISTS (SELECT FROM jsonb_each_text(f.owned) o JOIN jsonb_each_text(%s) m ON m.key = o.key"
                        + " AND m.value <> o.value)"
                : "false";
        Set<String> others = new LinkedHashSet<>();
        for (CollectionMapping<?> mapping : mappings) {
            String isApart = apart.replace("%s", owned(mapping, text));
            for (Table<?> table : mapping.tables()) {
                others.addAll(Statements.rows(
                        connection,
                        "SELECT f.collection, f.pipeline FROM docrows.filled_table f WHERE f.table_name = "
                                + Sql.nameLiteral(table) + " AND (f.pipeline, f.collection) <> ("
                                + text.literal(pipeline) + ", " + text.literal(mapping.collection())
                                + ") AND NOT " + isApart + " ORDER BY f.pipeline, f.collection",
                        row -> QualifiedName.text(table) + " is also filled from " + text.text(row.getString(1))
                                + " by the pipeline " + text.text(row.getString(2))));
            }
        }
        if (!others.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "Rows without a document cannot be told from the rows of others, so none is deleted or marked: "
                            + String.join("; ", others)
                            + ". Leave deletes out; name what tells the rows apart with owns(column, value) in each of"
                            + " the mappings; or, if the others fill these tables no longer and their rows may go,"
                            + " forget them: etl migrate --forget PIPELINE.");
        }
    }

    /**
     * Forgets what a pipeline has filled, and which documents of its own have rows: rows that no other pipeline's
     * documents have are nobody's from now on.
     *
     * @param connection a connection without auto-commit; the caller commits
     * @param pipeline the pipeline's name
     * @return how many tables are forgotten, a table once for each of its collections
     * @throws SQLException if PostgreSQL fails
     */
    public static long forget(Connection connection, String pipeline) throws SQLException {
        String name = StoredText.of(connection).literal(pipeline);
        // Two pipelines over one collection have the same claims.
        Statements.update(
                connection,
                "DELETE FROM docrows.key_claim c USING docrows.filled_table f WHERE f.pipeline = " + name
                        + " AND (c.table_name, c.collection) = (f.table_name, f.collection) AND NOT EXISTS (SELECT"
                        + " FROM docrows.filled_table o WHERE o.pipeline <> f.pipeline AND (o.table_name, o.collection)"
                        + " = (f.table_name, f.collection))");
        return Statements.update(connection, "DELETE FROM docrows.filled_table WHERE pipeline = " + name);
    }
}
