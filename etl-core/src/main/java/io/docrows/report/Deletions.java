package io.docrows.report;

/**
 * What a run did with rows whose document no longer exists. Immutable.
 *
 * @param deleted rows deleted, or marked as deleted
 * @param kept rows left although their document is gone, because other rows refer to them or PostgreSQL refused
 * @param unreadable documents whose key cannot be read; while there are any, it cannot be known which rows have no
 *     document, and none is deleted
 */
public record Deletions(long deleted, long kept, long unreadable) {

    /** None. */
    public static final Deletions NONE = new Deletions(0, 0, 0);

    /**
     * The sum for another mapping of the same collection, whose documents are the same.
     *
     * @param other what was done with the rows of that mapping
     * @return the sum of the rows; documents whose key cannot be read are counted once
     */
    public Deletions plus(Deletions other) {
        return new Deletions(deleted + other.deleted, kept + other.kept, Math.max(unreadable, other.unreadable));
    }
}
