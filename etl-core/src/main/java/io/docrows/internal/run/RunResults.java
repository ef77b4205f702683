package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.RejectCode;
import io.docrows.report.Deletions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the phases of a run have done: all that the report is made of, but for what the target remembers. Immutable.
 *
 * @param loaded the collections, in the order in which they were loaded
 * @param retriedCodes how retrying rejects changes the numbers of rejects by reason, by collection
 * @param deletions what was done about orphaned rows, by collection
 * @param failure what ended the run early, if it failed
 */
record RunResults(
        List<CollectionResult> loaded,
        Map<String, Map<RejectCode, Long>> retriedCodes,
        Map<String, Deletions> deletions,
        @Nullable DocrowsException failure) {

    static final RunResults NONE = new RunResults(List.of(), Map.of(), Map.of(), null);

    RunResults {
        loaded = List.copyOf(loaded);
        retriedCodes = Map.copyOf(retriedCodes);
        deletions = Map.copyOf(deletions);
    }

    RunResults loaded(List<CollectionResult> collections) {
        return new RunResults(collections, retriedCodes, deletions, failure);
    }

    RunResults retried(Map<String, Map<RejectCode, Long>> codes) {
        return new RunResults(loaded, codes, deletions, failure);
    }

    RunResults deleted(Map<String, Deletions> byCollection) {
        return new RunResults(loaded, retriedCodes, byCollection, failure);
    }

    RunResults failed(DocrowsException reason) {
        return new RunResults(loaded, retriedCodes, deletions, reason);
    }
}
