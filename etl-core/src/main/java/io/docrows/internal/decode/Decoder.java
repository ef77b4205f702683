package io.docrows.internal.decode;

import io.docrows.report.Drift;

/**
 * Decodes documents one after the other, and counts how they differ from what the mapping expects. Not thread-safe;
 * each thread has its own.
 *
 * @param <D> what becomes of a document
 */
public interface Decoder<D> {

    /**
     * Decodes one document.
     *
     * @param bson the document, as raw BSON; kept by the result, not copied
     * @return the mapped document, or why it is rejected
     */
    D decode(byte[] bson);

    /**
     * Decodes one document that the mapping is known to take, whose condition need not be looked at.
     *
     * @param bson the document, as raw BSON; kept by the result, not copied
     * @return the mapped document, or why it is rejected
     */
    D decodeMatched(byte[] bson);

    /**
     * How the documents so far differed from what the mapping expects.
     *
     * @return the drift
     */
    Drift drift();
}
