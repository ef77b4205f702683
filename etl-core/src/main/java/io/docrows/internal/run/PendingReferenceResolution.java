package io.docrows.internal.run;

import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.Terms;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

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
        TableField<?, ?> parentKey = reference.parentKey();
        // Cast to the columns' types, not the columns to text, so that their indexes serve.
        String sql = pending.fillIn(
                Terms.tableOf(parentKey, "p"),
                isEqual(connection, parentKey, "p", PendingReferenceStatements.REFERENCED_KEY),
                Terms.field("p", reference.parentId()),
                Terms.table(mapping.table(), "child"),
                isRow(connection, mapping.key()),
                Terms.bare(reference.column()),
                Terms.field("child", reference.column()));
        Statements.update(connection, sql);
    }

    /** Whether the row {@code child} is the one found. */
    private static Condition isRow(Connection connection, List<? extends TableField<?, ?>> key) throws SQLException {
        Condition same = DSL.noCondition();
        for (int i = 0; i < key.size(); i++) {
            Field<String> part = PendingReferenceStatements.partOf(PendingReferenceStatements.FOUND_KEY, i, key.size());
            same = same.and(isEqual(connection, key.get(i), "child", part));
        }
        return same;
    }

    private static Condition isEqual(Connection connection, TableField<?, ?> column, String row, Field<String> text)
            throws SQLException {
        ColumnEquality equality = ColumnEquality.of(connection, column);
        return DSL.condition(equality.equal("{0}", equality.cast("{1}")), Terms.field(row, column), text);
    }
}
