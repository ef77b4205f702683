package io.docrows.inspect.internal.measure;

import io.docrows.inspect.fact.SizeFacts;
import java.util.ArrayList;
import java.util.List;

/** How many elements arrays have, or fields documents. Not thread-safe. */
public final class SizeMeasure {

    private static final int SIZES = 25;

    private final long[] sizes = new long[SIZES];
    private long count;
    private long sum;
    private int min = Integer.MAX_VALUE;
    private int max = -1;

    SizeMeasure() {}

    void add(int size) {
        count++;
        sum += size;
        min = Math.min(min, size);
        max = Math.max(max, size);
        sizes[Math.min(Integer.SIZE - Integer.numberOfLeadingZeros(size), SIZES - 1)]++;
    }

    void merge(SizeMeasure other) {
        for (int i = 0; i < SIZES; i++) {
            sizes[i] += other.sizes[i];
        }
        count += other.count;
        sum += other.sum;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
    }

    /**
     * What was measured.
     *
     * @return an immutable copy
     */
    public SizeFacts facts() {
        List<Long> histogram = new ArrayList<>();
        for (long size : sizes) {
            histogram.add(size);
        }
        return new SizeFacts(count, sum, min, max, histogram);
    }
}
