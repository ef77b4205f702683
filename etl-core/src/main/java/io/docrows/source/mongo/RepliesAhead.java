package io.docrows.source.mongo;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Asks for the next reply while the documents of the one before are being used, on a thread of its own: a server that
 * is far away, or takes its time, is waited for beside the work instead of in front of it.
 *
 * <p>Documents that nobody has used yet take at most {@link #AHEAD} bytes when another reply is asked for. A reply that
 * is larger than that itself is used up first.
 *
 * <p>What ends the reading is told when the documents before it are used up. {@link #close} does not wait for an answer
 * that is on its way: the thread lets go of the cursor when it comes.
 */
final class RepliesAhead implements Replies {

    /** Some six replies of documents of 300 bytes, which is more than a round trip of 20 ms takes to be used up. */
    static final long AHEAD = 2 << 20;

    /** What a document takes beside its bytes: an array's header, and its place in lists. */
    private static final int OVERHEAD = 32;

    private final Replies replies;
    private final String collection;
    private final Queue<Reply> waiting = new ArrayDeque<>();
    private long held;
    private long inHand;
    private boolean closed;
    private @Nullable Throwable failure;

    /** Null before the first document is asked for, and when there is nothing left to read. */
    private @Nullable Thread thread;

    private boolean begun;

    private record Reply(List<byte[]> documents, long bytes) {}

    /**
     * Nothing is asked for before the first {@link #next}.
     *
     * @param replies where they come from; closed with this
     * @param collection what messages call the collection
     */
    RepliesAhead(Replies replies, String collection) {
        this.replies = replies;
        this.collection = collection;
    }

    @Override
    public synchronized @Nullable List<byte[]> next() {
        if (closed) {
            throw new IllegalStateException("the reader was closed");
        }
        held -= inHand;
        inHand = 0;
        begin();
        notifyAll();
        while (waiting.isEmpty() && thread != null) {
            try {
                wait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new DocrowsException(
                        ErrorCode.SOURCE_FAILED,
                        "Reading the collection \"" + collection + "\" was interrupted.",
                        interrupted);
            }
        }
        Reply reply = waiting.poll();
        if (reply != null) {
            inHand = reply.bytes();
            return reply.documents();
        }
        Throwable reason = failure;
        if (reason != null) {
            throw told(reason);
        }
        return null;
    }

    private void begin() {
        if (!begun) {
            @Nullable Map<String, String> fields = MDC.getCopyOfContextMap();
            Thread reading = new Thread(() -> read(fields), "docrows-read-ahead");
            reading.setDaemon(true);
            reading.start();
            thread = reading;
            begun = true;
        }
    }

    /** As it would have been thrown here. */
    private static RuntimeException told(Throwable reason) {
        if (reason instanceof Error error) {
            throw error;
        }
        if (reason.getCause() instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return reason instanceof RuntimeException known ? known : new IllegalStateException(reason);
    }

    private void read(@Nullable Map<String, String> fields) {
        @Nullable Throwable reason = null;
        try {
            if (fields != null) {
                MDC.setContextMap(fields);
            }
            while (awaitRoom()) {
                List<byte[]> documents = replies.next();
                if (documents == null) {
                    break;
                }
                add(documents);
            }
        } catch (Throwable e) {
            reason = e;
        }
        if (isLeftAlone(reason)) {
            replies.close();
        }
    }

    /** Waits until more may be held; false if nobody wants any. */
    private synchronized boolean awaitRoom() throws InterruptedException {
        while (held > AHEAD && !closed) {
            wait();
        }
        return !closed;
    }

    private synchronized void add(List<byte[]> documents) {
        if (!closed) {
            long bytes = 0;
            for (byte[] document : documents) {
                bytes += document.length + OVERHEAD;
            }
            held += bytes;
            waiting.add(new Reply(documents, bytes));
            notifyAll();
        }
    }

    /** Ends the reading; true if it was closed meanwhile, so that nobody else lets go of the cursor. */
    private synchronized boolean isLeftAlone(@Nullable Throwable reason) {
        thread = null;
        failure = reason;
        notifyAll();
        return closed;
    }

    @Override
    public void stop() {
        replies.stop();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.clear();
            notifyAll();
            if (thread != null) {
                // Not by interrupting it: the driver would drop the connection, and the server keep the cursor.
                replies.stop();
                return;
            }
        }
        replies.close();
    }
}
