package io.docrows.internal.run;

import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Table;
import org.jooq.TableField;

/** Fills in pending references once the rows that they wait for have arrived, and forgets them. */
final class PendingReferenceResolution {

    private PendingReferenceResolution() {}

    /** Resolves the references to a table that was loaded, one statement for each; {@code mappings} are all. */
    static void resolve(Connection connection, List<CollectionMapping<?>> mappings, Table<?> arrived)
            throws SQLException {
        for (CollectionMapping<?> mapping : mappings) {
            for (ReferenceMapping<?> reference : mapping.references()) {
                if (reference.whenMissing() == MissingReference.PENDING
                        && arrived.equals(reference.parentKey().getTable())) {
                    resolve(connection, mapping, reference);
                }
            }
        }
    }

    private static void resolve(Connection connection, CollectionMapping<?> mapping, ReferenceMapping<?> reference)
            throws SQLException {
        PendingReferenceStatements pending =
                new PendingReferenceStatements(mapping.table(), List.of(reference.column()));
        if (Statements.rows(connection, pending.any(), row -> row.getInt(1)).isEmpty()) {
            return;
        }
        ColumnEquality parentKey = ColumnEquality.of(connection, reference.parentKey());
        String column = Sql.column(reference.column());
        // Cast to the columns' types, not the columns to text, so that their indexes serve.
        String sql = pending.fillIn(
                Sql.tableOf(reference.parentKey()) + " p",
                parentKey.equal(
                        "p." + Sql.column(reference.parentKey()),
                        parentKey.cast(PendingReferenceStatements.REFERENCED_KEY)),
                "p." + Sql.column(reference.parentId()),
                Sql.table(mapping.table()) + " child",
                isRow(connection, mapping.key()),
                column,
                "child." + column);
        Statements.update(connection, sql);
    }

    /** Whether the row {@code child} is the one found. */
    private static String isRow(Connection connection, List<? extends TableField<?, ?>> key) throws SQLException {
        List<String> same = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            ColumnEquality equality = ColumnEquality.of(connection, key.get(i));
            String part = PendingReferenceStatements.partOf("found.row_key", i, key.size());
            same.add(equality.equal("child." + Sql.column(key.get(i)), equality.cast(part)));
        }
        return String.join(" AND ", same);
    }
}
