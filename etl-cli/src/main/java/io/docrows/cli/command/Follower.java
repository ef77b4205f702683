package io.docrows.cli.command;

import io.docrows.cli.logging.LogFormat;
import io.docrows.cli.logging.LogLevel;
import io.docrows.cli.logging.Logging;
import io.docrows.cli.option.LogOptions;
import io.docrows.cli.progress.FollowLine;
import io.docrows.cli.progress.FollowLines;
import io.docrows.cli.progress.ProgressBars;
import io.docrows.cli.progress.ProgressLines;
import io.docrows.cli.progress.Terminal;
import io.docrows.cli.session.Session;
import io.docrows.run.Cancellation;
import io.docrows.run.FollowListener;
import io.docrows.run.RunListener;

/**
 * What shows on standard error how far a command is: bars on a terminal, lines elsewhere, nothing if nobody wants it.
 *
 * @param listener is told what happens
 * @param following is told how far changes are applied
 * @param end puts the terminal and the logging back
 */
record Follower(RunListener listener, FollowListener following, Runnable end) implements AutoCloseable {

    private static final int USUAL_WIDTH = 100;

    static Follower of(Session session, LogOptions log, boolean wanted, Cancellation cancellation) {
        if (!wanted || log.level().compareTo(LogLevel.INFO) < 0) {
            return new Follower(RunListener.NONE, FollowListener.NONE, () -> {});
        }
        if (!session.terminal() || log.format() == LogFormat.JSON) {
            return new Follower(new ProgressLines(System::nanoTime), new FollowLines(System::nanoTime), () -> {});
        }
        Terminal terminal = new Terminal(session.err());
        Logging.start(log.format(), log.level(), terminal.lines(), session.secrets());
        ProgressBars bars = new ProgressBars(terminal, width(session), cancellation::isRequested);
        FollowLine line = new FollowLine(terminal, width(session), System::nanoTime);
        return new Follower(bars, line, () -> {
            line.close();
            bars.close();
            Logging.start(log.format(), log.level(), session.err(), session.secrets());
        });
    }

    /** How many columns the terminal has, if that is known. */
    static int width(Session session) {
        return session.variable("COLUMNS")
                .filter(text -> text.matches("[1-9][0-9]{1,3}"))
                .map(Integer::valueOf)
                .orElse(USUAL_WIDTH);
    }

    @Override
    public void close() {
        end.run();
    }
}
