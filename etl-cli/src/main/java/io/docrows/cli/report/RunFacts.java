package io.docrows.cli.report;

import io.docrows.history.PastRun;
import io.docrows.history.RejectPlace;
import io.docrows.report.RunReport;
import io.docrows.run.RunOptions;
import java.util.List;

/**
 * What a report is made of.
 *
 * @param report what the run did
 * @param failure why it could not go on, without secrets; empty if it could
 * @param target where rows went, without secrets
 * @param options how it was run
 * @param past the last runs of all pipelines, this one included, the latest first
 * @param rejects where it rejected documents
 * @param rejectsCommand the command that lists them
 * @param program the program and its version
 */
public record RunFacts(
        RunReport report,
        String failure,
        String target,
        RunOptions options,
        List<PastRun> past,
        List<RejectPlace> rejects,
        String rejectsCommand,
        String program) {

    /** How many past runs are shown at most. */
    public static final int PAST_RUNS = 12;

    /** How many places of rejects are shown at most. */
    public static final int REJECT_PLACES = 50;

    /** Copies the lists. */
    public RunFacts {
        past = List.copyOf(past);
        rejects = List.copyOf(rejects);
    }
}
