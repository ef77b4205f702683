package io.docrows.inspect.internal.measure;

import io.docrows.inspect.fact.TextFacts;
import java.util.ArrayList;
import java.util.List;

/** How long texts are, and what else matters for their column. Not thread-safe. */
public final class TextMeasure {

    /** Doublings of the length that are told apart. */
    static final int LENGTHS = 25;

    private final long[] lengths = new long[LENGTHS];
    private int min = Integer.MAX_VALUE;
    private int max = -1;
    private int maxBytes;
    private long notAscii;
    private long edgeBlank;

    TextMeasure() {}

    void add(TextScan scan, int bytes) {
        int length = scan.characters;
        min = Math.min(min, length);
        max = Math.max(max, length);
        maxBytes = Math.max(maxBytes, bytes);
        notAscii += scan.ascii ? 0 : 1;
        edgeBlank += scan.edgeBlank ? 1 : 0;
        lengths[Math.min(Integer.SIZE - Integer.numberOfLeadingZeros(length), LENGTHS - 1)]++;
    }

    void merge(TextMeasure other) {
        for (int i = 0; i < LENGTHS; i++) {
            lengths[i] += other.lengths[i];
        }
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        maxBytes = Math.max(maxBytes, other.maxBytes);
        notAscii += other.notAscii;
        edgeBlank += other.edgeBlank;
    }

    /**
     * What was measured.
     *
     * @return an immutable copy
     */
    public TextFacts facts() {
        List<Long> histogram = new ArrayList<>();
        for (long length : lengths) {
            histogram.add(length);
        }
        return new TextFacts(min, max, maxBytes, notAscii, edgeBlank, histogram);
    }
}
