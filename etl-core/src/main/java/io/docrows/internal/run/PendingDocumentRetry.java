package io.docrows.internal.run;

import io.docrows.internal.decode.Decoder;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.metadata.CheckpointStore;
import io.docrows.internal.metadata.PendingDocumentStatements;
import io.docrows.internal.metadata.RejectStore;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.TargetSession;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.write.DocumentWriter;
import io.docrows.internal.write.KeyCache;
import io.docrows.internal.write.WriteResult;
import io.docrows.mapping.CollectionMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads documents once more whose elements waited for a row that has arrived. They are counted where they were read, so
 * not here.
 */
final class PendingDocumentRetry {

    private static final Logger LOG = LoggerFactory.getLogger(PendingDocumentRetry.class);

    private final RunContext context;

    PendingDocumentRetry(RunContext context) {
        this.context = context;
    }

    /** Whether the target's tables are those that were mapped. */
    @FunctionalInterface
    interface Check {

        boolean isKnown(Connection connection) throws SQLException;
    }

    /** Whether a document of a mapping may wait; cheap, as none does mostly. */
    boolean mayWait(CollectionMapping<?> mapping) throws SQLException {
        boolean concerned = TableTree.children(mapping).stream()
                .flatMap(child -> child.references().stream())
                .anyMatch(reference -> new Reference(0, reference).waits());
        if (!concerned) {
            return false;
        }
        String any = new PendingDocumentStatements(mapping.table(), "").any();
        return !context.session()
                .call(
                        "looking for documents that wait",
                        connection -> Statements.rows(connection, any, row -> row.getInt(1)))
                .isEmpty();
    }

    /** Loads what waits in the rows of one mapping. */
    void load(
            MappedCollection collection,
            CollectionMapping<?> mapping,
            Check check,
            Map<CollectionMapping<?>, TableCatalog> catalogs)
            throws SQLException {
        long last = 0;
        do {
            long after = last;
            last = context.retries().call("loading documents that waited, of " + collection.name(), () -> {
                context.session().ensureHeld();
                try (TargetSession session =
                        TargetSession.open(context.target(), false, context.sessionName("pending"))) {
                    Connection connection = session.connection();
                    if (!check.isKnown(connection)) {
                        return 0L;
                    }
                    TableCatalog catalog = Objects.requireNonNull(catalogs.get(mapping), "the catalog");
                    List<byte[]> documents = new ArrayList<>();
                    long read = read(connection, mapping, catalog, after, documents);
                    connection.commit();
                    if (!documents.isEmpty()) {
                        // Other mappings may have read the document since, as it is now.
                        MappedCollection alone = new MappedCollection(collection.name(), List.of(mapping));
                        write(connection, CollectionWork.of(alone, catalogs), documents);
                    }
                    return read;
                }
            });
        } while (last > 0 && !context.cancellation().isRequested());
    }

    private <D> void write(Connection connection, CollectionWork<D> work, List<byte[]> documents) throws SQLException {
        Decoder<D> decoder = work.decoder();
        List<D> decoded = documents.stream().map(decoder::decode).toList();
        String collection = work.collection().name();
        try (DocumentWriter<D> writer = work.writer(connection, context.run(), KeyCache.NONE, false)) {
            WriteResult result = writer.write(decoded);
            CheckpointStore.requireOwner(connection, context.run(), context.owner());
            // A row that was left out so far may be one that PostgreSQL refuses.
            new RejectStore(context.pipeline(), collection, context.run()).add(connection, result.rejects());
            connection.commit();
            LOG.info("{} documents of {} had waited for other rows", documents.size(), collection);
        }
    }

    private long read(
            Connection connection,
            CollectionMapping<?> mapping,
            TableCatalog catalog,
            long after,
            List<byte[]> documents)
            throws SQLException {
        String collection = catalog.text().stored(mapping.collection());
        String sql = new PendingDocumentStatements(mapping.table(), collection).read(haveArrived(mapping, catalog));
        long last = 0;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, after);
            statement.setInt(2, RetryPhase.DOCUMENTS);
            statement.setLong(3, context.options().batchBytes());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    last = rows.getLong(1);
                    documents.add(rows.getBytes(2));
                }
            }
        }
        return last;
    }

    private static Condition haveArrived(CollectionMapping<?> mapping, TableCatalog catalog) {
        return DSL.or(TableTree.of(mapping, catalog, Stage.ofBatch()).children().stream()
                .flatMap(child -> child.references().stream()
                        .filter(Reference::waits)
                        .map(reference -> hasArrived(child, reference, catalog)))
                .toList());
    }

    private static Condition hasArrived(ChildTable child, Reference reference, TableCatalog catalog) {
        TableField<?, ?> key = reference.mapping().parentKey();
        Terms terms = new Terms(catalog);
        // Cast to the column's type, not the column to text, so that its index serves.
        return PendingDocumentStatements.hasArrived(
                child.mapping().table(),
                reference.column(),
                Terms.tableOf(key, "p"),
                terms.same(key, Terms.field("p", key), terms.cast(key, PendingDocumentStatements.REFERENCED_KEY)));
    }
}
