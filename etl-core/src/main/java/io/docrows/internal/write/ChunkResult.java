package io.docrows.internal.write;

import io.docrows.mapping.RejectedDocument;
import java.util.List;
import org.jooq.TableRecord;

/**
 * What became of documents.
 *
 * @param inserted documents whose row is new
 * @param updated documents of which a row changed
 * @param unchanged documents of which no row changed
 * @param rejects documents that were left out
 */
record ChunkResult<R extends TableRecord<R>>(
        int inserted, int updated, int unchanged, List<RejectedDocument<R>> rejects) {}
