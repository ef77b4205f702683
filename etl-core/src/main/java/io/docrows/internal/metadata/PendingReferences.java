package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.PENDING_REFERENCE;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/** The table {@code docrows.pending_reference}: references whose row had not arrived when they were loaded. */
public final class PendingReferences {

    private PendingReferences() {}

    /**
     * Fills in the references to a table whose row has arrived meanwhile, and forgets them, one statement for each
     * reference.
     *
     * @param connection the connection to use
     * @param mappings every mapping of the pipeline
     * @param arrived the table that was loaded
     * @throws SQLException if the catalog cannot be read
     */
    public static void resolve(Connection connection, List<CollectionMapping<?>> mappings, Table<?> arrived)
            throws SQLException {
        for (CollectionMapping<?> mapping : mappings) {
            for (ReferenceMapping<?> reference : mapping.references()) {
                if (reference.whenMissing() == MissingReference.PENDING
                        && arrived.equals(reference.parentKey().getTable())
                        && Bookkeeping.on(connection).fetchExists(PENDING_REFERENCE, of(mapping, reference))) {
                    resolve(connection, mapping, reference);
                }
            }
        }
    }

    private static void resolve(Connection connection, CollectionMapping<?> mapping, ReferenceMapping<?> reference)
            throws SQLException {
        ColumnEquality ofKey = ColumnEquality.of(connection, mapping.key());
        ColumnEquality ofParentKey = ColumnEquality.of(connection, reference.parentKey());
        // Cast to the columns' types, not the columns to text, so that their indexes serve.
        Field<?> rowKey = DSL.field(ofKey.cast("{0}"), PENDING_REFERENCE.ROW_KEY);
        Field<?> parentKey = DSL.field(ofParentKey.cast("{0}"), PENDING_REFERENCE.REFERENCED_KEY);
        DSLContext jooq = Bookkeeping.on(connection);
        jooq.execute(
                "WITH found AS (DELETE FROM {0} USING {1} parent WHERE {2} AND "
                        + ofParentKey.equal("parent.{3}", "{4}") + " RETURNING {5} AS row_key, parent.{6} AS id)"
                        + " UPDATE {7} child SET {8} = found.id FROM found WHERE "
                        + ofKey.equal("child.{9}", "found.row_key") + " AND child.{8} IS NULL",
                PENDING_REFERENCE,
                QualifiedName.of(QualifiedName.tableOf(reference.parentKey())),
                of(mapping, reference),
                name(reference.parentKey()),
                parentKey,
                rowKey,
                name(reference.parentId()),
                QualifiedName.of(mapping.table()),
                name(reference.column()),
                name(mapping.key()));
    }

    /**
     * How many references of a pipeline still wait.
     *
     * @param connection the connection to use
     * @param mappings every mapping of the pipeline
     * @return the count
     */
    public static long count(Connection connection, List<CollectionMapping<?>> mappings) {
        List<String> tables =
                mappings.stream().map(PendingReferences::tableName).toList();
        return Bookkeeping.on(connection).fetchCount(PENDING_REFERENCE, PENDING_REFERENCE.TABLE_NAME.in(tables));
    }

    private static org.jooq.Condition of(CollectionMapping<?> mapping, ReferenceMapping<?> reference) {
        return PENDING_REFERENCE
                .TABLE_NAME
                .eq(tableName(mapping))
                .and(PENDING_REFERENCE.COLUMN_NAME.eq(reference.column().getName()));
    }

    private static Name name(TableField<?, ?> field) {
        return field.getUnqualifiedName();
    }

    private static String tableName(CollectionMapping<?> mapping) {
        return QualifiedName.text(mapping.table());
    }
}
