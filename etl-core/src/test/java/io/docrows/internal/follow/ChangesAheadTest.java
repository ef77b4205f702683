package io.docrows.internal.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.run.Cancellation;
import io.docrows.source.Change;
import io.docrows.source.ChangeReader;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.bson.BsonInt32;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ChangesAheadTest {

    private static final int MOST = 3;
    private static final Duration LONG = Duration.ofHours(1);

    private final Told told = new Told();
    private final Cancellation cancellation = new Cancellation();

    @Test
    void whatHappensWhileARoundIsAppliedIsTheNextRoundWithEachDocumentOnce() throws Exception {
        try (ChangesAhead ahead = new ChangesAhead(told, 100, LONG, null, cancellation)) {
            told.change(1);
            told.nothing();
            assertThat(ahead.next().changes().changes()).isEqualTo(1);
            for (int i = 0; i < 50; i++) {
                told.change(2);
                told.change(3);
            }
            told.nothing();
            told.awaitAllRead();
            ChangesAhead.Round round = ahead.next();
            assertThat(round.changes().changes()).isEqualTo(100);
            assertThat(round.changes().ids().get("orders")).hasSize(2);
            assertThat(round.position()).containsExactly(101);
            assertThat(round.reached()).isEqualTo(new BsonTimestamp(101));
            assertThat(round.drained()).isTrue();
        }
    }

    @Test
    void readingWaitsWhenARoundIsFull() throws Exception {
        for (int id = 1; id <= 2 * MOST + 1; id++) {
            told.change(id);
        }
        told.nothing();
        try (ChangesAhead ahead = new ChangesAhead(told, MOST, LONG, null, cancellation)) {
            assertThat(ahead.next().changes().changes()).isEqualTo(MOST);
            assertThat(ahead.next().changes().changes()).isEqualTo(MOST);
            ChangesAhead.Round last = ahead.next();
            assertThat(last.changes().changes()).isEqualTo(1);
            assertThat(last.position()).containsExactly(2 * MOST + 1);
        }
    }

    @Test
    void aRoundIsHandedOutAfterAMomentThoughTheSourceIsStillAsked() throws Exception {
        try (ChangesAhead ahead = new ChangesAhead(told, MOST, Duration.ZERO, null, cancellation)) {
            told.change(1);
            ChangesAhead.Round round = ahead.next();
            while (round.changes().isEmpty()) {
                round = ahead.next();
            }
            assertThat(round.changes().changes()).isEqualTo(1);
            assertThat(round.drained()).isFalse();
            // The reader waits for an answer until it is let go of.
            told.nothing();
        }
    }

    @Test
    void readingEndsAtTheGoal() throws Exception {
        told.change(1);
        told.nothing();
        try (ChangesAhead ahead = new ChangesAhead(told, MOST, LONG, new BsonTimestamp(1), cancellation)) {
            ChangesAhead.Round round = ahead.next();
            assertThat(round.changes().changes()).isEqualTo(1);
            assertThat(round.caughtUp()).isTrue();
            told.closed.await();
        }
    }

    @Test
    void whatEndsTheReadingIsTold() {
        told.change(1);
        told.fail(new IllegalArgumentException("history is lost"));
        try (ChangesAhead ahead = new ChangesAhead(told, MOST, LONG, null, cancellation)) {
            assertThatThrownBy(ahead::next).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anInterruptAsksToStop() {
        try (ChangesAhead ahead = new ChangesAhead(told, MOST, LONG, null, cancellation)) {
            Thread.currentThread().interrupt();
            assertThat(ahead.next().changes().isEmpty()).isTrue();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(cancellation.isRequested()).isTrue();
            told.nothing();
        }
    }

    /** Tells what a test says; the n-th change happens at the moment n, and has the position n. */
    private static final class Told implements ChangeReader {

        private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
        private final CountDownLatch closed = new CountDownLatch(1);
        private int read;

        private void change(int id) {
            answers.add(new BsonInt32(id));
        }

        private void nothing() {
            answers.add("nothing");
        }

        private void fail(RuntimeException failure) {
            answers.add(failure);
        }

        private void awaitAllRead() {
            while (!answers.isEmpty()) {
                Thread.onSpinWait();
            }
        }

        @Override
        public @Nullable Change read() {
            try {
                Object answer = answers.take();
                if (answer instanceof RuntimeException failure) {
                    throw failure;
                }
                if (answer instanceof BsonInt32 id) {
                    read++;
                    return new Change(Change.Kind.CHANGED, "orders", id, new BsonTimestamp(read));
                }
                return null;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[] position() {
            return new byte[] {(byte) read};
        }

        @Override
        public BsonTimestamp reached() {
            return new BsonTimestamp(read);
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
