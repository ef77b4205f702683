package io.docrows.cli.progress;

import io.docrows.cli.output.Numbers;
import io.docrows.run.FollowProgress;
import java.time.Duration;

/** How far following has come, in words: rates are those since the last time it was asked for. Not thread-safe. */
final class FollowText {

    private static final Duration SPAN = Duration.ofSeconds(1);

    private FollowProgress before = FollowProgress.NONE;
    private long since;
    private String changes = "-";
    private String rows = "-";

    FollowText(long now) {
        since = now;
    }

    /**
     * Says it.
     *
     * @param progress how far it has come
     * @param now the time, as {@link System#nanoTime()}
     * @return such as {@code 2s behind; 1,200 changes; 300 changes and 900 rows a second; 40 rows deleted; 0 rejected;
     *     position 1s old}
     */
    String of(FollowProgress progress, long now) {
        Duration spent = Duration.ofNanos(now - since);
        if (spent.compareTo(SPAN) >= 0) {
            changes = Numbers.rate(progress.changes() - before.changes(), spent);
            rows = Numbers.rate(progress.rows() - before.rows(), spent);
            before = progress;
            since = now;
        }
        return progress.lag().toSeconds() + "s behind; " + Numbers.count(progress.changes(), "change") + "; " + changes
                + " changes and " + rows + " rows a second; " + Numbers.count(progress.deleted(), "row") + " deleted; "
                + Numbers.count(progress.rejected()) + " rejected; position "
                + progress.positionAge().toSeconds() + "s old";
    }
}
