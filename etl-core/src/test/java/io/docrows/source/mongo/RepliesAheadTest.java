package io.docrows.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** Reading ahead of whoever uses the documents. */
@Timeout(60)
final class RepliesAheadTest {

    private final Source source = new Source();
    private final RepliesAhead ahead = new RepliesAhead(source, "gigs");

    @AfterEach
    void close() {
        ahead.close();
    }

    /** Replies that a test has prepared, then the end. */
    private static final class Source implements Replies {

        private final Queue<Supplier<@Nullable List<byte[]>>> prepared = new ConcurrentLinkedQueue<>();
        private final AtomicInteger asked = new AtomicInteger();
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile @Nullable Thread reader;
        private volatile boolean stopped;

        private void prepare(int documents, int size) {
            prepared.add(() -> documents(documents, size));
        }

        private static List<byte[]> documents(int number, int size) {
            List<byte[]> documents = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                documents.add(new byte[size]);
            }
            return documents;
        }

        @Override
        public @Nullable List<byte[]> next() {
            reader = Thread.currentThread();
            asked.incrementAndGet();
            Supplier<@Nullable List<byte[]>> next = prepared.poll();
            return next == null ? null : next.get();
        }

        @Override
        public void stop() {
            stopped = true;
        }

        @Override
        public void close() {
            closed.countDown();
        }

        /** Waits until the thread that reads waits for room. */
        private void awaitReaderAtRest() {
            Thread thread = reader;
            while (thread == null
                    || thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
                thread = reader;
            }
        }
    }

    @Test
    void asksForNothingBeforeTheFirstDocumentIsWanted() {
        ahead.close();
        assertThat(source.asked).hasValue(0);
        assertThat(source.closed.getCount()).isZero();
    }

    @Test
    void handsRepliesOnInTheirOrder() {
        for (int i = 1; i <= 500; i++) {
            source.prepare(i % 7 + 1, i);
        }
        List<Integer> sizes = new ArrayList<>();
        for (List<byte[]> reply = ahead.next(); reply != null; reply = ahead.next()) {
            reply.forEach(document -> sizes.add(document.length));
        }
        List<Integer> expected = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            for (int k = 0; k <= i % 7; k++) {
                expected.add(i);
            }
        }
        assertThat(sizes).isEqualTo(expected);
        assertThat(ahead.next()).isNull();
        assertThat(ahead.next()).isNull();
    }

    @Test
    void holdsNoMoreThanItMay() {
        int size = (int) RepliesAhead.AHEAD / 4;
        for (int i = 0; i < 20; i++) {
            source.prepare(1, size);
        }
        assertThat(ahead.next()).isNotNull();
        source.awaitReaderAtRest();
        // One in hand, three that wait, which is all but the room for the overhead, and the one that is too much.
        assertThat(source.asked).hasValue(4);
        for (int used = 1; used < 10; used++) {
            ahead.next();
            source.awaitReaderAtRest();
            assertThat(source.asked).hasValue(4 + used);
        }
    }

    @Test
    void readsNothingBesideAReplyThatIsLargerThanAllThereIsRoomFor() {
        for (int i = 0; i < 4; i++) {
            source.prepare(1, (int) RepliesAhead.AHEAD);
        }
        for (int used = 1; used <= 4; used++) {
            assertThat(ahead.next()).isNotNull();
            source.awaitReaderAtRest();
            assertThat(source.asked).hasValue(used);
        }
        assertThat(ahead.next()).isNull();
    }

    @Test
    void countsWhatSmallDocumentsTakeBesideTheirBytes() {
        int documents = (int) RepliesAhead.AHEAD / 32;
        source.prepare(documents, 1);
        source.prepare(1, 1);
        assertThat(ahead.next()).hasSize(documents);
        source.awaitReaderAtRest();
        assertThat(source.asked).hasValue(1);
    }

    @Test
    void tellsAFailureWhenTheDocumentsBeforeItAreUsed() {
        DocrowsException failure = new DocrowsException(ErrorCode.SOURCE_FAILED, "cut off");
        source.prepare(1, 1);
        source.prepare(2, 1);
        source.prepared.add(() -> {
            throw failure;
        });
        assertThat(ahead.next()).hasSize(1);
        source.awaitReaderAtRest();
        assertThat(ahead.next()).hasSize(2);
        assertThatThrownBy(ahead::next).isSameAs(failure);
        assertThatThrownBy(ahead::next).isSameAs(failure);
    }

    @Test
    void tellsAnError() {
        OutOfMemoryError error = new OutOfMemoryError("a reply");
        source.prepared.add(() -> {
            throw error;
        });
        assertThatThrownBy(ahead::next).isSameAs(error);
    }

    @Test
    void closingDoesNotWaitForAnAnswerThatIsOnItsWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        source.prepare(1, 1);
        source.prepared.add(() -> {
            asked.countDown();
            await(answer);
            return Source.documents(1, 1);
        });
        source.prepare(1, 1);
        assertThat(ahead.next()).isNotNull();
        asked.await();
        ahead.close();
        assertThat(source.stopped).isTrue();
        assertThat(source.closed.getCount()).as("the cursor is in use").isEqualTo(1);
        answer.countDown();
        source.closed.await();
        assertThat(source.asked).as("nothing is asked for any more").hasValue(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("the driver would drop the connection", e);
        }
    }

    @Test
    void whoeverWaitsForAnAnswerCanBeInterrupted() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        source.prepared.add(() -> {
            await(answer);
            return null;
        });
        Thread.currentThread().interrupt();
        assertThatThrownBy(ahead::next)
                .isInstanceOf(DocrowsException.class)
                .hasMessage("Reading the collection \"gigs\" was interrupted.");
        assertThat(Thread.interrupted()).isTrue();
        ahead.close();
        answer.countDown();
        source.closed.await();
    }

    @Test
    void aClosedReaderHasNoEnd() {
        source.prepare(1, 1);
        ahead.next();
        ahead.close();
        ahead.close();
        // Null would mean that all was read.
        assertThatThrownBy(ahead::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void logsWithTheFieldsOfWhoeverReads() {
        List<@Nullable String> seen = new ArrayList<>();
        source.prepared.add(() -> {
            seen.add(MDC.get("run"));
            return null;
        });
        MDC.put("run", "7");
        try {
            assertThat(ahead.next()).isNull();
        } finally {
            MDC.remove("run");
        }
        assertThat(seen).containsExactly("7");
    }
}
