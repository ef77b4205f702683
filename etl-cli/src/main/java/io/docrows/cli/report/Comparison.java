package io.docrows.cli.report;

import io.docrows.cli.output.Numbers;
import io.docrows.history.PastRun;
import io.docrows.report.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a run differs from the last one that was like it, in words. */
final class Comparison {

    private Comparison() {}

    static String of(List<PastRun> runs, long current) {
        Optional<PastRun> now = whole(runs).filter(run -> run.run() == current).findFirst();
        return now.flatMap(run -> whole(runs)
                        .filter(before ->
                                before.run() < current && before.source().equals(run.source()))
                        .findFirst()
                        .map(before -> of(run, before)))
                .orElse("");
    }

    private static Stream<PastRun> whole(List<PastRun> runs) {
        return runs.stream().filter(run -> run.state() == PastRun.State.COMPLETED && !run.partial());
    }

    private static String of(PastRun now, PastRun before) {
        Counts counts = now.total();
        Counts past = before.total();
        List<String> parts = new ArrayList<>();
        parts.add(difference(counts.read() - past.read(), "document"));
        if (counts.rejected() != past.rejected()) {
            parts.add(difference(counts.rejected() - past.rejected(), "reject"));
        }
        parts.add(Numbers.time(time(now)) + " instead of " + Numbers.time(time(before)));
        return "Compared with run " + before.run() + " of the same source: " + String.join(", ", parts) + ".";
    }

    private static String difference(long more, String one) {
        return more == 0
                ? "the same number of " + one + "s"
                : Numbers.count(Math.abs(more))
                        + (more > 0 ? " more " : " fewer ")
                        + one
                        + (Math.abs(more) == 1 ? "" : "s");
    }

    private static Duration time(PastRun run) {
        return run.finished().map(end -> Duration.between(run.started(), end)).orElse(Duration.ZERO);
    }
}
