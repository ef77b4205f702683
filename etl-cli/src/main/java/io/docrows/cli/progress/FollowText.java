package io.docrows.cli.progress;

import io.docrows.cli.output.Numbers;
import io.docrows.run.FollowProgress;
import java.time.Duration;

/** How far following has come, in words: the rate is that since the last time it was asked for. Not thread-safe. */
final class FollowText {

    private static final Duration SPAN = Duration.ofSeconds(1);

    private FollowProgress before = FollowProgress.NONE;
    private long since;
    private String rate = "-";

    FollowText(long now) {
        since = now;
    }

    /**
     * Says it.
     *
     * @param progress how far it has come
     * @param now the time, as {@link System#nanoTime()}
     * @return such as {@code 2s behind; 1,200 changes, 300 documents a second; 40 rows deleted; 0 rejected}
     */
    String of(FollowProgress progress, long now) {
        Duration spent = Duration.ofNanos(now - since);
        if (spent.compareTo(SPAN) >= 0) {
            rate = Numbers.rate(progress.documents() - before.documents(), spent);
            before = progress;
            since = now;
        }
        return progress.lag().toSeconds() + "s behind; " + Numbers.count(progress.changes(), "change") + ", " + rate
                + " documents a second; " + Numbers.count(progress.deleted(), "row") + " deleted; "
                + Numbers.count(progress.rejected()) + " rejected";
    }
}
