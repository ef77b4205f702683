package io.docrows.report;

/**
 * What became of documents. For every collection and every run {@code read = inserted + updated + unchanged + rejected
 * + skipped}; a value of this type cannot say otherwise. Immutable.
 *
 * @param read documents taken from the source
 * @param inserted documents whose row is new
 * @param updated documents whose row, or rows in join tables, changed
 * @param unchanged documents whose rows were already equal
 * @param rejected documents that went to {@code docrows.reject}
 * @param skipped documents that were left out without being wrong: superseded by a later one with the same key in the
 *     same batch, or {@code unmatched}
 * @param unmatched those of the skipped documents that no mapping of their collection takes, because of its
 *     {@linkplain io.docrows.mapping.CollectionMapping.Builder#where condition}
 */
public record Counts(
        long read, long inserted, long updated, long unchanged, long rejected, long skipped, long unmatched) {

    /** Nothing read yet. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    /**
     * Checks the accounting.
     *
     * @throws IllegalArgumentException if a count is negative, the sum does not hold, or more documents are unmatched
     *     than skipped
     */
    public Counts {
        if (Math.min(Math.min(inserted, updated), Math.min(unchanged, Math.min(rejected, skipped))) < 0
                || unmatched < 0
                || unmatched > skipped
                || read != inserted + updated + unchanged + rejected + skipped) {
            throw new IllegalArgumentException("the accounting does not hold: read " + read + ", inserted " + inserted
                    + ", updated " + updated + ", unchanged " + unchanged + ", rejected " + rejected + ", skipped "
                    + skipped + ", unmatched " + unmatched);
        }
    }

    /**
     * Counts of documents all of which some mapping takes.
     *
     * @param read documents taken from the source
     * @param inserted documents whose row is new
     * @param updated documents whose row, or rows in join tables, changed
     * @param unchanged documents whose rows were already equal
     * @param rejected documents that went to {@code docrows.reject}
     * @param skipped documents superseded by a later one with the same key in the same batch
     */
    public Counts(long read, long inserted, long updated, long unchanged, long rejected, long skipped) {
        this(read, inserted, updated, unchanged, rejected, skipped, 0);
    }

    /**
     * Returns the sum of these counts and others.
     *
     * @param other the counts to add
     * @return the sum
     */
    public Counts plus(Counts other) {
        return new Counts(
                read + other.read,
                inserted + other.inserted,
                updated + other.updated,
                unchanged + other.unchanged,
                rejected + other.rejected,
                skipped + other.skipped,
                unmatched + other.unmatched);
    }
}
