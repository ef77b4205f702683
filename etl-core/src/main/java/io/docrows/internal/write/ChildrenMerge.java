package io.docrows.internal.write;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.TableTree;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.Table;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Makes the rows of all child tables equal to the staged ones. Not thread-safe. */
final class ChildrenMerge {

    /** A unique constraint or index, or an exclusion constraint, refuses a row. */
    static final Set<String> TAKEN = Set.of("23505", "23P01");

    private static final String ANCESTORS = """
            WITH RECURSIVE above (oid) AS (
              SELECT pg_catalog.to_regclass(pg_catalog.format('%I.%I', ?::text, ?::text))::oid
              UNION ALL
              SELECT i.inhparent FROM above JOIN pg_catalog.pg_inherits i ON i.inhrelid = above.oid)
            SELECT n.nspname || '.' || c.relname
            FROM above JOIN pg_catalog.pg_class c ON c.oid = above.oid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            """;

    private final Connection connection;
    private final TableTree tree;

    ChildrenMerge(Connection connection, TableTree tree) {
        this.connection = connection;
        this.tree = tree;
    }

    /**
     * Merges the staged rows.
     *
     * @param anyExisting whether any of the documents had a row before
     * @param changed gets the numbers of the documents of which a row changed
     * @param tally counts the rows
     */
    void merge(boolean anyExisting, BitSet changed, RowTally tally) throws SQLException {
        if (anyExisting && !tree.children().isEmpty()) {
            mergeExisting(changed, tally);
        } else {
            resolve();
            for (ChildTable child : tree.children()) {
                tally.inserted(
                        child.mapping().table(),
                        Statements.update(connection, child.merge().insert(false)));
            }
        }
    }

    /**
     * Elements may pass a value on to each other that an index with a condition, or over expressions, allows only once.
     * That is found out by failing; then the rows of all documents that differ in that table are replaced.
     */
    private void mergeExisting(BitSet changed, RowTally tally) throws SQLException {
        Set<String> anew = new HashSet<>();
        while (true) {
            Savepoint before = connection.setSavepoint();
            BitSet found = new BitSet();
            RowTally written = new RowTally();
            try {
                mergeExisting(anew, found, written);
                connection.releaseSavepoint(before);
                changed.or(found);
                tally.add(written);
                return;
            } catch (SQLException e) {
                String table = tableWithValueTwice(e, before);
                if (table == null || !anew.add(table)) {
                    throw e;
                }
            }
        }
    }

    /**
     * The child table in which a value would be twice that must not be, or null if something else is wrong; otherwise
     * all is undone up to a savepoint.
     */
    private @Nullable String tableWithValueTwice(SQLException failure, Savepoint before) throws SQLException {
        ServerErrorMessage message =
                failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        if (message == null || !TAKEN.contains(failure.getSQLState())) {
            return null;
        }
        connection.rollback(before);
        for (String table : names(message.getSchema(), message.getTable())) {
            if (tree.children().stream().anyMatch(child -> name(child).equals(table))) {
                return table;
            }
        }
        return null;
    }

    /** A table, and those of which it is a partition: PostgreSQL names the one that was to hold the row. */
    private List<String> names(@Nullable String schema, @Nullable String table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ANCESTORS)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }

    private static String name(ChildTable child) {
        return QualifiedName.text(child.mapping().table());
    }

    /** Merges the rows; in the tables named {@code anew}, the rows of documents that differ are replaced. */
    private void mergeExisting(Set<String> anew, BitSet changed, RowTally tally) throws SQLException {
        resolve();
        for (ChildTable child : tree.childrenFromBelow()) {
            tally.deleted(child.mapping().table(), add(child.merge().delete(), changed));
        }
        for (ChildTable child : tree.children()) {
            changed.or(displace(child, anew.contains(name(child)), tally));
        }
        for (ChildTable child : tree.children()) {
            Table<?> table = child.mapping().table();
            tally.updated(table, add(child.merge().update(), changed));
            tally.inserted(table, add(child.merge().insert(true), changed));
        }
    }

    /** Finds the rows of the documents' own table that elements refer to, which may be new. */
    private void resolve() throws SQLException {
        for (ChildTable child : tree.children()) {
            for (Reference reference : child.references()) {
                if (tree.documents().leadsHere(reference)) {
                    Statements.execute(connection, child.checks().resolve(reference));
                }
            }
        }
    }

    /** Replaces the rows of documents whose elements pass unique values on; returns those of which a row changed. */
    private BitSet displace(ChildTable table, boolean anew, RowTally tally) throws SQLException {
        BitSet displaced = new BitSet();
        if (anew) {
            add(table.merge().changed(), displaced);
        }
        for (List<TableField<?, ?>> unique : table.displacement().otherUniques()) {
            add(table.displacement().displaced(unique), displaced);
        }
        return displaced.isEmpty() ? displaced : new DisplacedRows(connection, tree, displaced).replace(table, tally);
    }

    private long add(String sql, BitSet numbers) throws SQLException {
        return DocumentNumbers.add(connection, sql, numbers);
    }
}
