package io.docrows.internal.write;

import io.docrows.internal.decode.NestedRows;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.RejectedDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Copies documents straight into tables that were empty when the load began and whose constraints were dropped: nothing
 * is compared, and what a constraint would refuse is found when it is rebuilt. Ids are drawn from the tables' sequences
 * beforehand, so that the rows that refer to them can be copied as well.
 */
final class ChunkLoad<R extends TableRecord<R>> implements ChunkWriter<R> {

    private final Connection connection;
    private final TableTree tree;
    private final RowTable rows;
    private final long run;
    private final boolean telling;
    private final TableCatalog catalog;
    private final BatchStage<R> waiting;
    private final KeyResolver<R> keys;
    private final PendingDocuments pending;
    private final CopiedTable documents;
    private final List<CopiedTable> children = new ArrayList<>();

    /**
     * A writer that has not made its tables yet.
     *
     * @param writer its number among those that share the connection
     * @param telling whether it says of each document what became of it
     */
    ChunkLoad(
            Connection connection,
            CollectionMapping<R> mapping,
            TableCatalog catalog,
            long run,
            KeyCache keyCache,
            int writer,
            boolean telling) {
        this.connection = connection;
        this.telling = telling;
        this.tree = TableTree.of(mapping, catalog, Stage.ofBatch(writer));
        this.rows = tree.documents();
        this.run = run;
        this.catalog = catalog;
        this.waiting = new BatchStage<>(connection, tree, new StagedRow<>(mapping, catalog), catalog, null);
        this.keys = new KeyResolver<>(connection, tree, catalog, keyCache);
        this.pending = new PendingDocuments(connection, tree, catalog);
        this.documents = CopiedTable.of(connection, tree, catalog);
        for (ChildTable child : tree.children()) {
            children.add(CopiedTable.of(connection, tree, child, catalog));
        }
    }

    /**
     * Whether documents of a mapping can be copied into their tables as they are: a row leads back to its document, and
     * none to another row of the documents' own table.
     */
    static boolean supports(CollectionMapping<?> mapping, TableCatalog catalog) {
        TableTree tree = TableTree.of(mapping, catalog, Stage.ofBatch());
        return CompiledMapping.keyedById(mapping)
                && !KeyClaims.needed(mapping, catalog)
                && tree.documents().references().stream().noneMatch(tree.documents()::leadsHere)
                && tree.children().stream()
                        .flatMap(child -> child.references().stream())
                        .noneMatch(tree.documents()::leadsHere)
                && tree.children().stream().noneMatch(ChildTable::comparesLoosely)
                && tree.children().stream()
                        .allMatch(child -> child.merge().otherUniques().isEmpty())
                && mapping.joins().stream()
                        .noneMatch(join ->
                                mapping.table().equals(join.join().lookup().getTable()))
                && CopiedTable.canDraw(tree, catalog);
    }

    @Override
    public void create() throws SQLException {
        waiting.create();
        keys.create();
        documents.create();
        for (CopiedTable child : children) {
            child.create();
        }
    }

    @Override
    public void drop() throws SQLException {
        waiting.drop();
        keys.drop();
        documents.drop();
        for (CopiedTable child : children) {
            child.drop();
        }
    }

    @Override
    public void reserve(int number) throws SQLException {
        documents.reserve(connection, number);
    }

    @Override
    public void begin() {
        keys.begin();
    }

    @Override
    public void committed() {
        waiting.committed();
        keys.committed();
    }

    @Override
    public ChunkResult<R> write(List<MappedDocument<R>> batch) throws SQLException {
        List<RejectedDocument<R>> rejects = new ArrayList<>();
        BitSet rejected = new BitSet();
        KeyResolver.Ids found = keys.findOrInsert(batch);
        reject(batch, found, rejected, rejects);
        int copied = batch.size() - rejected.cardinality();
        CopiedRows root = documents.number(batch.size());
        root.draw(connection, batch.size());
        RowTally tally = new RowTally();
        tally.inserted(rows.mapping().table(), copied);
        documents.copyDocuments(batch, rejected, root, found.parents());
        for (LinkTable link : tree.links()) {
            long links = copyLinks(link, batch, rejected, root, found.lookups().get(link.number()));
            tally.inserted(link.mapping().join().table(), links);
        }
        copyChildren(batch, rejected, root, found, tally);
        remember(batch, rejected, found);
        // A deferrable constraint would otherwise speak at COMMIT, when it is too late to find the document.
        Statements.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
        return new ChunkResult<>(
                copied,
                0,
                0,
                rejects,
                tally.counts(),
                telling ? inserted(batch, rejected) : ChunkResult.Fates.<R>untold());
    }

    private static <R extends TableRecord<R>> ChunkResult.Fates<R> inserted(
            List<MappedDocument<R>> batch, BitSet rejected) {
        BitSet inserted = new BitSet(batch.size());
        inserted.set(0, batch.size());
        inserted.andNot(rejected);
        return new ChunkResult.Fates<>(inserted.stream().mapToObj(batch::get).toList(), List.of());
    }

