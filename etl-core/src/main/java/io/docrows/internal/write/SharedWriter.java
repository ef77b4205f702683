package io.docrows.internal.write;

import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.mapping.SharedDocument;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.value.PolicyTally;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.DocumentId;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.RejectedDocument;
import io.docrows.report.Counts;
import io.docrows.report.RowCounts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes the documents of a collection that several mappings read: the rows of all of them in one transaction. A
 * document that one of its mappings rejects is rejected as a whole, and all of its rows in all tables stay as they
 * were. It counts as inserted if all of its rows are new, as updated if any was written beside rows that were there.
 */
public final class SharedWriter implements DocumentWriter<SharedDocument> {

    private final Connection connection;
    private final List<Part<?>> parts = new ArrayList<>();

    /**
     * Makes the staging tables.
     *
     * @param connection without auto-commit; stays the caller's
     * @param collection what is written
     * @param catalogs what the target says of each mapping's tables
     * @param run the run's number
     * @param keyCache keys that documents refer to, with the ids of their rows, as far as they were read before
     * @param copying whether all tables were empty and their constraints dropped, so that rows can be copied straight
     *     into them, and need not be merged
     * @param first the number of the first of its writers, which are unique on the connection
     * @throws SQLException if the staging tables cannot be made
     */
    public SharedWriter(
            Connection connection,
            MappedCollection collection,
            Function<CollectionMapping<?>, TableCatalog> catalogs,
            long run,
            KeyCache keyCache,
            boolean copying,
            int first)
            throws SQLException {
        this.connection = connection;
        for (CollectionMapping<?> mapping : collection.mappings()) {
            parts.add(new Part<>(
                    parts.size(),
                    CompiledMapping.keyedById(mapping),
                    part(mapping, catalogs.apply(mapping), connection, first + parts.size(), run, keyCache, copying)));
        }
    }

    /**
     * Whether documents of a collection can be copied straight into empty tables: those of each mapping can, no two
     * mappings fill the same table, and none refers to a row that another makes.
     *
     * @param collection what is going to be written
     * @param catalogs what the target says of each mapping's tables
     * @return true if a first load is possible
     */
    public static boolean canCopy(MappedCollection collection, Function<CollectionMapping<?>, TableCatalog> catalogs) {
        Set<Table<?>> filled = new HashSet<>();
        return collection.mappings().stream()
                        .allMatch(mapping -> BatchWriter.canCopy(mapping, catalogs.apply(mapping))
                                && TableTree.tables(mapping).stream().allMatch(filled::add))
                && collection.mappings().stream()
                        .flatMap(mapping -> TableTree.tablesReferredTo(mapping).stream())
                        .noneMatch(filled::contains);
    }

    private static <R extends TableRecord<R>> BatchWriter<R> part(
            CollectionMapping<R> mapping,
            TableCatalog catalog,
            Connection connection,
            int number,
            long run,
            KeyCache keyCache,
            boolean copying)
            throws SQLException {
        return new BatchWriter<>(connection, mapping, catalog, run, keyCache, copying, number);
    }

    @Override
    public WriteResult write(List<? extends SharedDocument> batch) throws SQLException {
        List<RejectedDocument<?>> rejects = new ArrayList<>();
        List<SharedDocument> mapped = new ArrayList<>(batch.size());
        long unmatched = 0;
        for (SharedDocument document : batch) {
            RejectedDocument<?> reject = document.reject();
            if (reject != null) {
                rejects.add(reject);
            } else if (document.isUnmatched()) {
                unmatched++;
            } else {
                mapped.add(document);
            }
        }
        List<SharedDocument> documents = lastOfEachId(mapped);
        long superseded = mapped.size() - documents.size();
        for (Part<?> part : parts) {
            part.reserve(documents);
        }
        Attempt attempt = write(documents, rejects);
        PolicyTally policies = new PolicyTally();
        long inserted = 0;
        long updated = 0;
        for (SharedDocument document : documents) {
            switch (attempt.fate(document)) {
                case INSERTED -> inserted++;
                case UPDATED -> updated++;
                case UNCHANGED -> {}
            }
            for (MappedDocument<?> part : document.parts()) {
                if (part != null && !part.policyUses().isEmpty()) {
                    policies.add(part.policyUses());
                }
            }
        }
        return new WriteResult(
                new Counts(
                        batch.size(),
                        inserted,
                        updated,
                        documents.size() - inserted - updated,
                        rejects.size(),
                        superseded + unmatched,
                        unmatched),
                rejects,
                policies.sums(),
                attempt.rows);
    }

