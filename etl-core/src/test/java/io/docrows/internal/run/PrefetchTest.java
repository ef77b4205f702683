package io.docrows.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.incremental.WatermarkFilter;
import io.docrows.internal.stage.FeedLimits;
import io.docrows.internal.stage.PartitionFeed;
import io.docrows.source.DocumentReader;
import io.docrows.testing.Bookshop;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PrefetchTest {

    private final Source source = new Source();
    private final Handover<Prefetch.Read<byte[]>> batches = new Handover<>();
    private final Prefetch<byte[]> reading = new Prefetch<>(
            new PartitionFeed<>(
                    "authors",
                    source,
                    new WatermarkFilter(Bookshop.AUTHORS, null),
                    document -> document,
                    FeedLimits.alone(10, 1 << 20, OptionalLong.empty(), () -> false)),
            batches);

    /** A source of which the first document never comes, and which takes an interrupt for the end. */
    private static final class Source implements DocumentReader {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile boolean forgetful;

        @Override
        public byte @Nullable [] read() {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                if (!forgetful) {
                    Thread.currentThread().interrupt();
                }
            }
            return null;
        }

        @Override
        public byte @Nullable [] position() {
            return null;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void endsIfItWasStoppedBeforeItHadAThread() throws Exception {
        List<Runnable> begun = new ArrayList<>();
        reading.begin(begun::add);
        Thread stopping = stopping();
        while (stopping.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        begun.get(0).run();

        stopping.join();
        assertThat(source.closed.getCount()).isZero();
        assertThat(source.asked.getCount()).isEqualTo(1);
    }

    @Test
    void endsIfTheSourceForgetsThatItWasStopped() throws Exception {
        source.forgetful = true;
        Thread thread = new Thread(reading);
        thread.start();
        source.asked.await();

        stopping().join();

        thread.join();
        assertThat(source.closed.getCount()).isZero();
    }

    @Test
    void tellsWhoeverWaitsThatItsThreadWasInterrupted() throws Exception {
        Thread thread = new Thread(() -> {
            Thread.currentThread().interrupt();
            reading.run();
        });
        thread.start();

        assertThatExceptionOfType(Handover.BrokenOff.class)
                .isThrownBy(batches::take)
                .satisfies(e -> assertThat(e.reason())
                        .isInstanceOfSatisfying(
                                DocrowsException.class,
                                reason -> assertThat(reason.code()).isEqualTo(ErrorCode.SOURCE_FAILED)));
        reading.stop();
        assertThat(source.closed.getCount()).isZero();
    }

    private Thread stopping() {
        Thread stopping = new Thread(() -> {
            try {
                reading.stop();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        stopping.setDaemon(true);
        stopping.start();
        return stopping;
    }
}
