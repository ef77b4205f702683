package io.docrows.internal.write;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.OwnedRows;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.Terms;
import io.docrows.internal.table.UniqueConstraint;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.RejectedDocument;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Stages some documents of a batch and merges them; either all of it happens, or a {@link SQLException} is thrown. */
final class ChunkMerge<R extends TableRecord<R>> implements ChunkWriter<R> {

    private static final String UNIQUE_VIOLATION = "23505";

    private final Connection connection;
    private final CollectionMapping<R> mapping;
    private final TableTree tree;
    private final RowTable rows;
    private final List<String> findChanged = new ArrayList<>();
    private final List<UniqueConstraint> uniques;
    private final long run;
    private final boolean telling;
    private final @Nullable KeyClaims claims;
    private final @Nullable String ofOthers;
    private final BatchStage<R> stage;
    private final KeyResolver<R> keys;
    private final PendingDocuments pending;

    /**
     * A writer that has not made its tables yet.
     *
     * @param writer its number among those that share the connection
     * @param telling whether it says of each document what became of it
     */
    ChunkMerge(
            Connection connection,
            CollectionMapping<R> mapping,
            TableCatalog catalog,
            long run,
            KeyCache keyCache,
            int writer,
            boolean telling) {
        this.connection = connection;
        this.mapping = mapping;
        this.telling = telling;
        this.tree = TableTree.of(mapping, catalog, Stage.ofBatch(writer));
        this.rows = tree.documents();
        this.claims = KeyClaims.needed(mapping, catalog) ? new KeyClaims(mapping, catalog, tree.stage()) : null;
        this.stage = new BatchStage<>(connection, tree, new StagedRow<>(mapping, catalog), catalog, claims);
        this.keys = new KeyResolver<>(connection, tree, catalog, keyCache);
        tree.children().forEach(child -> findChanged.add(child.merge().changed()));
        this.uniques = UniqueConstraint.of(mapping);
        OwnedRows own = new OwnedRows(mapping, catalog);
        this.ofOthers = own.canMeetOthers() ? Sql.text(own.ofOthers(tree.stage().documents())) : null;
        this.run = run;
        this.pending = new PendingDocuments(connection, tree, catalog);
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
    public void begin() {
        keys.begin();
    }

    @Override
    public void committed() {
        stage.committed();
        keys.committed();
    }

    @Override
    public ChunkResult<R> write(List<MappedDocument<R>> documents) throws SQLException {
        stage.fill(documents, keys.find(documents));
        if (ofOthers != null) {
            BitSet others = query(ofOthers);
            if (!others.isEmpty()) {
                return withoutOthers(documents, others, RejectReason.rowOfOthers(keyColumn(), mapping));
            }
        }
        KeyClaims owners = claims;
        if (owners == null) {
            return mergeStaged(documents);
        }
        KeyClaims.Found found = owners.find(connection);
        if (!found.others().isEmpty() && Statements.update(connection, owners.release()) > 0) {
            // Documents that exchange their keys stand in each other's way until they have given up what they had.
            found = owners.find(connection);
        }
        if (!found.others().isEmpty()) {
            return withoutOthers(documents, found.others(), RejectReason.duplicateKey(keyColumn()));
        }
        if (found.unclaimed()) {
            // A document that comes with another key gives up the row it had; rows that are nobody's become its own.
            Statements.execute(connection, owners.release());
            Statements.execute(connection, owners.claim());
        }
        ChunkResult<R> result = mergeStaged(documents);
        if (result.inserted() > 0) {
            Statements.execute(connection, owners.claim());
        }
        return result;
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
        if (own.isEmpty()) {
            return new ChunkResult<>(0, 0, 0, rejects, Map.of(), ChunkResult.Fates.<R>untold());
        }
        ChunkResult<R> result = write(own);
        rejects.addAll(result.rejects());
        return new ChunkResult<>(
                result.inserted(), result.updated(), result.unchanged(), rejects, result.rows(), result.fates());
    }

    /** The first column of the key that tells documents apart. */
    private ColumnMapping keyColumn() {
        return mapping.columns().stream()
                .filter(column -> !mapping.owned().containsKey(column.column()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a key is never made of constants alone"));
    }

    /** Merges the documents in the stage. */
    private ChunkResult<R> mergeStaged(List<MappedDocument<R>> documents) throws SQLException {
        BitSet touched = pending.setAside();
        BitSet missing = new BitSet();
        find(touched, missing);
        for (String changed : findChanged) {
            touched.or(query(changed));
        }
        forgetPending();
        pending.settle();
        int unchanged = documents.size() - touched.cardinality();
        if (touched.isEmpty()) {
            return new ChunkResult<>(0, 0, unchanged, List.of(), Map.of(), ChunkResult.Fates.<R>untold());
        }
        if (2 * unchanged < documents.size()) {
            stage.addElements(documents);
            return merge(documents, missing);
        }
        // Most of them are in the target as they are: only the others are worth the statements that follow.
        List<MappedDocument<R>> some = touched.stream().mapToObj(documents::get).toList();
        BitSet missingOfSome = new BitSet();
        int ord = 0;
        for (int i = touched.nextSetBit(0); i >= 0; i = touched.nextSetBit(i + 1)) {
            missingOfSome.set(ord++, missing.get(i));
        }
        stage.fill(some, keys.find(some));
        pending.setAside();
        stage.addElements(some);
        ChunkResult<R> result = merge(some, missingOfSome);
        return new ChunkResult<>(
                result.inserted(),
                result.updated(),
                result.unchanged() + unchanged,
                result.rejects(),
                result.rows(),
                result.fates());
    }

    /** Finds the staged documents that may have something to write, and those of them that have no row yet. */
    private void find(BitSet touched, BitSet missing) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(rows.merge().changed(tree.links()))) {
            while (found.next()) {
                touched.set(found.getInt(1));
                if (!found.getBoolean(2)) {
                    missing.set(found.getInt(1));
                }
            }
        }
    }

    private void forgetPending() throws SQLException {
        for (Reference reference : rows.references()) {
            if (isPending(reference)) {
                PendingReferenceStatements references = pending(rows, reference);
                if (!query(references.any()).isEmpty()) {
                    Statements.execute(
                            connection,
                            references.settle(
                                    rows.documents("s"),
                                    rows.key().stagedText("s"),
                                    Terms.text(Terms.staged("s", reference.key())),
                                    rows.parentIsMissing(reference)));
                }
            }
        }
    }

    private static boolean isPending(Reference reference) {
        return reference.mapping().whenMissing() == MissingReference.PENDING;
    }

    private static PendingReferenceStatements pending(RowTable rows, Reference reference) {
        return new PendingReferenceStatements(rows.mapping().table(), List.of(reference.column()));
    }

    /** Remembers what the staged documents wait for. */
    static void rememberPending(Connection connection, TableTree tree, long run) throws SQLException {
        RowTable rows = tree.documents();
        for (Reference reference : rows.references()) {
            if (isPending(reference)) {
                Statements.execute(
                        connection,
                        pending(rows, reference)
                                .remember(
                                        rows.documents("s"),
                                        rows.parentIsMissing(reference),
                                        rows.key().stagedText("s"),
                                        Terms.text(Terms.staged("s", reference.key())),
                                        run));
            }
        }
    }

    /** Merges the documents in the stage, of which some have no row yet. */
    private ChunkResult<R> merge(List<MappedDocument<R>> documents, BitSet missing) throws SQLException {
        BitSet existing = new BitSet();
        existing.set(0, documents.size());
        existing.andNot(missing);
        boolean anyExisting = !existing.isEmpty();
        List<RejectedDocument<R>> rejects = new ArrayList<>();
        BitSet merged = new BitSet();
        merged.set(0, documents.size());
        reject(documents, anyExisting, merged, rejects);
        existing.and(merged);
        insertLookups();
        BitSet changed = new BitSet();
        RowTally tally = new RowTally();
        int inserted = merged.cardinality() - existing.cardinality();
        tally.inserted(mapping.table(), inserted);
        mergeDocuments(existing, inserted > 0, anyExisting, changed, tally);
        for (LinkTable link : tree.links()) {
            Table<?> table = link.mapping().join().table();
            if (anyExisting) {
                tally.deleted(table, query(link.merge().delete(), changed));
                tally.inserted(table, query(link.merge().insert(true), changed));
            } else {
                tally.inserted(table, Statements.update(connection, link.merge().insert(false)));
            }
        }
        if (anyExisting && !tree.children().isEmpty()) {
            mergeExistingChildren(changed, tally);
        } else {
            mergeChildren(anyExisting, Set.of(), changed, tally);
        }
        rememberPending(connection, tree, run);
        pending.remember(documents, run);
        // A deferred constraint would otherwise speak at COMMIT, when it is too late to find the document.
        Statements.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
        changed.and(existing);
        int updated = changed.cardinality();
        return new ChunkResult<>(
                inserted,
                updated,
                existing.cardinality() - updated,
                rejects,
                tally.counts(),
                telling ? fates(documents, merged, existing, changed) : ChunkResult.Fates.<R>untold());
    }

    private static <R extends TableRecord<R>> ChunkResult.Fates<R> fates(
            List<MappedDocument<R>> documents, BitSet merged, BitSet existing, BitSet changed) {
        BitSet inserted = (BitSet) merged.clone();
        inserted.andNot(existing);
        return new ChunkResult.Fates<>(
                inserted.stream().mapToObj(documents::get).toList(),
                changed.stream().mapToObj(documents::get).toList());
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

    private void mergeDocuments(BitSet existing, boolean anyNew, boolean anyExisting, BitSet changed, RowTally tally)
            throws SQLException {
        if (!existing.isEmpty()) {
            for (UniqueConstraint unique : uniques) {
                if (unique.nullable() >= 0) {
                    Statements.execute(connection, rows.merge().vacate(unique));
                }
            }
            tally.updated(mapping.table(), query(rows.merge().update(), changed));
        }
        if (anyNew) {
            Statements.execute(connection, rows.merge().insert(anyExisting));
            for (Reference reference : rows.references()) {
                if (rows.leadsHere(reference)) {
                    changed.or(query(rows.merge().referWithin(reference)));
                }
            }
        }
    }

    /**
     * Elements may pass a value on to each other that an index with a condition, or over expressions, allows only once.
     * That is found out by failing; then the rows of all documents that differ in that table are inserted anew.
     */
    private void mergeExistingChildren(BitSet changed, RowTally tally) throws SQLException {
        Set<String> anew = new HashSet<>();
        while (true) {
            Savepoint before = connection.setSavepoint();
            BitSet found = new BitSet();
            RowTally written = new RowTally();
            try {
                mergeChildren(true, anew, found, written);
                connection.releaseSavepoint(before);
                changed.or(found);
                tally.add(written);
                return;
            } catch (SQLException e) {
                String table = tableWithValueTwice(e);
                if (table == null || !anew.add(table)) {
                    throw e;
                }
                connection.rollback(before);
            }
        }
    }

    /** The child table in which a value would be twice that must not be, or null if something else is wrong. */
    private @Nullable String tableWithValueTwice(SQLException failure) {
        ServerErrorMessage message =
                failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        if (message == null || !UNIQUE_VIOLATION.equals(failure.getSQLState())) {
            return null;
        }
        String table = message.getSchema() + "." + message.getTable();
        return tree.children().stream()
                        .anyMatch(child ->
                                QualifiedName.text(child.mapping().table()).equals(table))
                ? table
                : null;
    }

    /** Merges the rows of child tables; in those named {@code anew}, what differs is deleted and inserted anew. */
    private void mergeChildren(boolean anyExisting, Set<String> anew, BitSet changed, RowTally tally)
            throws SQLException {
        for (ChildTable child : tree.children()) {
            for (Reference reference : child.references()) {
                if (rows.leadsHere(reference)) {
                    Statements.execute(connection, child.checks().resolve(reference));
                }
            }
        }
        if (anyExisting) {
            for (ChildTable child : tree.childrenFromBelow()) {
                tally.deleted(child.mapping().table(), query(child.merge().delete(), changed));
            }
            for (ChildTable child : tree.children()) {
                changed.or(displace(
                        child, anew.contains(QualifiedName.text(child.mapping().table())), tally));
            }
        }
        for (ChildTable child : tree.children()) {
            if (anyExisting) {
                tally.updated(child.mapping().table(), query(child.merge().update(), changed));
                tally.inserted(child.mapping().table(), query(child.merge().insert(true), changed));
            } else {
                tally.inserted(
                        child.mapping().table(),
                        Statements.update(connection, child.merge().insert(false)));
            }
        }
    }

    /**
     * Deletes the rows of documents whose elements pass unique values on to each other, so that all of them are
     * inserted: no order of updates would do.
     */
    private BitSet displace(ChildTable table, boolean anew, RowTally tally) throws SQLException {
        BitSet displaced = new BitSet();
        if (anew) {
            query(table.merge().changed(), displaced);
        }
        for (List<TableField<?, ?>> unique : table.merge().otherUniques()) {
            displaced.or(query(table.merge().displaced(unique)));
        }
        if (!displaced.isEmpty()) {
            List<Integer> ords = displaced.stream().boxed().toList();
            for (ChildTable child : tree.children()) {
                if (child.isWithin(table)) {
                    String keep = child.merge().keepOldValues(ords).orElse(null);
                    if (keep != null) {
                        Statements.execute(connection, keep);
                    }
                }
            }
            for (ChildTable child : tree.childrenFromBelow()) {
                if (child.isWithin(table)) {
                    tally.deleted(
                            child.mapping().table(),
                            Statements.update(connection, child.merge().deleteAll(ords)));
                }
            }
        }
        return displaced;
    }

    /** Takes the documents out of the stage that cannot be merged, and says why. */
    private void reject(
            List<MappedDocument<R>> documents, boolean anyExisting, BitSet merged, List<RejectedDocument<R>> rejects)
            throws SQLException {
        for (Reference reference : rows.references()) {
            if (reference.rejects()) {
                reject(
                        documents,
                        query(rows.merge().missingParents(reference)),
                        merged,
                        rejects,
                        document -> RejectReason.missingParent(reference.mapping()));
            }
        }
        for (LinkTable link : tree.links()) {
            if (!link.mapping().join().insertsMissing()) {
                reject(
                        documents,
                        query(link.merge().missingLookups()),
                        merged,
                        rejects,
                        document -> RejectReason.missingLookup(
                                mapping, link, document.bson(), keys.missing(link, document)));
            }
        }
        for (UniqueConstraint unique : uniques) {
            reject(
                    documents,
                    query(rows.merge().duplicates(unique, anyExisting)),
                    merged,
                    rejects,
                    document -> RejectReason.duplicate(
                            mapping.columns().get(unique.columns().get(0)), unique));
        }
        for (ChildTable child : tree.children()) {
            rejectChildren(child, documents, merged, rejects);
        }
    }

    private void rejectChildren(
            ChildTable child, List<MappedDocument<R>> documents, BitSet merged, List<RejectedDocument<R>> rejects)
            throws SQLException {
        if (child.comparesLoosely()) {
            reject(
                    documents,
                    query(child.checks().duplicates()),
                    merged,
                    rejects,
                    document -> RejectReason.duplicateElement(child, child.place()));
        }
        for (Reference reference : child.references()) {
            if (reference.rejects()) {
                BitSet rejected;
                do {
                    // Whoever refers to a document that is rejected is rejected as well.
                    rejected = query(child.checks().missingParents(reference));
                    reject(
                            documents,
                            rejected,
                            merged,
                            rejects,
                            document -> RejectReason.missingParent(reference.mapping(), child.placeOf(reference)));
                } while (!rejected.isEmpty() && rows.leadsHere(reference));
            }
        }
    }

    private void reject(
            List<MappedDocument<R>> documents,
            BitSet rejected,
            BitSet merged,
            List<RejectedDocument<R>> rejects,
            Function<MappedDocument<R>, RejectReason> why)
            throws SQLException {
        if (rejected.isEmpty()) {
            return;
        }
        Integer[] ords = rejected.stream().boxed().toArray(Integer[]::new);
        stage.remove(ords);
        for (Integer ord : ords) {
            merged.clear(ord);
            rejects.add(why.apply(documents.get(ord)).of(documents.get(ord)));
        }
    }

    /** The numbers of documents that a statement returns. */
    private BitSet query(String statementText) throws SQLException {
        BitSet ords = new BitSet();
        query(statementText, ords);
        return ords;
    }

    /** Adds the numbers of documents that a statement returns, and returns how many rows those were. */
    private long query(String statementText, BitSet ords) throws SQLException {
        long number = 0;
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(statementText)) {
            while (found.next()) {
                ords.set(found.getInt(1));
                number++;
            }
        }
        return number;
    }
}
