package io.docrows.source.json;

import io.docrows.error.DocrowsException;
import io.docrows.source.DocumentReader;
import io.docrows.source.internal.IdFilter;
import org.jspecify.annotations.Nullable;

/** Hands out the wanted documents of a part of a file, and remembers an error. Not thread-safe. */
final class JsonReader implements DocumentReader {

    private final JsonDocuments documents;
    private final IdFilter filter;

    /** Behind the document handed out last. */
    private @Nullable JsonPosition position;

    private @Nullable DocrowsException failure;

    JsonReader(JsonDocuments documents, IdFilter filter, @Nullable JsonPosition after) {
        this.documents = documents;
        this.filter = filter;
        this.position = after;
    }

    @Override
    public byte @Nullable [] read() {
        if (failure != null) {
            throw failure;
        }
        try {
            byte[] document = documents.next();
            while (document != null && !filter.accepts(document)) {
                document = documents.next();
            }
            if (document != null) {
                position = documents.position();
            }
            return document;
        } catch (DocrowsException broken) {
            failure = broken;
            throw broken;
        }
    }

    @Override
    public byte @Nullable [] position() {
        return position == null ? null : position.encode();
    }

    @Override
    public void close() {
        documents.close();
    }
}
