package io.docrows.internal.write;

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
 */
record ChunkResult<R extends TableRecord<R>>(
        int inserted, int updated, int unchanged, List<RejectedDocument<R>> rejects, Map<String, RowCounts> rows) {}
