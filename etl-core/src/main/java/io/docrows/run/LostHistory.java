package io.docrows.run;

/** What to do when changes were missed, as the source no longer has all of them. */
public enum LostHistory {
    /** Load everything again, with deletes, and follow from there. */
    RUN,
    /** Give up, with {@link io.docrows.error.ErrorCode#SOURCE_HISTORY_LOST}. */
    FAIL
}
