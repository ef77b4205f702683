package io.docrows.cli.progress;

import me.tongfei.progressbar.ProgressBarConsumer;

/** Where a progress bar is drawn: the last line of a terminal. */
final class TerminalLine implements ProgressBarConsumer {

    private final Terminal terminal;
    private final int width;

    TerminalLine(Terminal terminal, int width) {
        this.terminal = terminal;
        this.width = width;
    }

    @Override
    public int getMaxRenderedLength() {
        return width;
    }

    @Override
    public void accept(String rendered) {
        terminal.redraw(rendered);
    }

    @Override
    public void close() {
        // The line stays: the bar's owner decides when to go on below it.
    }
}
