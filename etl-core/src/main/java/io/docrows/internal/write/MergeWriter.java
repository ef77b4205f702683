package io.docrows.internal.write;

import io.docrows.error.RejectCode;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.OwnedRows;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.RejectedDocument;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Stages documents, leaves those out whose row is another's, finds out which of them have anything to write, and merges
 * those.
 */
final class MergeWriter<R extends TableRecord<R>> implements ChunkWriter<R> {

    private final Connection connection;
    private final CollectionMapping<R> mapping;
    private final TableTree tree;
    private final @Nullable KeyClaims claims;
    private final @Nullable String ofOthers;
    private final BatchStage<R> stage;
    private final KeyResolver<R> keys;
    private final PendingRows pendingRows;
    private final PendingDocuments pendingDocuments;
    private final StageMerge<R> staged;
    private @Nullable Savepoint beforeGivingUp;
    private boolean givenUp;

    /**
     * A writer that has not made its tables yet.
     *
     * @param writer its number among those that share the connection
     * @param telling whether it says of each document what became of it
     */
    MergeWriter(
            Connection connection,
            CollectionMapping<R> mapping,
            TableCatalog catalog,
            long run,
            KeyCache keyCache,
            int writer,
            boolean telling) {
        this.connection = connection;
        this.mapping = mapping;
        this.tree = TableTree.of(mapping, catalog, Stage.ofBatch(writer));
        this.claims = KeyClaims.needed(mapping, catalog) ? new KeyClaims(mapping, catalog, tree.stage()) : null;
        OwnedRows own = new OwnedRows(mapping, catalog);
        this.ofOthers = own.canMeetOthers() ? Sql.text(own.ofOthers(tree.stage().documents())) : null;
        this.stage = new BatchStage<>(connection, tree, new StagedRow<>(mapping, catalog), catalog, claims);
        this.keys = new KeyResolver<>(connection, tree, catalog, keyCache);
        this.pendingRows = new PendingRows(connection, tree, run);
        this.pendingDocuments = new PendingDocuments(connection, tree, catalog);
        this.staged = new StageMerge<>(
                connection,
                mapping,
                tree,
                new MergeRejects<>(connection, mapping, tree, stage, keys),
                pendingRows,
                pendingDocuments,
                run,
                telling);
    }

    @Override
    public void create() throws SQLException {
        stage.create();
        keys.create();
    }

    @Override
    public void drop() throws SQLException {
        stage.drop();
        keys.drop();
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
    }

    @Override
    public ChunkResult<R> write(List<MappedDocument<R>> documents) throws SQLException {
        beforeGivingUp = null;
        givenUp = false;
        ChunkResult<R> result = attempt(documents);
        Savepoint before = beforeGivingUp;
        if (before == null) {
            return result;
        }
        Map<byte[], RejectedDocument<R>> refused = new IdentityHashMap<>();
        for (RejectedDocument<R> reject : result.rejects()) {
            if (reject.code() != RejectCode.DUPLICATE_KEY) {
                refused.put(reject.bson(), reject);
            }
        }
        if (!givenUp || refused.isEmpty()) {
            connection.releaseSavepoint(before);
            return result;
        }
        // They may have given up their rows, and others taken them; but a rejected document keeps its row.
        connection.rollback(before);
        connection.releaseSavepoint(before);
        forget();
        List<MappedDocument<R>> others = documents.stream()
                .filter(document -> !refused.containsKey(document.bson()))
                .toList();
        ChunkResult<R> written = others.isEmpty() ? ChunkResult.unchanged(0) : write(others);
        return written.withRejects(List.copyOf(refused.values()));
    }

