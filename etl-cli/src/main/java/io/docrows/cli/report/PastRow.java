package io.docrows.cli.report;

import io.docrows.cli.output.Moments;
import io.docrows.cli.output.Numbers;
import io.docrows.history.PastRun;
import io.docrows.report.Counts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A run among others.
 *
 * @param run its number
 * @param current whether it is the one that is reported
 * @param started when it began
 * @param state how it ended
 * @param read how many documents it read
 * @param changed how many rows it inserted or updated
 * @param rejected how many documents it rejected
 * @param time how long it took
 * @param rate documents a second
 * @param bar the rate, as a share of the highest
 */
public record PastRow(
        long run,
        boolean current,
        String started,
        String state,
        String read,
        String changed,
        String rejected,
        String time,
        String rate,
        String bar) {

    static List<PastRow> of(List<PastRun> runs, long current) {
        double highest = runs.stream().mapToDouble(PastRow::perSecond).max().orElse(0);
        return runs.stream().map(run -> of(run, current, highest)).toList();
    }

    private static PastRow of(PastRun run, long current, double highest) {
        Counts total = run.total();
        Optional<Duration> time = time(run);
        return new PastRow(
                run.run(),
                run.run() == current,
                Moments.utc(run.started()),
                run.state().name().toLowerCase(Locale.ROOT).replace('_', ' ') + (run.partial() ? ", partial" : ""),
                Numbers.count(total.read()),
                Numbers.count(total.inserted() + total.updated()),
                Numbers.count(total.rejected()),
                time.map(Numbers::time).orElse("-"),
                time.map(spent -> Numbers.rate(total.read(), spent)).orElse("-"),
                String.format(Locale.ROOT, "%.1f%%", highest <= 0 ? 0 : 100 * perSecond(run) / highest));
    }

    private static Optional<Duration> time(PastRun run) {
        return run.finished().map(end -> Duration.between(run.started(), end));
    }

    private static double perSecond(PastRun run) {
        double seconds = time(run).map(Duration::toNanos).orElse(0L) / 1e9;
        return seconds <= 0 ? 0 : run.total().read() / seconds;
    }
}
