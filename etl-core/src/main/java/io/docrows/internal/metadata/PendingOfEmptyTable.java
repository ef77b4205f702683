package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.PENDING_DOCUMENT;
import static io.docrows.internal.db.Tables.PENDING_REFERENCE;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.column.QualifiedName;
import java.sql.Connection;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * What {@code docrows.pending_reference} and {@code docrows.pending_document} keep of a table without rows: somebody
 * has emptied it. What waited in it belongs to rows that are no more, and would otherwise be written over those of a
 * later load. Takes part in the caller's transaction.
 */
public final class PendingOfEmptyTable {

    private PendingOfEmptyTable() {}

    /**
     * Forgets what rows of a table waited for, if it is empty. A table is left alone whose policies may hide rows.
     *
     * <p>Each statement looks into the table as it was when it read what waits: rows that another session inserts
     * meanwhile, and what they wait for, are committed together.
     *
     * @param connection the connection of the transaction
     * @param table the documents' own table
     * @return how many references and documents waited
     */
    public static int forget(Connection connection, Table<?> table) {
        Table<?> rows = DSL.table(QualifiedName.of(table));
        Condition isEmpty = notExists(selectOne().from(rows))
                .and(not(field(
                        "row_security_active({0}::text)",
                        Boolean.class, inline(QualifiedName.of(table).toString()))));
        String name = QualifiedName.text(table);
        DSLContext jooq = Bookkeeping.on(connection);
        int references = jooq.deleteFrom(PENDING_REFERENCE)
                .where(PENDING_REFERENCE.TABLE_NAME.eq(name))
                .and(isEmpty)
                .execute();
        int documents = jooq.deleteFrom(PENDING_DOCUMENT)
                .where(PENDING_DOCUMENT.TABLE_NAME.eq(name))
                .and(isEmpty)
                .execute();
        return references + documents;
    }
}
