package io.docrows.internal.decode;

import org.jspecify.annotations.Nullable;

/**
 * Reads of a document nothing but its key, so that a document which is rejected can still be told from one that is
 * gone. Not thread-safe; each thread has its own.
 */
public interface KeyDecoder {

    /**
     * The key of a document.
     *
     * @param bson one document, as raw BSON
     * @return the values of the key's columns, or null if the document has none that the columns can hold: such a
     *     document has no row
     */
    @Nullable Object @Nullable [] decode(byte[] bson);

    /**
     * Whether the last document could be read as far as its key. If not, any row may be its.
     *
     * @return false for bytes that are not BSON
     */
    boolean readable();
}
