package io.docrows.internal.write;

import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.UniqueConstraint;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.RejectedDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jooq.TableRecord;

/**
 * Takes documents out of the stage that cannot be merged, found by queries: what PostgreSQL refuses instead costs the
 * whole statement. Not thread-safe.
 */
final class MergeRejects<R extends TableRecord<R>> {

    private final Connection connection;
    private final CollectionMapping<R> mapping;
    private final TableTree tree;
    private final RowTable rows;
    private final List<UniqueConstraint> uniques;
    private final BatchStage<R> stage;
    private final KeyResolver<R> keys;
    private final CheckSearch checks;

    MergeRejects(
            Connection connection,
            CollectionMapping<R> mapping,
            TableTree tree,
            BatchStage<R> stage,
            KeyResolver<R> keys) {
        this.connection = connection;
        this.mapping = mapping;
        this.tree = tree;
        this.rows = tree.documents();
        this.uniques = UniqueConstraint.of(mapping);
        this.stage = stage;
        this.keys = keys;
        this.checks = new CheckSearch(connection, tree, false);
    }

    /**
     * Staged documents, and what is known of them.
     *
     * @param documents all of them, by number
     * @param left the numbers of those that are left in the stage
     * @param rejects those that are not
     */
    record Sifted<R extends TableRecord<R>>(
            List<MappedDocument<R>> documents, BitSet left, List<RejectedDocument<R>> rejects) {

        private static <R extends TableRecord<R>> Sifted<R> of(List<MappedDocument<R>> documents) {
            BitSet left = new BitSet();
            left.set(0, documents.size());
            return new Sifted<>(documents, left, new ArrayList<>());
        }

        private void reject(int number, RejectReason why) {
            left.clear(number);
            rejects.add(why.of(documents.get(number)));
        }

        private void reject(BitSet numbers, Function<MappedDocument<R>, RejectReason> why) {
            left.andNot(numbers);
            numbers.stream()
                    .mapToObj(documents::get)
                    .forEach(document -> rejects.add(why.apply(document).of(document)));
        }
    }

    /**
     * Takes out what cannot be merged.
     *
     * @param documents the documents in the stage
     * @param anyExisting whether any of them has a row
     */
    Sifted<R> sift(List<MappedDocument<R>> documents, boolean anyExisting) throws SQLException {
        Sifted<R> sifted = Sifted.of(documents);
        for (Reference reference : rows.references()) {
            if (reference.rejects()) {
                reject(
                        sifted,
                        rows.merge().missingParents(reference),
                        document -> RejectReason.missingParent(reference.mapping()));
            }
        }
        for (LinkTable link : tree.links()) {
            if (!link.mapping().join().insertsMissing()) {
                reject(
                        sifted,
                        link.merge().missingLookups(),
                        document -> RejectReason.missingLookup(
                                mapping, link, document.bson(), keys.missing(link, document)));
            }
        }
        for (ChildTable child : tree.children()) {
            siftChildren(child, sifted);
        }
        siftBroken(sifted);
        // After the others, so that none of those stands in the way.
        for (UniqueConstraint unique : uniques) {
            reject(
                    sifted,
                    rows.merge().duplicates(unique, anyExisting),
                    document -> RejectReason.duplicate(
                            mapping.columns().get(unique.columns().get(0)), unique));
        }
        boolean any = !sifted.rejects().isEmpty();
        while (any) {
            // Whoever refers to a document that is rejected is rejected as well, whatever that one is rejected for.
            any = siftReferring(sifted);
        }
        return sifted;
    }

    private void siftChildren(ChildTable child, Sifted<R> sifted) throws SQLException {
        if (child.comparesLoosely() && !child.mapping().isLinked()) {
            reject(
                    sifted,
                    child.checks().duplicates(),
                    document -> RejectReason.duplicateElement(child, child.place()));
        }
        for (Reference reference : child.references()) {
            if (reference.rejects()) {
                rejectMissing(child, reference, sifted);
            }
        }
    }

    /** Takes out the documents with a row that a check constraint refuses. */
    private void siftBroken(Sifted<R> sifted) throws SQLException {
        Map<Integer, RejectReason> reasons = checks.find();
        if (!reasons.isEmpty()) {
            stage.remove(reasons.keySet().toArray(Integer[]::new));
            reasons.forEach((number, why) -> sifted.reject(number, why));
        }
    }

    /** Takes out the documents of which an element refers to one that is not in the stage any more, nor a row. */
    private boolean siftReferring(Sifted<R> sifted) throws SQLException {
        boolean any = false;
        for (ChildTable child : tree.children()) {
            for (Reference reference : child.references()) {
                if (reference.rejects() && rows.leadsHere(reference)) {
                    any |= rejectMissing(child, reference, sifted);
                }
            }
        }
        return any;
    }

    private boolean rejectMissing(ChildTable child, Reference reference, Sifted<R> sifted) throws SQLException {
        return reject(
                sifted,
                child.checks().missingParents(reference),
                document -> RejectReason.missingParent(reference.mapping(), child.placeOf(reference)));
    }

    /** Takes out the documents that a query finds; returns whether there are any. */
    private boolean reject(Sifted<R> sifted, String query, Function<MappedDocument<R>, RejectReason> why)
            throws SQLException {
        BitSet rejected = DocumentNumbers.of(connection, query);
        if (rejected.isEmpty()) {
            return false;
        }
        stage.remove(rejected.stream().boxed().toArray(Integer[]::new));
        sifted.reject(rejected, why);
        return true;
    }
}
