package io.docrows.internal.write;

import io.docrows.internal.postgres.RowLeftOut;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.WritableColumns;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.UniqueConstraint;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MappedDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Table;
import org.jooq.TableRecord;

/**
 * Makes the rows of staged documents equal to the staged ones, table by table: what they look up, the documents' own
 * table, join tables, child tables. Not thread-safe.
 */
final class StageMerge<R extends TableRecord<R>> {

    private static final String SERIALIZATION_FAILURE = "40001";

    /** A NOT NULL or a check refuses a row that has given up a value. */
    private static final Set<String> REFUSES_NULL = Set.of("23502", "23514");

    private final Connection connection;
    private final CollectionMapping<R> mapping;
    private final TableTree tree;
    private final RowTable rows;
    private final List<UniqueConstraint> uniques;
    private final MergeRejects<R> rejects;
    private final ChildrenMerge children;
    private final PendingRows pendingRows;
    private final PendingDocuments pendingDocuments;
    private final long run;
    private final boolean telling;

    StageMerge(
            Connection connection,
            CollectionMapping<R> mapping,
            TableTree tree,
            MergeRejects<R> rejects,
            PendingRows pendingRows,
            PendingDocuments pendingDocuments,
            long run,
            boolean telling) {
        this.connection = connection;
        this.mapping = mapping;
        this.tree = tree;
        this.rows = tree.documents();
        this.uniques = UniqueConstraint.of(mapping);
        this.rejects = rejects;
        this.children = new ChildrenMerge(connection, tree);
        this.pendingRows = pendingRows;
        this.pendingDocuments = pendingDocuments;
        this.run = run;
        this.telling = telling;
    }

    /**
     * Merges the documents in the stage.
     *
     * @param documents all of them, by number
     * @param missing the numbers of those that have no row yet
     */
    ChunkResult<R> merge(List<MappedDocument<R>> documents, BitSet missing) throws SQLException {
        boolean anyExisting = missing.cardinality() < documents.size();
        MergeRejects.Sifted<R> sifted = rejects.sift(documents, anyExisting);
        if (!sifted.rejects().isEmpty()) {
            // Elements may refer to documents that were to arrive with this batch, and are rejected.
            pendingDocuments.setAside();
        }
        pendingRows.settle();
        pendingDocuments.settle();
        BitSet existing = (BitSet) sifted.left().clone();
        existing.andNot(missing);
        BitSet added = (BitSet) sifted.left().clone();
        added.and(missing);
        BitSet changed = new BitSet();
        RowTally tally = new RowTally();
        insertLookups();
        if (!existing.isEmpty()) {
            update(changed, tally);
        }
        insert(added, anyExisting, changed, tally);
        mergeLinks(anyExisting, changed, tally);
        children.merge(anyExisting, changed, tally);
        pendingRows.remember();
        pendingDocuments.remember(documents, run);
        // A deferred constraint would otherwise speak at COMMIT, when it is too late to find the document.
        Statements.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
        changed.and(existing);
        int updated = changed.cardinality();
        return new ChunkResult<>(
                added.cardinality(),
                updated,
                existing.cardinality() - updated,
                sifted.rejects(),
                tally.counts(),
                telling ? ChunkResult.Fates.of(documents, added, changed) : ChunkResult.Fates.<R>untold());
    }

    private void insertLookups() throws SQLException {
        for (LinkTable link : tree.links()) {
            if (link.mapping().join().insertsMissing()) {
                Statements.execute(connection, link.merge().insertLookups());
            }
        }
        for (Reference reference : rows.references()) {
            if (reference.mapping().insertMissing()) {
                Statements.execute(connection, rows.merge().insertLookups(reference));
            }
        }
        for (ChildTable child : tree.children()) {
            for (Reference reference : child.references()) {
                if (reference.mapping().insertMissing()) {
                    Statements.execute(connection, child.checks().insertLookups(reference));
                    Statements.execute(connection, child.checks().resolve(reference));
                }
            }
        }
    }

    /**
     * Documents may exchange what is unique and cannot be given up before, as no column of it may be NULL, or only an
     * index says so. That is found out by failing; then the rows are replaced, if that changes nothing else.
     */
    private void update(BitSet changed, RowTally tally) throws SQLException {
        BitSet updated = new BitSet();
        // Goes with the caller's savepoint, or with the transaction.
        Savepoint before = connection.setSavepoint();
        boolean vacating = true;
        try {
            for (UniqueConstraint unique : uniques) {
                if (unique.nullable() >= 0) {
                    // A row that has given up a value, and gets no other, is as it is to be.
                    add(rows.merge().vacate(unique), updated);
                }
            }
            vacating = false;
            add(rows.merge().update(), updated);
        } catch (SQLException e) {
            boolean taken = ChildrenMerge.TAKEN.contains(e.getSQLState());
            if (!taken && !(vacating && REFUSES_NULL.contains(e.getSQLState()))) {
                throw e;
            }
            connection.rollback(before);
            if (!WritableColumns.canBeReplaced(connection, mapping.table())) {
                throw e;
            }
            updated.clear();
            add(rows.merge().replace(WritableColumns.of(connection, mapping.table())), updated);
        }
        tally.updated(mapping.table(), updated.cardinality());
        changed.or(updated);
    }

    private void insert(BitSet added, boolean anyExisting, BitSet changed, RowTally tally) throws SQLException {
        tally.inserted(mapping.table(), added.cardinality());
        if (added.isEmpty()) {
            return;
        }
        // Fewer are also written where others have inserted them as they are.
        if (Statements.update(connection, rows.merge().insert(anyExisting)) < added.cardinality()) {
            if (any(rows.merge().leftOut())) {
                throw new RowLeftOut(Sql.table(mapping.table()));
            }
            Optional<String> taken = rows.merge().takenByOthers();
            if (taken.isPresent() && any(taken.get())) {
                // The next attempt finds the row when it looks for such, and refuses the document.
                throw new SQLException(
                        "another mapping has inserted a row of " + Sql.table(mapping.table()) + " meanwhile",
                        SERIALIZATION_FAILURE);
            }
        }
        for (Reference reference : rows.references()) {
            if (rows.leadsHere(reference)) {
                add(rows.merge().referWithin(reference), changed);
            }
        }
    }

    private boolean any(String query) throws SQLException {
        return !Statements.rows(connection, query, row -> row.getInt(1)).isEmpty();
    }

    private void mergeLinks(boolean anyExisting, BitSet changed, RowTally tally) throws SQLException {
        for (LinkTable link : tree.links()) {
            Table<?> table = link.mapping().join().table();
            if (anyExisting) {
                tally.deleted(table, add(link.merge().delete(), changed));
                tally.inserted(table, add(link.merge().insert(true), changed));
            } else {
                tally.inserted(table, Statements.update(connection, link.merge().insert(false)));
            }
        }
    }

    private long add(String sql, BitSet numbers) throws SQLException {
        return DocumentNumbers.add(connection, sql, numbers);
    }
}
