package io.docrows.cli.command;

import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.output.Attempt;
import io.docrows.report.RunReport;
import io.docrows.run.FollowListener;
import io.docrows.run.FollowProgress;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is remembered of following until its end. */
final class Watched implements FollowListener {

    private final Attempt attempt;
    private final Consumer<RunReport> tell;
    private @Nullable RunReport loaded;
    private FollowProgress progress = FollowProgress.NONE;

    /**
     * Nothing yet.
     *
     * @param attempt what this process does
     * @param tell is told what was loaded
     */
    Watched(Attempt attempt, Consumer<RunReport> tell) {
        this.attempt = attempt;
        this.tell = tell;
    }

    @Override
    public void loaded(RunReport report) {
        loaded = report;
        tell.accept(report);
    }

    @Override
    public void following(long run) {
        attempt.forget();
    }

    @Override
    public void progressed(FollowProgress how) {
        progress = how;
    }

    Optional<RunReport> loaded() {
        return Optional.ofNullable(loaded);
    }

    FollowProgress progress() {
        return progress;
    }

    /** Documents that the load rejected count, too. */
    int exitCode(RunReport report) {
        int code = ExitCode.of(report);
        return code == ExitCode.DONE && loaded != null ? ExitCode.of(loaded) : code;
    }
}
