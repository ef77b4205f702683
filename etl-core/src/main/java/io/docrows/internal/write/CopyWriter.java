package io.docrows.internal.write;

import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.postgres.DataError;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.RejectedDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Copies documents straight into tables that were empty when the load began and whose constraints were dropped: nothing
 * is compared, and what a constraint would refuse is found when it is rebuilt. Ids are drawn from the tables' sequences
 * beforehand, so that the rows that refer to them can be copied as well.
 */
final class CopyWriter<R extends TableRecord<R>> implements ChunkWriter<R> {

    private final Connection connection;
    private final TableTree tree;
    private final long run;
    private final boolean telling;
    private final BatchStage<R> stage;
    private final KeyResolver<R> keys;
    private final MissingRows<R> missing;
    private final PendingRows pendingRows;
    private final PendingDocuments pendingDocuments;
    private final CopiedTable documents;
    private final List<CopiedLinks> links = new ArrayList<>();
    private final List<CopiedTable> children = new ArrayList<>();
    private final CheckSearch checks;
    /** Documents of the batch that break a check, as far as it was looked for them. */
    private final Map<MappedDocument<R>, RejectReason> broken = new IdentityHashMap<>();

    private boolean lookingAhead;
    private boolean inVain;

    /**
     * A writer that has not made its tables yet.
     *
     * @param writer its number among those that share the connection
     * @param telling whether it says of each document what became of it
     */
    CopyWriter(
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
        this.run = run;
        this.stage = new BatchStage<>(connection, tree, new StagedRow<>(mapping, catalog), catalog, null);
        this.keys = new KeyResolver<>(connection, tree, catalog, keyCache);
        this.missing = new MissingRows<>(tree, keys);
        this.pendingRows = new PendingRows(connection, tree, run);
        this.pendingDocuments = new PendingDocuments(connection, tree, catalog);
        this.documents = CopiedTable.of(connection, tree, catalog);
        this.checks = new CheckSearch(connection, tree, true);
        for (LinkTable link : tree.links()) {
            links.add(new CopiedLinks(connection, link, catalog));
        }
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
                        .allMatch(child -> child.displacement().otherUniques().isEmpty())
                && mapping.joins().stream()
                        .noneMatch(join ->
                                mapping.table().equals(join.join().lookup().getTable()))
                && CopiedTable.canDraw(tree, catalog);
    }

    @Override
    public void create() throws SQLException {
        stage.create();
        keys.create();
        documents.create();
        for (CopiedTable child : children) {
            child.create();
        }
    }

    @Override
    public void drop() throws SQLException {
        stage.drop();
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
    public void forget() {
        stage.forget();
        keys.forget();
    }

    @Override
    public void committed() {
        stage.committed();
        keys.committed();
        broken.clear();
        inVain = false;
    }

    /** Staging a batch costs as much as copying it: worth while only when a check has spoken. */
    @Override
    public boolean looksAhead(SQLException failure) {
        lookingAhead = DataError.CHECK_VIOLATION.equals(failure.getSQLState()) && !inVain;
        return lookingAhead;
    }

    @Override
    public ChunkResult<R> write(List<MappedDocument<R>> batch) throws SQLException {
        if (lookingAhead) {
            lookingAhead = false;
            inVain = true;
            inVain = !find(batch);
        }
        // What is wrong with a single one PostgreSQL tells.
        if (broken.isEmpty() || batch.size() == 1) {
            return copy(batch);
        }
        List<RejectedDocument<R>> rejects = new ArrayList<>();
        List<MappedDocument<R>> sound = new ArrayList<>();
        for (MappedDocument<R> document : batch) {
            RejectReason why = broken.get(document);
            if (why == null) {
                sound.add(document);
            } else {
                rejects.add(why.of(document));
            }
        }
        ChunkResult<R> result = sound.isEmpty() ? ChunkResult.unchanged(0) : copy(sound);
        return result.withRejects(rejects);
    }

    /**
     * Looks for documents that break a check; whether there are any. All is staged for that, and nothing of it stays.
     */
    private boolean find(List<MappedDocument<R>> batch) throws SQLException {
        Savepoint before = connection.setSavepoint();
        KeyResolver.Ids found = keys.findOrInsert(batch);
        BitSet rejected = new BitSet();
        missing.reject(batch, found, rejected);
        stage.fill(batch, found);
        SortedMap<Integer, RejectReason> reasons = checks.find();
        connection.rollback(before);
        connection.releaseSavepoint(before);
        forget();
        // Those that are rejected for a missing row are told so.
        reasons.keySet().removeIf(rejected::get);
        int known = broken.size();
        reasons.forEach((number, why) -> broken.put(batch.get(number), why));
        return broken.size() > known;
    }

    private ChunkResult<R> copy(List<MappedDocument<R>> batch) throws SQLException {
        KeyResolver.Ids found = keys.findOrInsert(batch);
        BitSet rejected = new BitSet();
        List<RejectedDocument<R>> rejects = missing.reject(batch, found, rejected);
        BitSet inserted = new BitSet();
        inserted.set(0, batch.size());
        inserted.andNot(rejected);
        RowTally tally = new RowTally();
        tally.inserted(tree.documents().mapping().table(), inserted.cardinality());
        copy(batch, rejected, found, tally);
        remember(batch, rejected, found);
        // A deferrable constraint would otherwise speak at COMMIT, when it is too late to find the document.
        Statements.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
        return new ChunkResult<>(
                inserted.cardinality(),
                0,
                0,
                rejects,
                tally.counts(),
                telling ? ChunkResult.Fates.of(batch, inserted, new BitSet()) : ChunkResult.Fates.<R>untold());
    }

    /** Copies the rows of documents into all tables, each after those whose ids it needs. */
    private void copy(List<MappedDocument<R>> batch, BitSet rejected, KeyResolver.Ids found, RowTally tally)
            throws SQLException {
        CopiedRows root = documents.number(batch.size());
        root.draw(connection, batch.size());
        documents.copyDocuments(batch, rejected, root, found.parents());
        for (LinkTable link : tree.links()) {
            List<@Nullable List<Object>> linked = found.lookups().get(link.number());
            tally.inserted(
                    link.mapping().join().table(),
                    links.get(link.number()).copy(batch, rejected, linked, documents, root));
        }
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

    /** Writes down which references wait for a row that has not arrived: only those documents are staged. */
    private void remember(List<MappedDocument<R>> batch, BitSet rejected, KeyResolver.Ids found) throws SQLException {
        BitSet elements = missing.ofPendingElements(batch, found);
        elements.andNot(rejected);
        BitSet all = missing.ofPendingRows(batch, found);
        all.andNot(rejected);
        all.or(elements);
        if (all.isEmpty()) {
            return;
        }
        List<MappedDocument<R>> some = all.stream().mapToObj(batch::get).toList();
        if (elements.isEmpty()) {
            stage.fillDocuments(some);
            pendingRows.remember();
            return;
        }
        stage.fill(some, keys.find(some));
        pendingDocuments.setAside();
        pendingRows.remember();
        pendingDocuments.remember(some, run);
    }
}
