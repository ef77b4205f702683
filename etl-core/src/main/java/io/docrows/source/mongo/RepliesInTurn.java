package io.docrows.source.mongo;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The replies of several queries, each of which is asked when those of the one before are used up. */
final class RepliesInTurn implements Replies {

    private final Iterator<Supplier<Replies>> queries;
    private @Nullable Replies current;
    private boolean unwanted;
    private boolean closed;

    /**
     * Nothing is asked for before the first {@link #next}.
     *
     * @param queries makes what is to be read; each is closed when it is used up
     */
    RepliesInTurn(Iterator<Supplier<Replies>> queries) {
        this.queries = queries;
    }

    @Override
    public @Nullable List<byte[]> next() {
        while (true) {
            Replies open = open();
            if (open == null) {
                return null;
            }
            List<byte[]> reply = open.next();
            if (reply != null) {
                return reply;
            }
            release();
        }
    }

    private synchronized @Nullable Replies open() {
        if (closed) {
            throw new IllegalStateException("the reader was closed");
        }
        if (current == null && queries.hasNext()) {
            current = queries.next().get();
            if (unwanted) {
                current.stop();
            }
        }
        return current;
    }

    private synchronized void release() {
        Replies open = current;
        current = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public synchronized void stop() {
        unwanted = true;
        if (current != null) {
            current.stop();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        release();
    }
}
