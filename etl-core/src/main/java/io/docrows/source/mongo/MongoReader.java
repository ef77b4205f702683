package io.docrows.source.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.DocumentReader;
import io.docrows.source.internal.BsonBytes;
import io.docrows.text.ForeignText;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a partition in the order of {@code _id}, one query after the other. When the cursor is lost it opens a new one
 * behind the last document; no cursor is kept alive on purpose, for a server may drop any.
 */
final class MongoReader implements DocumentReader {

    private static final Logger log = LoggerFactory.getLogger(MongoReader.class);
    private static final BsonDocument BY_ID = new BsonDocument("_id", new BsonInt32(1));

    /** Documents a reply; the server also ends a reply at 16 MiB. */
    private static final int BATCH = 1_000;

    private final MongoCollection<RawBsonDocument> collection;
    private final @Nullable ClientSession session;
    private final MongoPlace place;
    private final Backoff backoff;
    private final BooleanSupplier rareTypes;
    private MongoPartition rest;
    private byte @Nullable [] start;
    private @Nullable Iterator<BsonDocument> filters;
    private @Nullable MongoCursor<RawBsonDocument> cursor;
    private @Nullable RawBsonDocument last;
    private boolean hint;

    /**
     * Reads from a place on; the first query runs with the first read.
     *
     * @param session the session to read in, which is closed with this, or null for none
     * @param rest what is to be read
     * @param start the position before it, or null
     * @param rareTypes asks whether the server knows the names of deprecated BSON types
     */
    MongoReader(
            MongoCollection<RawBsonDocument> collection,
            @Nullable ClientSession session,
            MongoPlace place,
            MongoPartition rest,
            byte @Nullable [] start,
            Backoff backoff,
            BooleanSupplier rareTypes) {
        this.collection = collection;
        this.session = session;
        this.place = place;
        this.rest = rest;
        this.start = start;
        this.backoff = backoff;
        this.rareTypes = rareTypes;
        this.hint = rest.readsAll();
    }

    @Override
    public byte @Nullable [] read() {
        while (true) {
            try {
                RawBsonDocument document = next();
                if (document == null) {
                    return null;
                }
                last = document;
                backoff.succeeded();
                return BsonBytes.of(document);
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

    private @Nullable RawBsonDocument next() {
        Iterator<BsonDocument> queries = filters;
        if (queries == null) {
            RawBsonDocument done = last;
            if (done != null) {
                rest = rest.behind(id(done));
            }
            queries = rest.filters(rareTypes).iterator();
            filters = queries;
        }
        while (true) {
            MongoCursor<RawBsonDocument> open = cursor;
            if (open == null) {
                if (!queries.hasNext()) {
                    return null;
                }
                open = find(queries.next());
                cursor = open;
            }
            if (open.hasNext()) {
                return open.next();
            }
            closeCursor();
        }
    }

    private MongoCursor<RawBsonDocument> find(BsonDocument filter) {
        FindIterable<RawBsonDocument> all =
                session == null ? collection.find(filter) : collection.find(session, filter);
        FindIterable<RawBsonDocument> find =
                all.projection(rest.projection()).sort(BY_ID).batchSize(BATCH);
        return (hint ? find.hint(BY_ID) : find.allowDiskUse(true)).cursor();
    }

    /** Returns when reading may go on with a new cursor, and throws when it may not. */
    private void recover(MongoException failure) {
        closeCursor();
        filters = null;
        if (hint && MongoFailure.isRefusedHint(failure)) {
            hint = false;
            return;
        }
        boolean again = false;
        try {
            again = MongoFailure.isTransient(failure) && backoff.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DocrowsException(
                    ErrorCode.SOURCE_FAILED, "Reading the collection \"" + name() + "\" was interrupted.", interrupted);
        }
        if (!again) {
            throw MongoFailure.reading(failure, name(), place, backoff.attempts());
        }
        log.warn(
                "Reading the collection {} was cut off ({}); attempt {} goes on behind the last document",
                name(),
                failure.getClass().getSimpleName(),
                backoff.attempts());
    }

    @Override
    public byte @Nullable [] position() {
        RawBsonDocument document = last;
        if (document != null) {
            start = MongoPartition.position(id(document));
        }
        return start == null ? null : start.clone();
    }

    private BsonValue id(RawBsonDocument document) {
        BsonValue id;
        try {
            id = BsonBytes.id(BsonBytes.of(document));
        } catch (BSONException malformed) {
            throw new DocrowsException(
                    ErrorCode.SOURCE_FAILED,
                    "A document of \"" + name()
                            + "\" has an _id that is no BSON, or nested too deep, after which reading cannot go on.",
                    RedactedCause.of(malformed));
        }
        if (id == null) {
            throw new DocrowsException(
                    ErrorCode.SOURCE_FAILED,
                    "A document of \"" + name()
                            + "\" has no _id, so reading cannot continue: only views can have such _ids. Read the"
                            + " collection on which the view is based.");
        }
        return id;
    }

    private String name() {
        return ForeignText.name(collection.getNamespace().getCollectionName());
    }

    private void closeCursor() {
        MongoCursor<RawBsonDocument> open = cursor;
        cursor = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (MongoException ignored) {
            // The server drops a cursor by itself when it cannot be told to.
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
