package io.docrows.internal.write;

import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.RejectedDocument;
import io.docrows.report.RowCounts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jooq.TableRecord;

/**
 * What became of documents.
 *
 * @param inserted documents whose row is new
 * @param updated documents of which a row changed
 * @param unchanged documents of which no row changed
 * @param rejects documents that were left out
 * @param rows rows that were written, by {@code schema.table}
 * @param fates which documents those are that were inserted and updated; none unless the writer was made to tell
 */
record ChunkResult<R extends TableRecord<R>>(
        int inserted,
        int updated,
        int unchanged,
        List<RejectedDocument<R>> rejects,
        Map<String, RowCounts> rows,
        Fates<R> fates) {

    /** Nothing was written. */
    static <R extends TableRecord<R>> ChunkResult<R> unchanged(int documents) {
        return new ChunkResult<>(0, 0, documents, List.of(), Map.of(), Fates.<R>untold());
    }

    /** The same with other documents that did not change. */
    ChunkResult<R> withUnchanged(int more) {
        return new ChunkResult<>(inserted, updated, unchanged + more, rejects, rows, fates);
    }

    /** The same with other documents that were left out before. */
    ChunkResult<R> withRejects(List<RejectedDocument<R>> before) {
        List<RejectedDocument<R>> all = new ArrayList<>(before);
        all.addAll(rejects);
        return new ChunkResult<>(inserted, updated, unchanged, all, rows, fates);
    }

    /**
     * Single documents.
     *
     * @param inserted those whose row is new
     * @param updated those of which a row changed
     */
    record Fates<R extends TableRecord<R>>(List<MappedDocument<R>> inserted, List<MappedDocument<R>> updated) {

        static <R extends TableRecord<R>> Fates<R> untold() {
            return new Fates<>(List.of(), List.of());
        }

        /** Those with these numbers. */
        static <R extends TableRecord<R>> Fates<R> of(
                List<MappedDocument<R>> documents, BitSet inserted, BitSet updated) {
            return new Fates<>(
                    inserted.stream().mapToObj(documents::get).toList(),
                    updated.stream().mapToObj(documents::get).toList());
        }
    }
}
