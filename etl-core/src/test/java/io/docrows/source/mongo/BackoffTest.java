package io.docrows.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BackoffTest {

    private final AtomicLong now = new AtomicLong();
    private final List<Long> pauses = new ArrayList<>();
    private final Backoff backoff = new Backoff(this::pause, now::get, new SplittableRandom(5));

    @Test
    void waitsLongerAndLongerAndThenGivesUp() throws InterruptedException {
        while (backoff.await()) {
            assertThat(backoff.attempts()).isEqualTo(pauses.size());
        }
        assertThat(pauses).hasSizeBetween(7, 8);
        long longest = 200;
        for (long pause : pauses) {
            assertThat(pause).isBetween(longest / 2, longest);
            longest = Math.min(8_000, longest * 2);
        }
        assertThat(now.get()).isLessThan(TimeUnit.SECONDS.toNanos(40));
    }

    @Test
    void givesUpSoonerWhenTheAttemptsThemselvesTakeLong() throws InterruptedException {
        int attempts = 0;
        while (backoff.await()) {
            attempts++;
            now.addAndGet(TimeUnit.SECONDS.toNanos(10));
        }
        assertThat(attempts).isEqualTo(3);
    }

    @Test
    void startsOverAfterASuccess() throws InterruptedException {
        for (int i = 0; i < 8; i++) {
            backoff.await();
        }
        backoff.succeeded();
        assertThat(backoff.attempts()).isZero();
        assertThat(backoff.await()).isTrue();
    }

    private void pause(long millis) {
        pauses.add(millis);
        now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
