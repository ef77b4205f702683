package io.docrows.internal.write;

import io.docrows.mapping.RejectedDocument;
import io.docrows.report.Counts;
import io.docrows.report.PolicyUse;
import io.docrows.report.RowCounts;
import java.util.List;
import java.util.Map;

/**
 * What became of a batch.
 *
 * @param counts the accounting
 * @param rejects every rejected document, those the decoder rejected included
 * @param policyUses what policies did to the documents that were loaded, summed
 * @param rows rows that were written, by {@code schema.table}
 */
public record WriteResult(
        Counts counts, List<RejectedDocument<?>> rejects, List<PolicyUse> policyUses, Map<String, RowCounts> rows) {}
