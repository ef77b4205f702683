package io.docrows.source.mongo;

import io.docrows.source.DocumentReader;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Hands out the documents of replies one by one, and knows where it stands. */
final class MongoReader implements DocumentReader {

    private final Replies replies;
    private final LastId last;
    private byte @Nullable [] start;
    private Iterator<byte[]> reply = Collections.emptyIterator();

    /**
     * Reads from a place on.
     *
     * @param replies what is to be read; closed with this
     * @param start the position before it, or null
     * @param collection what messages call the collection
     */
    MongoReader(Replies replies, byte @Nullable [] start, String collection) {
        this.replies = replies;
        this.start = start;
        this.last = new LastId(collection);
    }

    @Override
    public byte @Nullable [] read() {
        if (!reply.hasNext()) {
            List<byte[]> next = replies.next();
            if (next == null) {
                return null;
            }
            reply = next.iterator();
        }
        byte[] document = reply.next();
        last.remember(document);
        return document;
    }

    @Override
    public byte @Nullable [] position() {
        BsonValue id = last.value();
        if (id != null) {
            start = MongoPartition.position(id);
        }
        return start == null ? null : start.clone();
    }

    @Override
    public void close() {
        replies.close();
    }
}
