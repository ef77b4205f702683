package io.docrows.source.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import io.docrows.source.internal.BsonBytes;
import org.bson.RawBsonDocument;

/**
 * How large the documents of a collection are, by some of them. Immutable.
 *
 * @param documents how many were measured; with none, nothing is known
 * @param total their bytes
 */
record AverageSize(long documents, long total) {

    /** Documents that are enough for a guess. */
    private static final int SAMPLE = 20;

    /** Bytes that are enough for a guess, and bytes a reply: what a round trip costs is shared by all of them. */
    private static final int REPLY_BYTES = 1 << 20;

    private static final int LARGEST_REPLY = 10_000;

    /**
     * Measures the documents that the server finds first. The server's own figures are not asked for: not everyone may
     * see them.
     *
     * @return their size; of no documents if they cannot be read, which whoever reads them will report
     */
    static AverageSize of(MongoCollection<RawBsonDocument> collection) {
        long documents = 0;
        long total = 0;
        try (MongoCursor<RawBsonDocument> first =
                collection.find().limit(SAMPLE).batchSize(SAMPLE).cursor()) {
            while (total < REPLY_BYTES && first.hasNext()) {
                total += BsonBytes.of(first.next()).length;
                documents++;
            }
        } catch (MongoException unreadable) {
            return new AverageSize(0, 0);
        }
        return new AverageSize(documents, total);
    }

    /** Bytes of a document, at least 1; 1 if nothing is known. */
    long bytes() {
        return documents == 0 ? 1 : Math.max(1, total / documents);
    }

    /** How many documents to ask for at a time: as many as share a round trip well. */
    int reply() {
        if (documents == 0) {
            return MongoPartition.REPLY_DOCUMENTS;
        }
        return (int) Math.max(
                MongoPartition.REPLY_DOCUMENTS, Math.min(LARGEST_REPLY, REPLY_BYTES * documents / Math.max(1, total)));
    }
}
