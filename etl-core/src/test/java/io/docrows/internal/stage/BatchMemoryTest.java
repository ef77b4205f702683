package io.docrows.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BatchMemoryTest {

    private final BatchMemory memory = new BatchMemory(100);

    @Test
    void aBatchGetsNoMoreThanOthersLeave() {
        BatchMemory.Share one = memory.share();
        BatchMemory.Share other = memory.share();

        assertThat(one.tryMore(60)).isTrue();
        assertThat(other.tryMore(60)).isFalse();
        assertThat(other.tryMore(40)).isTrue();
        one.release();
        one.release();
        assertThat(other.tryMore(60)).isTrue();
    }

    @Test
    void aBatchLargerThanAllRoomGetsItWhenNoOtherIsInHand() throws InterruptedException {
        BatchMemory.Share one = memory.share();
        one.more(500);
        assertThat(memory.share().tryMore(1)).isFalse();
        one.release();
        assertThat(memory.share().tryMore(1)).isTrue();
    }

    @Test
    void ofBatchesThatAllWaitForEachOtherOneGoesOn() throws Exception {
        BatchMemory.Share[] shares = {memory.share(), memory.share(), memory.share()};
        for (BatchMemory.Share share : shares) {
            assertThat(share.tryMore(33)).isTrue();
        }
        CountDownLatch done = new CountDownLatch(shares.length);
        for (BatchMemory.Share share : shares) {
            new Thread(() -> {
                        try {
                            share.more(90);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        share.release();
                        done.countDown();
                    })
                    .start();
        }

        assertThat(done.await(50, TimeUnit.SECONDS)).isTrue();
    }
}
