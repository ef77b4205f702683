package io.docrows.internal.write;

import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.RejectedDocument;
import io.docrows.report.RowCounts;
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
    }
}
