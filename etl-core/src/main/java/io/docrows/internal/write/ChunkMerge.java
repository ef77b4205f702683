package io.docrows.internal.write;

import io.docrows.internal.postgres.Statements;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
import io.docrows.mapping.RejectedDocument;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/** Stages some documents of a batch and merges them; either all of it happens, or a {@link SQLException} is thrown. */
final class ChunkMerge<R extends TableRecord<R>> implements ChunkWriter<R> {

    private final Connection connection;
    private final CollectionMapping<R> mapping;
    private final String findTouched;
    private final MergeStatements sql;
    private final List<UniqueConstraint> uniques;
    private final long run;
    private final @Nullable KeyClaims claims;
    private final BatchStage<R> stage;
    private final RelatedRows<R> related;

    ChunkMerge(
            Connection connection, CollectionMapping<R> mapping, TableCatalog catalog, long run, KnownParents known) {
        this.connection = connection;
        this.mapping = mapping;
        this.claims = KeyClaims.needed(mapping, catalog) ? new KeyClaims(mapping, catalog) : null;
        this.stage = new BatchStage<>(connection, mapping, claims);
        this.related = new RelatedRows<>(connection, mapping, catalog, known);
        this.findTouched = new ChangeStatement(mapping, catalog).sql();
        this.sql = new MergeStatements(mapping, catalog);
        this.uniques = UniqueConstraint.of(mapping);
        this.run = run;
    }

    @Override
    public void create() throws SQLException {
        stage.create();
        related.create();
    }

    @Override
    public void drop() throws SQLException {
        stage.drop();
        related.drop();
    }

    @Override
    public void begin(int documents) {
        stage.begin();
        related.begin();
    }

    @Override
    public void committed() {
        related.committed();
    }

    @Override
    public ChunkResult<R> write(List<MappedDocument<R>> documents) throws SQLException {
        stage.fill(documents, related.find(documents));
        KeyClaims owners = claims;
        if (owners == null) {
            return mergeStaged(documents);
        }
        KeyClaims.Found found = owners.find(connection);
        if (!found.others().isEmpty()) {
            return withoutOthers(documents, found.others());
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
    private ChunkResult<R> withoutOthers(List<MappedDocument<R>> documents, BitSet others) throws SQLException {
        Refusal why = Refusal.duplicateKey(mapping.columns().get(0));
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
            return new ChunkResult<>(0, 0, 0, rejects);
        }
        ChunkResult<R> result = write(own);
        rejects.addAll(result.rejects());
        return new ChunkResult<>(result.inserted(), result.updated(), result.unchanged(), rejects);
    }

    /** Merges the documents in the stage. */
    private ChunkResult<R> mergeStaged(List<MappedDocument<R>> documents) throws SQLException {
        BitSet touched = new BitSet();
        BitSet missing = new BitSet();
        find(touched, missing);
        forgetPending();
        int unchanged = documents.size() - touched.cardinality();
        if (touched.isEmpty()) {
            return new ChunkResult<>(0, 0, unchanged, List.of());
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
        stage.fill(some);
        stage.addElements(some);
        ChunkResult<R> result = merge(some, missingOfSome);
        return new ChunkResult<>(result.inserted(), result.updated(), result.unchanged() + unchanged, result.rejects());
    }

    /** Finds the staged documents that may have something to write, and those of them that have no row yet. */
    private void find(BitSet touched, BitSet missing) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(findTouched)) {
            while (rows.next()) {
                touched.set(rows.getInt(1));
                if (!rows.getBoolean(2)) {
                    missing.set(rows.getInt(1));
                }
            }
        }
    }

    private void forgetPending() throws SQLException {
        for (ReferenceMapping<R> reference : mapping.references()) {
            if (reference.whenMissing() == MissingReference.PENDING
                    && !query(sql.anyPending(reference)).isEmpty()) {
                Statements.execute(connection, sql.forgetPending(reference));
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
        refuse(documents, anyExisting, merged, rejects);
        existing.and(merged);

        BitSet changed = new BitSet();
        for (JoinMapping join : mapping.joins()) {
            if (join.join().insertsMissing()) {
                Statements.execute(connection, sql.insertLookups(join));
            }
        }
        if (!existing.isEmpty()) {
            for (UniqueConstraint unique : uniques) {
                if (unique.nullable() >= 0) {
                    Statements.execute(connection, sql.vacate(unique));
                }
            }
            changed.or(query(sql.update()));
        }
        if (existing.cardinality() < merged.cardinality()) {
            Statements.execute(connection, sql.insert(anyExisting));
            for (ReferenceMapping<R> reference : mapping.references()) {
                if (sql.leadsToItself(reference)) {
                    changed.or(query(sql.referWithin(reference)));
                }
            }
        }
        for (JoinMapping join : mapping.joins()) {
            if (anyExisting) {
                changed.or(query(sql.deleteLinks(join)));
                changed.or(query(sql.insertLinks(join, true)));
            } else {
                Statements.execute(connection, sql.insertLinks(join, false));
            }
        }
        for (ReferenceMapping<R> reference : mapping.references()) {
            if (reference.whenMissing() == MissingReference.PENDING) {
                Statements.execute(connection, sql.rememberPending(reference, run));
            }
        }
        // A deferred constraint would otherwise speak at COMMIT, when it is too late to find the document.
        Statements.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");

        int inserted = merged.cardinality() - existing.cardinality();
        changed.and(existing);
        int updated = changed.cardinality();
        return new ChunkResult<>(inserted, updated, existing.cardinality() - updated, rejects);
    }

    /** Takes the documents out of the stage that cannot be merged, and says why. */
    private void refuse(
            List<MappedDocument<R>> documents, boolean anyExisting, BitSet merged, List<RejectedDocument<R>> rejects)
            throws SQLException {
        for (ReferenceMapping<R> reference : mapping.references()) {
            if (reference.whenMissing() == MissingReference.REJECT) {
                refuse(
                        documents,
                        query(sql.missingParents(reference)),
                        merged,
                        rejects,
                        document -> Refusal.missingParent(reference));
            }
        }
        for (JoinMapping join : mapping.joins()) {
            if (!join.join().insertsMissing()) {
                refuse(
                        documents,
                        query(sql.missingLookups(join)),
                        merged,
                        rejects,
                        document ->
                                Refusal.missingLookup(mapping, join, document.bson(), related.missing(join, document)));
            }
        }
        for (UniqueConstraint unique : uniques) {
            refuse(
                    documents,
                    query(sql.duplicates(unique, anyExisting)),
                    merged,
                    rejects,
                    document -> Refusal.duplicate(
                            mapping.columns().get(unique.columns().get(0)), unique));
        }
    }

    private void refuse(
            List<MappedDocument<R>> documents,
            BitSet refused,
            BitSet merged,
            List<RejectedDocument<R>> rejects,
            Function<MappedDocument<R>, Refusal> why)
            throws SQLException {
        if (refused.isEmpty()) {
            return;
        }
        Integer[] ords = refused.stream().boxed().toArray(Integer[]::new);
        stage.remove(ords);
        for (Integer ord : ords) {
            merged.clear(ord);
            rejects.add(why.apply(documents.get(ord)).of(documents.get(ord)));
        }
    }

    /** The numbers of documents that a statement returns. */
    private BitSet query(String statementText) throws SQLException {
        BitSet ords = new BitSet();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(statementText)) {
            while (rows.next()) {
                ords.set(rows.getInt(1));
            }
        }
        return ords;
    }
}
