package io.docrows.run;

import io.docrows.error.DocrowsException;

/**
 * How many rows a run may delete, or mark, of one table before it refuses to touch any: a number, or a share of the
 * table's rows. It catches a source that is not the one it should be. Immutable.
 */
public final class DeleteLimit {

    /** A tenth of the rows: the default. */
    public static final DeleteLimit DEFAULT = of("10%");

    private final Share share;

    private DeleteLimit(Share share) {
        this.share = share;
    }

    /**
     * Returns a limit from its text.
     *
     * @param text a number of rows such as {@code 100}, or a percentage such as {@code 2.5%}
     * @return the limit
     * @throws DocrowsException {@code INVALID_OPTION} if the text is neither
     */
    public static DeleteLimit of(String text) {
        return new DeleteLimit(Share.of(text, "A limit of deletes"));
    }

    /**
     * Returns whether the limit is exceeded.
     *
     * @param rows rows that would be deleted
     * @param all rows there are
     * @return true if nothing may be deleted
     */
    public boolean isExceededBy(long rows, long all) {
        return share.isExceededBy(rows, all);
    }

    @Override
    public String toString() {
        return share.text();
    }
}