    /** Finds the documents with a row that leads to one that is not there. */
    private void reject(
            List<MappedDocument<R>> batch, KeyResolver.Ids found, BitSet rejected, List<RejectedDocument<R>> rejects) {
        for (Reference reference : rows.references()) {
            if (!reference.rejects()) {
                continue;
            }
            @Nullable Object[] parents = found.parents().get(reference.number());
            for (int i = 0; i < parents.length; i++) {
                if (parents[i] == null && refersBy(batch.get(i), reference) && !rejected.get(i)) {
                    rejected.set(i);
                    rejects.add(RejectReason.missingParent(reference.mapping()).of(batch.get(i)));
                }
            }
        }
        for (LinkTable link : tree.links()) {
            List<@Nullable List<Object>> links = found.lookups().get(link.number());
            for (int i = 0; i < batch.size(); i++) {
                if (links.get(i) == null && !rejected.get(i)) {
                    rejected.set(i);
                    MappedDocument<R> document = batch.get(i);
                    rejects.add(RejectReason.missingLookup(
                                    rows.mapping(), link, document.bson(), keys.missing(link, document))
                            .of(document));
                }
            }
        }
        for (ChildTable child : tree.children()) {
            for (Reference reference : child.references()) {
                if (reference.rejects()) {
                    reject(child, reference, batch, found, rejected, rejects);
                }
            }
        }
    }

    private void reject(
            ChildTable child,
            Reference reference,
            List<MappedDocument<R>> batch,
            KeyResolver.Ids found,
            BitSet rejected,
            List<RejectedDocument<R>> rejects) {
        missing(child, reference, batch, found, i -> {
            if (!rejected.get(i)) {
                rejected.set(i);
                rejects.add(RejectReason.missingParent(reference.mapping(), child.placeOf(reference))
                        .of(batch.get(i)));
            }
        });
    }

    /** Tells the number of each document with a row that leads to one which is not there. */
    private void missing(
            ChildTable child,
            Reference reference,
            List<MappedDocument<R>> batch,
            KeyResolver.Ids found,
            IntConsumer document) {
        @Nullable Object[] ids = found.children().get(child.number()).get(reference.number());
        int value = child.mapping().columns().size() + reference.number();
        int next = 0;
        for (int i = 0; i < batch.size(); i++) {
            NestedRows nested = CompiledMapping.rows(batch.get(i), child.mapping());
            for (int row = 0; row < nested.size(); row++) {
                if (ids[next++] == null && nested.values(row)[value] != null) {
                    document.accept(i);
                }
            }
        }
    }

    private static boolean refersBy(MappedDocument<?> document, Reference reference) {
        return CompiledMapping.reference(document, reference.number()) != null;
    }

    private long copyLinks(
            LinkTable link,
            List<MappedDocument<R>> batch,
            BitSet rejected,
            CopiedRows root,
            List<@Nullable List<Object>> links)
            throws SQLException {
        TableField<?, ?> owner = link.mapping().join().owner();
        TableField<?, ?> other = link.mapping().join().other();
        ColumnEncoder<?> ownerId = ColumnEncoder.of(owner, catalog);
        ColumnEncoder<?> otherId = ColumnEncoder.of(other, catalog);
        TableField<?, ?> referred = link.mapping().ownerId();
        String table = Sql.table(link.mapping().join().table());
        long[] copied = new long[1];
        CopyIn.copy(connection, table, Sql.column(owner) + ", " + Sql.column(other), writer -> {
            for (int i = 0; i < links.size(); i++) {
                List<Object> linked = links.get(i);
                if (linked == null || linked.isEmpty() || rejected.get(i)) {
                    continue;
                }
                Object id = documents.valueOf(batch.get(i), i, referred, root);
                for (Object one : linked) {
                    writer.startRow(2);
                    ownerId.write(id, writer);
                    otherId.write(one, writer);
                }
                copied[0] += linked.size();
            }
        });
        return copied[0];
    }

    private void copyChildren(
            List<MappedDocument<R>> batch, BitSet rejected, CopiedRows root, KeyResolver.Ids found, RowTally tally)
            throws SQLException {
        List<CopiedRows> copied = new ArrayList<>();
        for (ChildTable child : tree.children()) {
            CopiedTable table = children.get(child.number());
            CopiedRows own = table.number(batch);
            own.draw(connection, own.size());
            copied.add(own);
            long number = table.copyChildren(
                    batch,
                    rejected,
                    own,
                    found.children().get(child.number()),
                    new CopiedTable.Above(documents, root, children, copied));
            tally.inserted(child.mapping().table(), number);
        }
    }

    /** Writes down which references wait for a row that has not arrived. */
    private void remember(List<MappedDocument<R>> batch, BitSet rejected, KeyResolver.Ids found) throws SQLException {
        BitSet waitingOnes = new BitSet();
        for (Reference reference : rows.references()) {
            if (reference.mapping().whenMissing() != MissingReference.PENDING) {
                continue;
            }
            @Nullable Object[] parents = found.parents().get(reference.number());
            for (int i = 0; i < batch.size(); i++) {
                if (parents[i] == null && !rejected.get(i) && refersBy(batch.get(i), reference)) {
                    waitingOnes.set(i);
                }
            }
        }
        BitSet waitingElements = waitingElements(batch, rejected, found);
        if (!waitingElements.isEmpty()) {
            waitingOnes.or(waitingElements);
            List<MappedDocument<R>> some =
                    waitingOnes.stream().mapToObj(batch::get).toList();
            waiting.fill(some, keys.find(some));
            pending.setAside();
            ChunkMerge.rememberPending(connection, tree, run);
            pending.remember(some, run);
        } else if (!waitingOnes.isEmpty()) {
            waiting.fillDocuments(waitingOnes.stream().mapToObj(batch::get).toList());
            ChunkMerge.rememberPending(connection, tree, run);
        }
    }

    /** The documents with an element that waits for a row. */
    private BitSet waitingElements(List<MappedDocument<R>> batch, BitSet rejected, KeyResolver.Ids found) {
        BitSet documentsThatWait = new BitSet();
        for (ChildTable child : tree.children()) {
            for (Reference reference : child.references()) {
                if (reference.waits()) {
                    missing(child, reference, batch, found, documentsThatWait::set);
                }
            }
        }
        documentsThatWait.andNot(rejected);
        return documentsThatWait;
    }
}
