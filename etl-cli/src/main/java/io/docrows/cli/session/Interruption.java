package io.docrows.cli.session;

import io.docrows.run.Cancellation;
import java.io.PrintStream;
import java.util.function.IntConsumer;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * What Ctrl-C and SIGTERM do. While a run is in hand, the first one asks it to finish its batch; the second one, or one
 * that comes while nothing is in hand, ends the process with its shutdown hooks, which stop embedded servers; the third
 * ends it without them. Thread-safe.
 *
 * <p>This is a signal handler and no shutdown hook because hooks run side by side: one that stops an embedded server
 * would take the target away from the batch that is being finished, and once hooks run, a second Ctrl-C goes unheard.
 */
public final class Interruption {

    /** The exit code of an interrupted command, whichever signal it was. */
    public static final int EXIT_CODE = 130;

    private final PrintStream err;
    private final IntConsumer exit;
    private final IntConsumer halt;
    private @Nullable Cancellation inHand;
    private boolean waiting;
    private boolean heard;
    private boolean ending;

    /**
     * A way to be interrupted that hears no signal by itself.
     *
     * @param err where to say what happens
     * @param exit ends the process with its shutdown hooks
     * @param halt ends the process at once
     */
    public Interruption(PrintStream err, IntConsumer exit, IntConsumer halt) {
        this.err = err;
        this.exit = exit;
        this.halt = halt;
    }

    /**
     * Listens to this process's SIGINT and SIGTERM.
     *
     * @param err where to say what happens
     * @return the interruption that the signals trigger
     */
    public static Interruption ofProcess(PrintStream err) {
        Interruption interruption = new Interruption(err, System::exit, Runtime.getRuntime()::halt);
        Signals.register("INT", interruption::signal);
        Signals.register("TERM", interruption::signal);
        return interruption;
    }

    /**
     * Marks the time in which a signal asks for an orderly stop.
     *
     * @param cancellation what the first signal triggers
     * @return to be closed when there is nothing left to finish
     */
    public synchronized Guard during(Cancellation cancellation) {
        inHand = cancellation;
        return this::release;
    }

    private synchronized void release() {
        inHand = null;
    }

    /** Handles one signal. */
    public void signal() {
        IntConsumer end;
        synchronized (this) {
            if (waiting) {
                waiting = false;
                notifyAll();
                return;
            }
            Cancellation cancellation = inHand;
            if (cancellation != null && !heard) {
                heard = true;
                cancellation.request();
                err.println();
                err.println("Interrupted: finishing the current batch. Press Ctrl-C again to stop at once.");
                return;
            }
            end = ending ? halt : exit;
            ending = true;
        }
        // Outside of the lock: exit blocks until the hooks are done, and the third signal must get through.
        end.accept(EXIT_CODE);
    }

    /** Waits for a signal, which then only ends the wait. */
    public void await() {
        synchronized (this) {
            waiting = true;
            try {
                while (waiting) {
                    wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the time in which a signal asks for an orderly stop. */
    @FunctionalInterface
    public interface Guard extends AutoCloseable {

        @Override
        void close();
    }
}
