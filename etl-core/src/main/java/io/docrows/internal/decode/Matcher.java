package io.docrows.internal.decode;

/** Says which mappings of a collection take a document. Not thread-safe; each thread has its own. */
public interface Matcher {

    /**
     * Which mappings take a document.
     *
     * @param bson the document, as raw BSON
     * @return by the number of the mapping; all of them for bytes that are not BSON. Overwritten by the next call
     */
    boolean[] match(byte[] bson);
}
