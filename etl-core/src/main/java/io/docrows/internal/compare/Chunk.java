package io.docrows.internal.compare;

import io.docrows.internal.stage.Span;

/**
 * Some documents of one batch.
 *
 * @param batch the batch's number
 * @param places their places in it
 */
record Chunk(int batch, Span places) {

    /** Whether a row of a table is within it. */
    String of(String alias) {
        return alias + ".batch = " + batch + " AND " + alias + ".place >= " + places.from() + " AND " + alias
                + ".place < " + places.to();
    }
}
