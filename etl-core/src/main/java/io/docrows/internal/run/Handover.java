package io.docrows.internal.run;

import org.jspecify.annotations.Nullable;

/**
 * The place where one thread hands things to another, one at a time and when both are there. A third thing that waited
 * between them would take as much memory, and the collector's time, for nothing. The giver also tells when it has ended
 * by a failure, so that nobody waits for what is never handed over. Thread-safe.
 *
 * @param <T> what is handed over
 */
final class Handover<T> {

    private @Nullable T offered;
    private @Nullable Throwable failure;

    /**
     * Offers something, and waits until it is taken.
     *
     * @throws InterruptedException if the thread is interrupted; then it will not be taken
     */
    synchronized void give(T next) throws InterruptedException {
        offered = next;
        notifyAll();
        try {
            while (offered != null) {
                wait();
            }
        } finally {
            offered = null;
        }
    }

    /** Says that nothing more is going to be given, and why. */
    synchronized void fail(Throwable reason) {
        failure = reason;
        notifyAll();
    }

    /**
     * Takes what is offered, and waits for it.
     *
     * @return the next thing
     * @throws BrokenOff if the giver has ended
     * @throws InterruptedException if the thread is interrupted
     */
    synchronized T take() throws InterruptedException, BrokenOff {
        while (offered == null) {
            if (failure != null) {
                throw new BrokenOff(failure);
            }
            wait();
        }
        T taken = offered;
        offered = null;
        notifyAll();
        return taken;
    }

    /** The giver's thread has ended by what is the cause. */
    static final class BrokenOff extends Exception {

        private static final long serialVersionUID = 1L;

        private final Throwable reason;

        private BrokenOff(Throwable reason) {
            super("the giving thread has ended", reason);
            this.reason = reason;
        }

        /** What has ended it. */
        Throwable reason() {
            return reason;
        }
    }
}
