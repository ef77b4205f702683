package io.docrows.source.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.text.ForeignText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.configuration.CodecRegistries;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a partition in the order of {@code _id}, one query after the other. When the cursor is lost it opens a new one
 * behind the last document; no cursor is kept alive on purpose, for a server may drop any. Not thread-safe.
 */
final class CursorReplies implements Replies {

    private static final Logger log = LoggerFactory.getLogger(CursorReplies.class);
    private static final BsonDocument BY_ID = new BsonDocument("_id", new BsonInt32(1));

    /** So many documents tell how large they are; with fewer, there is little to gain. */
    private static final int MEASURED = 10_000;

    /** Documents a reply over a connection that does not last. */
    private static final int SMALLEST_BATCH = 100;

    private final MongoCollection<RawBsonDocument> collection;
    private final @Nullable ClientSession session;
    private final MongoPlace place;
    private final Backoff backoff;
    private final BooleanSupplier rareTypes;
    private MongoPartition rest;
    private final LastId last;
    private @Nullable Iterator<BsonDocument> filters;
    private @Nullable MongoCursor<byte[]> cursor;
    private boolean hint;

    /** Whether the server may sort on disk. Those before 4.4 do not know the option; it is tried, not derived. */
    private boolean diskUse = true;

    private int batch;
    private long measuredDocuments;
    private long measuredBytes;
    private boolean unwanted;
    private @Nullable Thread pausing;

    /**
     * Reads from a place on; the first query runs with the first read.
     *
     * @param session the session to read in, which is closed with this, or null for none
     * @param rest what is to be read
     * @param rareTypes asks whether the server knows the names of deprecated BSON types
     */
    CursorReplies(
            MongoCollection<RawBsonDocument> collection,
            @Nullable ClientSession session,
            MongoPlace place,
            MongoPartition rest,
            Backoff backoff,
            BooleanSupplier rareTypes) {
        this.collection = collection.withCodecRegistry(
                CodecRegistries.fromRegistries(DocumentBytesCodec.REGISTRY, collection.getCodecRegistry()));
        this.session = session;
        this.place = place;
        this.rest = rest;
        this.batch = rest.reply();
        this.last = new LastId(name());
        this.backoff = backoff;
        this.rareTypes = rareTypes;
        this.hint = rest.readsAll();
    }

    @Override
    public @Nullable List<byte[]> next() {
        while (true) {
            try {
                List<byte[]> reply = reply();
                if (reply != null) {
                    last.remember(reply.get(reply.size() - 1));
                    backoff.succeeded();
                }
                return reply;
            } catch (MongoException failure) {
                recover(failure);
            } catch (BSONException | IllegalStateException failure) {
                throw new DocrowsException(
                        ErrorCode.SOURCE_FAILED,
                        "Reading the collection \"" + name()
                                + "\" failed: the source was closed, or its answer is not BSON.",
                        RedactedCause.of(failure));
            }
        }
    }

    private @Nullable List<byte[]> reply() {
        Iterator<BsonDocument> queries = filters;
        if (queries == null) {
            BsonValue done = last.value();
            if (done != null) {
                rest = rest.behind(done);
            }
            queries = rest.filters(rareTypes).iterator();
            filters = queries;
        }
        while (true) {
            MongoCursor<byte[]> open = cursor;
            if (open == null) {
                if (!queries.hasNext()) {
                    return null;
                }
                open = find(queries.next());
                cursor = open;
            }
            if (open.hasNext()) {
                List<byte[]> reply = new ArrayList<>(open.available());
                do {
                    reply.add(open.next());
                } while (open.available() > 0);
                enlarge(reply);
                return reply;
            }
            closeCursor();
        }
    }

    /**
     * Goes on with larger replies, if documents turn out to be small. The driver's cursors keep the size that they
     * began with, so another one is opened, which is cheap where an index leads behind the last document, and is not
     * where documents are asked for by their _ids.
     */
    private void enlarge(List<byte[]> reply) {
        if (measuredDocuments >= MEASURED || !hint || !rest.ids().isEmpty()) {
            return;
        }
        measuredDocuments += reply.size();
        for (byte[] document : reply) {
            measuredBytes += document.length;
        }
        int fitting = new AverageSize(measuredDocuments, measuredBytes).reply();
        if (measuredDocuments >= MEASURED && fitting >= 2 * batch) {
            batch = fitting;
            closeCursor();
            filters = null;
        }
    }

    private MongoCursor<byte[]> find(BsonDocument filter) {
        FindIterable<byte[]> all = session == null
                ? collection.find(filter, byte[].class)
                : collection.find(session, filter, byte[].class);
        FindIterable<byte[]> find =
                all.projection(rest.projection()).sort(BY_ID).batchSize(batch);
        if (hint) {
            return find.hint(BY_ID).cursor();
        }
        return (diskUse ? find.allowDiskUse(true) : find).cursor();
    }

    /** Returns when reading may go on with a new cursor, and throws when it may not. */
    private void recover(MongoException failure) {
        closeCursor();
        filters = null;
        if (hint && MongoFailure.isRefusedHint(failure)) {
            hint = false;
            return;
        }
        if (!hint && diskUse && MongoFailure.mayBeUnknownOption(failure)) {
            diskUse = false;
            return;
        }
        boolean again = false;
        try {
            again = MongoFailure.isTransient(failure) && pause();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DocrowsException(
                    ErrorCode.SOURCE_FAILED, "Reading the collection \"" + name() + "\" was interrupted.", interrupted);
        }
        if (!again) {
            throw MongoFailure.reading(failure, name(), place, backoff.attempts());
        }
        // A reply that is cut off again and again gets through in smaller pieces.
        batch = Math.max(SMALLEST_BATCH, batch / 2);
        measuredDocuments = MEASURED;
        log.warn(
                "Reading the collection {} was cut off ({}); attempt {} goes on behind the last document",
                name(),
                failure.getClass().getSimpleName(),
                backoff.attempts());
    }

    /** Waits until another attempt may be made; false if none may. */
    private boolean pause() throws InterruptedException {
        synchronized (this) {
            if (unwanted) {
                return false;
            }
            pausing = Thread.currentThread();
        }
        try {
            return backoff.await();
        } finally {
            synchronized (this) {
                pausing = null;
                if (unwanted) {
                    // It was meant for the pause, which is over.
                    Thread.interrupted();
                }
            }
        }
    }

    @Override
    public synchronized void stop() {
        unwanted = true;
        if (pausing != null) {
            pausing.interrupt();
        }
    }

    private String name() {
        return ForeignText.name(collection.getNamespace().getCollectionName());
    }

    private void closeCursor() {
        MongoCursor<byte[]> open = cursor;
        cursor = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (MongoException | IllegalStateException ignored) {
            // The server drops a cursor by itself when it cannot be told to, or the client is closed already.
        }
    }

    @Override
    public void close() {
        closeCursor();
        ClientSession open = session;
        if (open != null) {
            open.close();
        }
    }
}