    private ChunkResult<R> attempt(List<MappedDocument<R>> documents) throws SQLException {
        stage.fill(documents, keys.find(documents));
        if (ofOthers != null) {
            BitSet others = DocumentNumbers.of(connection, ofOthers);
            if (!others.isEmpty()) {
                return withoutOthers(documents, others, RejectReason.rowOfOthers(keyColumn(), mapping));
            }
        }
        KeyClaims owners = claims;
        if (owners == null) {
            return mergeStaged(documents);
        }
        KeyClaims.Found found = owners.find(connection);
        if (!found.others().isEmpty() && giveUp(owners)) {
            // Documents that exchange their keys stand in each other's way until they have given up what they had.
            found = owners.find(connection);
        }
        if (!found.others().isEmpty()) {
            return withoutOthers(documents, found.others(), RejectReason.duplicateKey(keyColumn()));
        }
        if (found.unclaimed()) {
            // A document that comes with another key gives up the row it had; rows that are nobody's become its own.
            giveUp(owners);
            Statements.execute(connection, owners.claim());
        }
        ChunkResult<R> result = mergeStaged(documents);
        if (result.inserted() > 0) {
            Statements.execute(connection, owners.claim());
        }
        return result;
    }

    /** Has the staged documents give up what they have under other keys; returns whether any had something. */
    private boolean giveUp(KeyClaims owners) throws SQLException {
        if (beforeGivingUp == null) {
            beforeGivingUp = connection.setSavepoint();
        }
        boolean any = Statements.update(connection, owners.release()) > 0;
        givenUp |= any;
        return any;
    }

    /** Writes the documents whose rows are not another document's, and refuses the others. */
    private ChunkResult<R> withoutOthers(List<MappedDocument<R>> documents, BitSet others, RejectReason why)
            throws SQLException {
        List<RejectedDocument<R>> rejects = new ArrayList<>();
        List<MappedDocument<R>> own = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            if (others.get(i)) {
                rejects.add(why.of(documents.get(i)));
            } else {
                own.add(documents.get(i));
            }
        }
        ChunkResult<R> result = own.isEmpty() ? ChunkResult.unchanged(0) : attempt(own);
        return result.withRejects(rejects);
    }

    /** The first column of the key that tells documents apart. */
    private ColumnMapping keyColumn() {
        return mapping.columns().stream()
                .filter(column -> !mapping.owned().containsKey(column.column()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a key is never made of constants alone"));
    }

    /** Merges the documents in the stage, as far as they have anything to write. */
    private ChunkResult<R> mergeStaged(List<MappedDocument<R>> documents) throws SQLException {
        BitSet touched = pendingDocuments.setAside();
        BitSet missing = new BitSet();
        find(touched, missing);
        int unchanged = documents.size() - touched.cardinality();
        if (touched.isEmpty()) {
            pendingRows.settle();
            pendingDocuments.settle();
            return ChunkResult.unchanged(unchanged);
        }
        if (2 * unchanged < documents.size()) {
            stage.addElements(documents);
            return staged.merge(documents, missing);
        }
        // Most of them are in the target as they are: only the others are worth the statements that follow.
        if (pendingRows.any() || pendingDocuments.any()) {
            // One of the others may be rejected yet: then its row goes on waiting.
            stage.remove(touched.stream().boxed().toArray(Integer[]::new));
            pendingRows.settle();
            pendingDocuments.settle();
        }
        List<MappedDocument<R>> some = touched.stream().mapToObj(documents::get).toList();
        BitSet missingOfSome = new BitSet();
        int ord = 0;
        for (int i = touched.nextSetBit(0); i >= 0; i = touched.nextSetBit(i + 1)) {
            missingOfSome.set(ord++, missing.get(i));
        }
        stage.fill(some, keys.find(some));
        pendingDocuments.setAside();
        stage.addElements(some);
        return staged.merge(some, missingOfSome).withUnchanged(unchanged);
    }

    /** Finds the staged documents that may have something to write, and those of them that have no row yet. */
    private void find(BitSet touched, BitSet missing) throws SQLException {
        RowTable rows = tree.documents();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(rows.merge().changed(tree.links()))) {
            while (found.next()) {
                touched.set(found.getInt(1));
                if (!found.getBoolean(2)) {
                    missing.set(found.getInt(1));
                }
            }
        }
        for (ChildTable child : tree.children()) {
            DocumentNumbers.add(connection, child.merge().changed(), touched);
        }
    }
}
