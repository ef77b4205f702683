package io.docrows.internal.write;

import io.docrows.mapping.RejectedDocument;
import io.docrows.report.Counts;
import io.docrows.report.PolicyUse;
import java.util.List;

/**
 * What became of a batch.
 *
 * @param counts the accounting
 * @param rejects every rejected document, those the decoder rejected included
 * @param policyUses what policies did to the documents that were loaded, summed
 */
public record WriteResult(Counts counts, List<RejectedDocument<?>> rejects, List<PolicyUse> policyUses) {}
