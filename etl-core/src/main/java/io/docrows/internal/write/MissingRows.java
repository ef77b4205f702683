package io.docrows.internal.write;

import io.docrows.internal.decode.NestedRows;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.TableTree;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.RejectedDocument;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/** The documents of a batch with a row that leads to one which is not there, where ids were looked up beforehand. */
final class MissingRows<R extends TableRecord<R>> {

    private final TableTree tree;
    private final RowTable rows;
    private final KeyResolver<R> keys;

    MissingRows(TableTree tree, KeyResolver<R> keys) {
        this.tree = tree;
        this.rows = tree.documents();
        this.keys = keys;
    }

    /** Rejects documents that must not be written without such a row; {@code rejected} gets their numbers. */
    List<RejectedDocument<R>> reject(List<MappedDocument<R>> batch, KeyResolver.Ids found, BitSet rejected) {
        List<RejectedDocument<R>> rejects = new ArrayList<>();
        for (Reference reference : rows.references()) {
            if (reference.rejects()) {
                missing(reference, batch, found, i -> {
                    if (!rejected.get(i)) {
                        rejected.set(i);
                        rejects.add(
                                RejectReason.missingParent(reference.mapping()).of(batch.get(i)));
                    }
                });
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
                    missing(child, reference, batch, found, i -> {
                        if (!rejected.get(i)) {
                            rejected.set(i);
                            rejects.add(RejectReason.missingParent(reference.mapping(), child.placeOf(reference))
                                    .of(batch.get(i)));
                        }
                    });
                }
            }
        }
        return rejects;
    }

    /** The documents whose own row waits for another one. */
    BitSet ofPendingRows(List<MappedDocument<R>> batch, KeyResolver.Ids found) {
        BitSet documents = new BitSet();
        for (Reference reference : rows.references()) {
            if (reference.mapping().whenMissing() == MissingReference.PENDING) {
                missing(reference, batch, found, documents::set);
            }
        }
        return documents;
    }

    /** The documents with an element that waits for a row. */
    BitSet ofPendingElements(List<MappedDocument<R>> batch, KeyResolver.Ids found) {
        BitSet documents = new BitSet();
        for (ChildTable child : tree.children()) {
            for (Reference reference : child.references()) {
                if (reference.waits()) {
                    missing(child, reference, batch, found, documents::set);
                }
            }
        }
        return documents;
    }

    /** Tells the number of each document whose own row leads to one that is not there. */
    private void missing(
            Reference reference, List<MappedDocument<R>> batch, KeyResolver.Ids found, IntConsumer document) {
        @Nullable Object[] ids = found.parents().get(reference.number());
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == null && CompiledMapping.reference(batch.get(i), reference.number()) != null) {
                document.accept(i);
            }
        }
    }

    /** Tells the number of each document with a row in a child table that leads to one which is not there. */
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
}
