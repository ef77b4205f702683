package io.docrows.cli.progress;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A terminal whose last line is redrawn while other lines scroll past above it. What is written through
 * {@link #lines()} never lands in the middle of that line. Thread-safe.
 */
public final class Terminal {

    /** Back to the start of the line and erase it (ECMA-48: CR, then EL). */
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream stream;
    private String status = "";

    /**
     * A terminal.
     *
     * @param stream what it shows
     */
    public Terminal(PrintStream stream) {
        this.stream = stream;
    }

    /**
     * Redraws the last line.
     *
     * @param text what it says now
     */
    public synchronized void redraw(String text) {
        status = text;
        stream.print(ERASE + text);
        stream.flush();
    }

    /** Leaves the last line as it is and goes on below it. */
    public synchronized void keep() {
        if (!status.isEmpty()) {
            status = "";
            stream.println();
            stream.flush();
        }
    }

    /**
     * The way for everything else.
     *
     * @return a stream of lines that appear above the last one
     */
    public OutputStream lines() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
                synchronized (Terminal.this) {
                    stream.print(status.isEmpty() ? text : ERASE + text + status);
                    stream.flush();
                }
            }
        };
    }
}
