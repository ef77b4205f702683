package io.docrows.inspect.internal.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.datasketches.hash.MurmurHash3;
import org.apache.datasketches.thetacommon.ThetaUtil;
import org.junit.jupiter.api.Test;

/** The hashes that are kept while a collection is measured, so that it need not be read again. */
final class KeyLogTest {

    private final KeySketch sketch = new KeySketch();

    private void fill(KeyLog log, LongStream hashes) {
        hashes.forEach(hash -> {
            long key = KeySketch.key(hash);
            sketch.update(hash, key);
            log.add(key, sketch);
        });
    }

    @Test
    void keysAreWhatTheSketchesOfTheLibraryCompute() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            long hash = i < 100 ? i - 50 : random.nextLong();
            assertThat(KeySketch.key(hash)).isEqualTo(MurmurHash3.hash(hash, ThetaUtil.DEFAULT_UPDATE_SEED)[0] >>> 1);
        }
    }

    @Test
    void keepsEveryKey() {
        KeyLog one = new KeyLog(KeyMemory.ofBytes(10_000_000), false);
        KeyLog other = new KeyLog(KeyMemory.ofBytes(10_000_000), false);
        fill(one, LongStream.range(0, 50_000));
        fill(other, LongStream.range(50_000, 60_001));
        one.merge(other);
        List<long[]> keys = one.keys();
        assertThat(keys).isNotNull();
        assertThat(keys.stream().flatMapToLong(LongStream::of).sorted().toArray())
                .isEqualTo(
                        LongStream.range(0, 60_001).map(KeySketch::key).sorted().toArray());
    }

    @Test
    void givesUpAndFreesItsMemoryWhenThereIsTooLittle() {
        KeyMemory memory = KeyMemory.ofBytes(8 * 20_000);
        KeyLog log = new KeyLog(memory, false);
        fill(log, LongStream.range(0, 30_000));
        assertThat(log.keys()).isNull();
        assertThat(memory.take(20_000)).isTrue();
        assertThat(memory.take(1)).isFalse();
    }

    @Test
    void givesUpWhenValuesRepeatTooOften() {
        KeyMemory memory = KeyMemory.ofBytes(8 * 1_000_000);
        KeyLog log = new KeyLog(memory, false);
        fill(log, LongStream.range(0, 100_000).map(i -> i % 5_000));
        assertThat(log.keys()).isNull();
        assertThat(memory.take(1_000_000)).isTrue();
    }

    @Test
    void keepsWhatIsAKeyHoweverOftenItRepeats() {
        KeyLog log = new KeyLog(KeyMemory.ofBytes(8 * 1_000_000), true);
        fill(log, LongStream.range(0, 100_000).map(i -> i % 5_000));
        assertThat(log.keys()).isNotNull();
    }
}
