package io.docrows.inspect.internal.read;

/** Takes documents, from one thread. */
@FunctionalInterface
public interface DocumentSink {

    /**
     * Takes a document.
     *
     * @param document its bytes, which are not changed afterwards
     */
    void document(byte[] document);
}