    private List<SharedDocument> lastOfEachId(List<SharedDocument> documents) {
        List<String> ids = documents.stream().map(this::id).toList();
        boolean inOrder = true;
        for (int i = 1; i < ids.size() && inOrder; i++) {
            inOrder = ids.get(i - 1).compareTo(ids.get(i)) < 0;
        }
        if (inOrder) {
            return new ArrayList<>(documents);
        }
        Map<String, SharedDocument> byId = new LinkedHashMap<>(documents.size() * 2);
        for (int i = 0; i < documents.size(); i++) {
            // Removed first, so that the survivor takes the place of the last, not of the first.
            byId.remove(ids.get(i));
            byId.put(ids.get(i), documents.get(i));
        }
        return new ArrayList<>(byId.values());
    }

    /** The text of the {@code _id}, which the key of many a row is. */
    private String id(SharedDocument document) {
        for (Part<?> part : parts) {
            MappedDocument<?> mapped = document.parts().get(part.number());
            if (mapped != null && part.keyedById() && mapped.key() instanceof String key) {
                return key;
            }
        }
        return DocumentId.ofDocument(document.bson());
    }

    /** Writes documents; takes those out of the list that are rejected after all, and adds them to the rejects. */
    private Attempt write(List<SharedDocument> documents, List<RejectedDocument<?>> rejects) throws SQLException {
        while (true) {
            // Those of them, too, that have nothing to write in this attempt.
            parts.forEach(part -> part.writer.forget());
            Savepoint before = connection.setSavepoint();
            Attempt attempt = new Attempt();
            for (Part<?> part : parts) {
                part.write(documents, attempt);
            }
            rejects.addAll(attempt.rejects.values());
            documents.removeIf(document -> attempt.rejects.containsKey(document.bson()));
            if (!attempt.torn) {
                connection.releaseSavepoint(before);
                return attempt;
            }
            // Another mapping may have written rows of a document that is rejected: all are written once more, without.
            connection.rollback(before);
            connection.releaseSavepoint(before);
        }
    }

    @Override
    public void committed() {
        parts.forEach(part -> part.writer.committed());
    }

    @Override
    public void close() {
        parts.forEach(part -> part.writer.close());
    }

    private enum Fate {
        INSERTED,
        UPDATED,
        UNCHANGED
    }

    /** What one attempt to write all documents did. */
    private static final class Attempt {

        private final Map<byte[], RejectedDocument<?>> rejects = new IdentityHashMap<>();
        private final Map<byte[], Integer> inserted = new IdentityHashMap<>();
        private final Set<byte[]> updated = Collections.newSetFromMap(new IdentityHashMap<>());
        private Map<String, RowCounts> rows = Map.of();
        private boolean torn;

        private Fate fate(SharedDocument document) {
            @Nullable Integer insertedParts = inserted.get(document.bson());
            if (insertedParts != null && insertedParts == document.takers()) {
                return Fate.INSERTED;
            }
            return insertedParts != null || updated.contains(document.bson()) ? Fate.UPDATED : Fate.UNCHANGED;
        }
    }

    /** The writer of one mapping's rows. */
    private record Part<R extends TableRecord<R>>(int number, boolean keyedById, BatchWriter<R> writer) {

        private void reserve(List<SharedDocument> documents) throws SQLException {
            int own = 0;
            for (SharedDocument document : documents) {
                own += document.parts().get(number) == null ? 0 : 1;
            }
            writer.reserve(own);
        }

        @SuppressWarnings("unchecked") // What a mapping's decoder makes is of its table.
        private void write(List<SharedDocument> documents, Attempt attempt) throws SQLException {
            List<MappedDocument<R>> own = new ArrayList<>();
            for (SharedDocument document : documents) {
                MappedDocument<?> mapped = document.parts().get(number);
                if (mapped != null && !attempt.rejects.containsKey(document.bson())) {
                    own.add((MappedDocument<R>) mapped);
                }
            }
            if (own.isEmpty()) {
                return;
            }
            BatchWriter.Outcome<R> outcome = writer.writeAll(own);
            Map<byte[], RejectedDocument<?>> refused = new IdentityHashMap<>();
            outcome.rejects().forEach(reject -> refused.put(reject.bson(), reject));
            attempt.torn |= !refused.isEmpty()
                    && documents.stream()
                            .filter(document -> refused.containsKey(document.bson()))
                            .anyMatch(document ->
                                    document.parts().subList(0, number).stream().anyMatch(Objects::nonNull));
            attempt.rejects.putAll(refused);
            outcome.inserted().forEach(document -> attempt.inserted.merge(document.bson(), 1, Integer::sum));
            outcome.updated().forEach(document -> attempt.updated.add(document.bson()));
            attempt.rows = RowCounts.sum(attempt.rows, outcome.rows());
        }
    }
}
