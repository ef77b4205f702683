package io.docrows.inspect.internal.measure;

import org.jspecify.annotations.Nullable;

/**
 * How many values there are of a kind, in how many documents, and the smallest {@code _id} of these. The same for every
 * order of the documents. Not thread-safe.
 */
public final class Tally {

    private long values;
    private long documents;
    private long lastDocument = -1;
    private long high = Long.MAX_VALUE;
    private long low = Long.MAX_VALUE;
    private byte @Nullable [] id;

    /** Nothing yet. */
    public Tally() {}

    /**
     * Counts a value.
     *
     * @param mark the document it is in
     */
    public void add(DocumentMark mark) {
        values++;
        if (lastDocument != mark.number) {
            lastDocument = mark.number;
            documents++;
            if (mark.high <= high && (mark.high < high || mark.low <= low)) {
                lower(mark);
            }
        }
    }

    private void lower(DocumentMark mark) {
        byte[] known = id;
        if (known != null && mark.high == high && mark.low == low && mark.compareIdTo(known) >= 0) {
            return;
        }
        high = mark.high;
        low = mark.low;
        id = mark.id();
    }

    /**
     * Adds what another thread has counted.
     *
     * @param other the other one
     */
    public void merge(Tally other) {
        values += other.values;
        documents += other.documents;
        byte[] theirs = other.id;
        if (theirs == null) {
            return;
        }
        byte[] mine = id;
        if (mine == null || compare(other, theirs, mine) < 0) {
            high = other.high;
            low = other.low;
            id = theirs;
        }
    }

    private int compare(Tally other, byte[] theirs, byte[] mine) {
        if (other.high != high) {
            return Long.compare(other.high, high);
        }
        if (other.low != low) {
            return Long.compare(other.low, low);
        }
        return java.util.Arrays.compareUnsigned(theirs, mine);
    }

    /**
     * How many values.
     *
     * @return the count
     */
    public long values() {
        return values;
    }

    /**
     * In how many documents.
     *
     * @return at most {@link #values()}; too high where paths were put together that one document has several of
     */
    public long documents() {
        return Math.min(documents, values);
    }

    /**
     * The smallest {@code _id}.
     *
     * @return its text; null if nothing was counted, or the document has none
     */
    public @Nullable String firstId() {
        byte[] known = id;
        return known == null ? null : DocumentMark.text(known);
    }
}
