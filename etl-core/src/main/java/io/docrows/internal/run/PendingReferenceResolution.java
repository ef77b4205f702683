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
import java.util.List;
import org.jooq.Table;

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
        ColumnEquality key = ColumnEquality.of(connection, mapping.key().get(0));
        ColumnEquality parentKey = ColumnEquality.of(connection, reference.parentKey());
        String column = Sql.column(reference.column());
        // Cast to the columns' types, not the columns to text, so that their indexes serve.
        String sql = pending.fillIn(
                Sql.tableOf(reference.parentKey()) + " p",
                parentKey.equal(
                        "p." + Sql.column(reference.parentKey()),
                        parentKey.cast(PendingReferenceStatements.REFERENCED_KEY)),
                key.cast(PendingReferenceStatements.ROW_KEY),
                "p." + Sql.column(reference.parentId()),
                Sql.table(mapping.table()) + " child",
                key.equal("child." + Sql.column(mapping.key().get(0)), "found.row_key"),
                column,
                "child." + column);
        Statements.update(connection, sql);
    }
}
