package io.docrows.spring;

import io.docrows.history.Following;
import io.docrows.history.PastRun;
import io.docrows.history.RunHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the target's history says of one pipeline, whichever instance of the application ran it.
 *
 * @param latest its latest run
 * @param complete its latest run that read everything and completed
 * @param positionAge how long ago the position was stored up to which its source is followed; empty if it never was
 */
record PipelineState(Optional<PastRun> latest, Optional<PastRun> complete, Optional<Duration> positionAge) {

    /** So far back goes the search for a complete run. */
    private static final int RUNS = 50;

    static PipelineState of(RunHistory history, String pipeline) {
        List<PastRun> runs = history.runs(pipeline, RUNS);
        return new PipelineState(
                runs.stream().findFirst(),
                runs.stream()
                        .filter(run -> run.state() == PastRun.State.COMPLETED && !run.partial())
                        .findFirst(),
                history.followed().stream()
                        .filter(one -> one.pipeline().equals(pipeline) && one.loaded())
                        .map(Following::age)
                        .findFirst());
    }

    /** Why the pipeline is not healthy; empty if it is. */
    Optional<String> problem(@Nullable Duration maxAge, Instant now) {
        if (latest.isPresent() && latest.get().state() == PastRun.State.FAILED) {
            return Optional.of("the last run failed: "
                    + latest.get().errorCode().orElse("for a reason that was not written down"));
        }
        if (maxAge == null) {
            return Optional.empty();
        }
        // What another instance follows is up to date without any run.
        boolean recent = positionAge.filter(age -> age.compareTo(maxAge) <= 0).isPresent()
                || complete.flatMap(PastRun::finished)
                        .filter(end -> !end.isBefore(now.minus(maxAge)))
                        .isPresent();
        return recent ? Optional.empty() : Optional.of("no run has completed within " + maxAge);
    }

    /** For people and programs: no value of a document. */
    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        latest.ifPresent(run -> {
            details.put("run", run.run());
            details.put("state", run.state().name());
            details.put("started", run.started().toString());
            run.finished().ifPresent(end -> details.put("finished", end.toString()));
            run.errorCode().ifPresent(code -> details.put("error", code));
            details.put("read", run.total().read());
            details.put("inserted", run.total().inserted());
            details.put("updated", run.total().updated());
            details.put("unchanged", run.total().unchanged());
            details.put("rejected", run.total().rejected());
            details.put("skipped", run.total().skipped());
        });
        complete.flatMap(PastRun::finished).ifPresent(end -> details.put("lastCompleted", end.toString()));
        return details;
    }
}
