package io.docrows.internal.write;

import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
import io.docrows.mapping.RejectedDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Copies documents straight into tables that were empty when the load began and whose constraints are deferred: nothing
 * is compared, and what a constraint would refuse is found when it is rebuilt. Ids are drawn from the table's sequence
 * beforehand, so that join rows can be copied as well.
 */
final class ChunkLoad<R extends TableRecord<R>> implements ChunkWriter<R> {

    private final Connection connection;
    private final CollectionMapping<R> mapping;
    private final long run;
    private final MergeStatements sql;
    private final @Nullable GeneratedIds ids;
    private final BatchStage<R> waiting;
    private final List<ColumnEncoder<?>> columns = new ArrayList<>();
    private final List<ColumnEncoder<?>> references = new ArrayList<>();
    private final List<@Nullable ColumnDefaults> defaults = new ArrayList<>();
    private final RelatedRows<R> related;
    private final String copiedColumns;

    ChunkLoad(Connection connection, CollectionMapping<R> mapping, TableCatalog catalog, long run, KnownParents known) {
        this.connection = connection;
        this.mapping = mapping;
        this.run = run;
        this.sql = new MergeStatements(mapping, catalog);
        this.ids = GeneratedIds.of(mapping, catalog);
        this.waiting = new BatchStage<>(connection, mapping, null);
        this.related = new RelatedRows<>(connection, mapping, catalog, known);
        List<String> names = new ArrayList<>();
        for (ColumnMapping column : mapping.columns()) {
            columns.add(ColumnEncoder.of(column.column()));
            defaults.add(column.keepsOldValue() ? new ColumnDefaults(connection, column, catalog) : null);
            names.add(Sql.column(column.column()));
        }
        for (ReferenceMapping<R> reference : mapping.references()) {
            references.add(ColumnEncoder.of(reference.column()));
            names.add(Sql.column(reference.column()));
        }
        this.copiedColumns = String.join(", ", names);
    }

    /**
     * Whether documents of a mapping can be copied into their tables as they are: a row leads back to its document, and
     * none to another row of the same table.
     */
    static boolean supports(CollectionMapping<?> mapping, TableCatalog catalog) {
        return CompiledMapping.keyedById(mapping)
                && !KeyClaims.needed(mapping, catalog)
                && mapping.references().stream()
                        .noneMatch(reference ->
                                mapping.table().equals(reference.parentKey().getTable()))
                && mapping.joins().stream()
                        .noneMatch(join ->
                                mapping.table().equals(join.join().lookup().getTable()))
                && GeneratedIds.suffice(mapping, catalog);
    }

    @Override
    public void create() throws SQLException {
        waiting.create();
        related.create();
    }

    @Override
    public void drop() throws SQLException {
        waiting.drop();
        related.drop();
    }

    @Override
    public void begin(int documents) throws SQLException {
        if (ids != null) {
            ids.reserve(connection, documents);
        }
        waiting.begin();
        related.begin();
    }

    @Override
    public void committed() {
        related.committed();
    }

    @Override
    public ChunkResult<R> write(List<MappedDocument<R>> documents) throws SQLException {
        List<RejectedDocument<R>> rejects = new ArrayList<>();
        BitSet refused = new BitSet();
        RelatedRows.Ids found = related.findOrInsert(documents);
        for (ReferenceMapping<R> reference : mapping.references()) {
            if (reference.whenMissing() == MissingReference.REJECT) {
                @Nullable Object[] parents = found.parents().get(reference.index());
                for (int i = 0; i < parents.length; i++) {
                    if (parents[i] == null && refersBy(documents.get(i), reference) && !refused.get(i)) {
                        refused.set(i);
                        rejects.add(Refusal.missingParent(reference).of(documents.get(i)));
                    }
                }
            }
        }
        for (JoinMapping join : mapping.joins()) {
            List<@Nullable List<Object>> links = found.lookups().get(join.index());
            for (int i = 0; i < documents.size(); i++) {
                if (links.get(i) == null && !refused.get(i)) {
                    refused.set(i);
                    MappedDocument<R> document = documents.get(i);
                    rejects.add(Refusal.missingLookup(mapping, join, document.bson(), related.missing(join, document))
                            .of(document));
                }
            }
        }
        int copied = documents.size() - refused.cardinality();
        boolean withIds = ids != null && ids.isWanted(documents.size());
        @Nullable Object[] rowIds = rowIds(documents, withIds);
        copyRows(documents, refused, withIds ? rowIds : null, found.parents());
        for (JoinMapping join : mapping.joins()) {
            copyLinks(join, refused, rowIds, found.lookups().get(join.index()));
        }
        remember(documents, refused, found.parents());
        // A deferrable constraint would otherwise speak at COMMIT, when it is too late to find the document.
        Statements.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
        return new ChunkResult<>(copied, 0, 0, rejects);
    }

