package io.docrows.cli.progress;

import io.docrows.run.FollowListener;
import io.docrows.run.FollowProgress;
import java.util.function.LongSupplier;

/** Keeps the last line of a terminal up to date while changes are followed. Called by one thread. */
public final class FollowLine implements FollowListener, AutoCloseable {

    private final Terminal terminal;
    private final int width;
    private final LongSupplier nanoTime;
    private FollowText text;

    /**
     * A line on a terminal.
     *
     * @param terminal where to draw
     * @param columns how wide it is
     * @param nanoTime as {@link System#nanoTime()}
     */
    public FollowLine(Terminal terminal, int columns, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.width = columns - 1;
        this.nanoTime = nanoTime;
        this.text = new FollowText(nanoTime.getAsLong());
    }

    @Override
    public void following(long run) {
        text = new FollowText(nanoTime.getAsLong());
        draw("run " + run + " applies changes");
    }

    @Override
    public void progressed(FollowProgress progress) {
        draw(text.of(progress, nanoTime.getAsLong()));
    }

    @Override
    public void historyLost(String reason) {
        terminal.keep();
    }

    private void draw(String line) {
        terminal.redraw(line.substring(0, Math.min(line.length(), width)));
    }

    @Override
    public void close() {
        terminal.keep();
    }
}
