package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.PENDING_REFERENCE;

import io.docrows.internal.column.QualifiedName;
import io.docrows.mapping.CollectionMapping;
import java.sql.Connection;
import java.util.List;

/** The table {@code docrows.pending_reference}: references whose row had not arrived when they were loaded. */
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
        return Bookkeeping.on(connection).fetchCount(PENDING_REFERENCE, PENDING_REFERENCE.TABLE_NAME.in(tables));
    }
}