    private static <R extends TableRecord<R>> boolean refersBy(
            MappedDocument<R> document, ReferenceMapping<R> reference) {
        return CompiledMapping.reference(document, reference.index()) != null;
    }

    /** The rows' ids: drawn from the sequence, or taken from the documents, if join rows refer to them. */
    private @Nullable Object[] rowIds(List<MappedDocument<R>> documents, boolean drawn) throws SQLException {
        if (ids != null && drawn) {
            return ids.draw(connection, documents.size());
        }
        if (mapping.joins().isEmpty()) {
            return new Object[0];
        }
        return documents.stream()
                .map(document -> document.record().get(mapping.joins().get(0).ownerId()))
                .toArray();
    }

    private void copyRows(
            List<MappedDocument<R>> documents,
            BitSet refused,
            @Nullable Object @Nullable [] drawnIds,
            List<@Nullable Object[]> parentIds)
            throws SQLException {
        ColumnEncoder<?> id = ids == null ? null : ids.encoder();
        int values = (drawnIds == null ? 0 : 1) + columns.size() + references.size();
        String names =
                ids == null || drawnIds == null ? copiedColumns : Sql.column(ids.column()) + ", " + copiedColumns;
        List<@Nullable Iterator<? extends @Nullable Object>> missing = missing(documents, refused);
        CopyIn.copy(connection, Sql.table(mapping.table()), names, writer -> {
            for (int i = 0; i < documents.size(); i++) {
                if (refused.get(i)) {
                    continue;
                }
                writer.startRow(values);
                if (id != null && drawnIds != null) {
                    id.write(drawnIds[i], writer);
                }
                MappedDocument<R> document = documents.get(i);
                for (int c = 0; c < columns.size(); c++) {
                    Object value = CompiledMapping.value(document, c);
                    Iterator<? extends @Nullable Object> instead = value == null ? missing.get(c) : null;
                    columns.get(c).write(instead == null ? value : instead.next(), writer);
                }
                for (int r = 0; r < references.size(); r++) {
                    references.get(r).write(parentIds.get(r)[i], writer);
                }
            }
        });
    }

    /** The defaults for documents without a value, column by column. */
    private List<@Nullable Iterator<? extends @Nullable Object>> missing(
            List<MappedDocument<R>> documents, BitSet refused) {
        List<@Nullable Iterator<? extends @Nullable Object>> missing = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            ColumnDefaults instead = defaults.get(c);
            int number = 0;
            for (int i = 0; instead != null && i < documents.size(); i++) {
                number += !refused.get(i) && CompiledMapping.value(documents.get(i), c) == null ? 1 : 0;
            }
            missing.add(instead == null ? null : instead.draw(number));
        }
        return missing;
    }

    private void copyLinks(
            JoinMapping join, BitSet refused, @Nullable Object[] rowIds, List<@Nullable List<Object>> links)
            throws SQLException {
        ColumnEncoder<?> owner = ColumnEncoder.of(join.join().owner());
        ColumnEncoder<?> other = ColumnEncoder.of(join.join().other());
        String names =
                Sql.column(join.join().owner()) + ", " + Sql.column(join.join().other());
        CopyIn.copy(connection, Sql.table(join.join().table()), names, writer -> {
            for (int i = 0; i < links.size(); i++) {
                List<Object> linked = links.get(i);
                if (linked == null || refused.get(i)) {
                    continue;
                }
                for (Object id : linked) {
                    writer.startRow(2);
                    owner.write(rowIds[i], writer);
                    other.write(id, writer);
                }
            }
        });
    }

    /** Writes down which references wait for a row that has not arrived. */
    private void remember(List<MappedDocument<R>> documents, BitSet refused, List<@Nullable Object[]> parentIds)
            throws SQLException {
        BitSet waitingOnes = new BitSet();
        for (ReferenceMapping<R> reference : mapping.references()) {
            @Nullable Object[] parents = parentIds.get(reference.index());
            for (int i = 0; i < documents.size(); i++) {
                if (parents[i] == null && !refused.get(i) && refersBy(documents.get(i), reference)) {
                    waitingOnes.set(i);
                }
            }
        }
        if (waitingOnes.isEmpty()) {
            return;
        }
        waiting.fill(waitingOnes.stream().mapToObj(documents::get).toList());
        for (ReferenceMapping<R> reference : mapping.references()) {
            if (reference.whenMissing() == MissingReference.PENDING) {
                Statements.execute(connection, sql.rememberPending(reference, run));
            }
        }
    }
}
