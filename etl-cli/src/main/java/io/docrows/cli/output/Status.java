package io.docrows.cli.output;

import io.docrows.history.FilledTable;
import io.docrows.history.Following;
import io.docrows.history.LockHolder;
import io.docrows.history.MissingConstraint;
import io.docrows.history.OpenRejects;
import io.docrows.history.PastRun;
import io.docrows.history.RunHistory;
import io.docrows.history.WaitingReferences;
import java.util.List;

/**
 * What is written down in a target, and who is at work on it.
 *
 * @param target where this was read, without secrets
 * @param runs past runs, the latest first
 * @param rejects documents still rejected
 * @param waiting references that wait
 * @param missing constraints that a first load has deferred
 * @param filled who has filled which table
 * @param followed where pipelines stand that follow their source
 * @param locks who keeps other runs from the target
 */
public record Status(
        String target,
        List<PastRun> runs,
        List<OpenRejects> rejects,
        List<WaitingReferences> waiting,
        List<MissingConstraint> missing,
        List<FilledTable> filled,
        List<Following> followed,
        List<LockHolder> locks) {

    /** Copies the lists. */
    public Status {
        runs = List.copyOf(runs);
        rejects = List.copyOf(rejects);
        waiting = List.copyOf(waiting);
        missing = List.copyOf(missing);
        filled = List.copyOf(filled);
        followed = List.copyOf(followed);
        locks = List.copyOf(locks);
    }

    /**
     * Reads all of it.
     *
     * @param target what was read, without secrets
     * @param history what is written down there
     * @param runs how many past runs at most
     * @return what is known now
     */
    public static Status of(String target, RunHistory history, int runs) {
        return new Status(
                target,
                history.runs(runs),
                history.openRejects(),
                history.waitingReferences(),
                history.missingConstraints(),
                history.filledTables(),
                history.followed(),
                history.locks());
    }
}
