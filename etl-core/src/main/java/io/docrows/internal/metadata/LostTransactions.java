package io.docrows.internal.metadata;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;

/**
 * What PostgreSQL had confirmed and does not have any more: it has come back without its last commits, as a standby may
 * that was behind, or a server that crashed with {@code synchronous_commit = off}.
 */
public final class LostTransactions {

    private LostTransactions() {}

    /**
     * The failure of whoever notices. Each position is stored with the rows it speaks of, so that what is there fits
     * together.
     *
     * @return to be thrown before anything is written that relies on what was lost
     */
    public static DocrowsException error() {
        return new DocrowsException(
                ErrorCode.TARGET_FAILED,
                "PostgreSQL no longer has transactions that it had confirmed, as after a failover to a standby that was"
                        + " behind, or after a crash with synchronous_commit off. Nothing more is written. Start again:"
                        + " it continues from what is there.");
    }
}
