package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.PENDING_DOCUMENT;
import static io.docrows.internal.db.Tables.PENDING_ELEMENT;
import static io.docrows.internal.db.Tables.PENDING_REFERENCE;

import io.docrows.internal.column.QualifiedName;
import io.docrows.mapping.CollectionMapping;
import java.sql.Connection;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** References whose row had not arrived when they were loaded, in the documents' own tables and below. */
public final class PendingReferences {

    private PendingReferences() {}

    /**
     * How many references of a pipeline still wait.
     *
     * @param connection the connection to use
     * @param mappings every mapping of the pipeline
     * @return the count
     */
    public static long count(Connection connection, List<CollectionMapping<?>> mappings) {
        List<String> tables = mappings.stream()
                .map(mapping -> QualifiedName.text(mapping.table()))
                .toList();
        DSLContext jooq = Bookkeeping.on(connection);
        return (long) jooq.fetchCount(PENDING_REFERENCE, PENDING_REFERENCE.TABLE_NAME.in(tables))
                + jooq.fetchCount(jooq.selectFrom(PENDING_ELEMENT)
                        .where(PENDING_ELEMENT.DOCUMENT_ID.in(DSL.select(PENDING_DOCUMENT.ID)
                                .from(PENDING_DOCUMENT)
                                .where(PENDING_DOCUMENT.TABLE_NAME.in(tables)))));
    }
}
