package io.docrows.cli.report;

import io.docrows.cli.report.Timeline.Rate;
import io.docrows.report.Counts;
import io.docrows.run.BatchTiming;
import java.util.List;

/**
 * What was seen of one collection while it was loaded.
 *
 * @param collection the collection's name
 * @param before what an earlier, interrupted run had done already
 * @param batches how many batches were written
 * @param timing where the time of its threads went
 * @param rates how fast it went, stretch by stretch
 * @param until when it ended, in seconds since the run began
 */
record RecordedCollection(
        String collection, Counts before, int batches, BatchTiming timing, List<Rate> rates, double until) {

    RecordedCollection {
        rates = List.copyOf(rates);
    }
}
