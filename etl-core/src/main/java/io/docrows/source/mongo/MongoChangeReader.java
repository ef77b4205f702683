package io.docrows.source.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.Change;
import io.docrows.source.ChangeReader;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.BSONException;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a change stream on a database. The driver resumes a cursor once; when it gives up, a new one is opened at the
 * last token, as long as {@link Backoff} has it.
 */
final class MongoChangeReader implements ChangeReader {

    private static final Logger log = LoggerFactory.getLogger(MongoChangeReader.class);

    /** Events a reply; they hold no documents. */
    private static final int BATCH = 1_000;

    private static final long PATIENCE_MILLIS = 500;
    private static final BsonTimestamp NEVER = new BsonTimestamp(0);

    private final MongoDatabase database;
    private final boolean sharded;
    private final Set<String> collections;
    private final MongoPlace place;
    private final Backoff backoff;
    private final MongoClock clock;
    private ChangePosition position;
    private BsonTimestamp reached = NEVER;
    private boolean startAfter = true;
    private boolean splitting;

    /** The token of the last part of an event: of use with this very pipeline only, so never a position. */
    private @Nullable BsonDocument fragment;

    private boolean clusterTime;
    private @Nullable MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> cursor;

    private MongoChangeReader(
            MongoDatabase database,
            boolean sharded,
            Set<String> collections,
            MongoPlace place,
            Backoff backoff,
            MongoClock clock,
            ChangePosition position) {
        this.database = database;
        this.sharded = sharded;
        this.collections = Set.copyOf(collections);
        this.place = place;
        this.backoff = backoff;
        this.clock = clock;
        this.position = position;
    }

    /**
     * Opens a stream, so that a token that is of no use is found out at once.
     *
     * @param sharded whether several shards may have changes of the same moment
     * @param after where to go on, or null for now
     */
    static MongoChangeReader open(
            MongoDatabase database,
            boolean sharded,
            Set<String> collections,
            MongoPlace place,
            Backoff backoff,
            byte @Nullable [] after) {
        MongoClock clock = new MongoClock(database);
        try {
            ChangePosition position = after == null ? now(clock.read()) : ChangePosition.decode(after);
            MongoChangeReader reader =
                    new MongoChangeReader(database, sharded, collections, place, backoff, clock, position);
            reader.begin();
            return reader;
        } catch (MongoException failure) {
            throw ChangeFailure.of(failure, place, after != null, 1);
        }
    }

    /**
     * Asked before the stream is opened. What happened up to a cluster's own time is found by whoever reads after that
     * time, and is not told: of it may be that a collection was dropped, for which everything is being loaded. By
     * another clock the stream begins a moment too early rather than too late.
     */
    private static ChangePosition now(MongoClock.Reading reading) {
        return ChangePosition.from(
                reading.ofCluster() ? new BsonTimestamp(reading.time().getValue() + 1) : reading.time());
    }

    private void begin() {
        try {
            openCursor();
        } catch (MongoException failure) {
            if (!ChangeFailure.isTooLarge(failure)) {
                throw failure;
            }
            // The first answer may hold events.
            recover(failure);
        }
    }

    private MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> openCursor() {
        MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> open;
        BsonDocument token = position.token();
        if (token == null) {
            open = stream().startAtOperationTime(position.start()).cursor();
        } else {
            open = after(token);
        }
        cursor = open;
        // Servers since 4.0.7 tell a token with the first answer, even if there is no event (driver specification,
        // "change-streams", postBatchResumeToken).
        moved(open);
        return open;
    }

    /**
     * A token of an invalidate event is taken by {@code startAfter} alone. MongoDB has it since 4.2, the oldest that
     * the driver talks to; others that speak its protocol may not.
     */
    private MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> after(BsonDocument token) {
        if (startAfter) {
            try {
                return stream().startAfter(token).cursor();
            } catch (MongoException failure) {
                if (!ChangeFailure.mayBeUnknownOption(failure)) {
                    throw failure;
                }
            }
        }
        MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> open =
                stream().resumeAfter(token).cursor();
        startAfter = false;
        return open;
    }

    private ChangeStreamIterable<BsonDocument> stream() {
        return database.watch(ChangeEvent.pipeline(collections, splitting), BsonDocument.class)
                .batchSize(BATCH)
                .maxAwaitTime(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public @Nullable Change read() {
        while (true) {
            try {
                Change change = next();
                backoff.succeeded();
                return change;
            } catch (MongoException failure) {
                recover(failure);
            } catch (BSONException | IllegalStateException failure) {
                throw new DocrowsException(
                        ErrorCode.SOURCE_FAILED,
                        "Following " + place.description()
                                + " failed: the source was closed, or its answer is not BSON.",
                        RedactedCause.of(failure));
            }
        }
    }

    private @Nullable Change next() {
        MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> open = cursor;
        if (open == null) {
            open = openCursor();
        }
        MongoClock.@Nullable Reading before = clusterTime || open.available() > 0 ? null : clock.read();
        clusterTime = before == null ? clusterTime : before.ofCluster();
        while (true) {
            ChangeStreamDocument<BsonDocument> event = open.tryNext();
            if (event == null) {
                moved(open);
                if (before != null && !before.ofCluster()) {
                    // Such a server has one oplog and reads it to its end before it answers.
                    reach(before.time());
                }
                return null;
            }
            Change change = change(event);
            if (event.getSplitEvent() == null) {
                position = ChangePosition.of(event.getResumeToken());
            } else {
                fragment = event.getResumeToken();
            }
            if (change != null) {
                return change;
            }
        }
    }

    private @Nullable Change change(ChangeStreamDocument<BsonDocument> event) {
        String operation = Objects.requireNonNullElse(event.getOperationTypeString(), "");
        String collection =
                event.getNamespace() == null ? "" : event.getNamespace().getCollectionName();
        if (ChangeEvent.endsHistory(operation)) {
            throw ChangeFailure.ended(operation, collection, place);
        }
        BsonTimestamp time = event.getClusterTime();
        if (time != null) {
            // Others of the same moment may follow.
            reach(new BsonTimestamp(time.getValue() - 1));
        }
        Change.Kind kind = ChangeEvent.kind(operation);
        BsonDocument key = event.getDocumentKey();
        BsonValue id = key == null ? null : key.get("_id");
        if (kind == null || id == null || !collections.contains(collection)) {
            return null;
        }
        return new Change(kind, collection, id, time == null ? NEVER : time);
    }

    private void moved(MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> open) {
        BsonDocument token = open.getResumeToken();
        if (token != null) {
            if (!token.equals(fragment)) {
                position = ChangePosition.of(token);
            }
            BsonTimestamp time = ChangePosition.time(token);
            if (time != null) {
                // Of several shards one may have a change of that very moment which the others have kept back.
                reach(sharded ? new BsonTimestamp(time.getValue() - 1) : time);
            }
        }
    }

    private void reach(BsonTimestamp time) {
        if (time.compareTo(reached) > 0) {
            reached = time;
        }
    }

    /** Returns when reading may go on with a new cursor, and throws when it may not. */
    private void recover(MongoException failure) {
        closeCursor();
        if (ChangeFailure.isTooLarge(failure) && !splitting) {
            // Tried again as it is, it would fail for ever.
            splitting = true;
            return;
        }
        if (splitting && ChangeFailure.isUnknownStage(failure)) {
            throw ChangeFailure.tooLarge(place, RedactedCause.of(failure));
        }
        boolean again = false;
        try {
            again = !ChangeFailure.isLost(failure) && MongoFailure.isTransient(failure) && backoff.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DocrowsException(
                    ErrorCode.SOURCE_FAILED, "Following " + place.description() + " was interrupted.", interrupted);
        }
        if (!again) {
            throw ChangeFailure.of(failure, place, true, backoff.attempts());
        }
        log.warn(
                "Following {} was cut off ({}); attempt {} goes on behind the last change",
                place.description(),
                failure.getClass().getSimpleName(),
                backoff.attempts());
    }

    /**
     * The moment after which everything is told; null if that is not known. It has passed: a server refuses to read
     * after a moment that is still to come.
     */
    @Nullable BsonTimestamp begins() {
        BsonDocument token = position.token();
        BsonTimestamp first = token == null ? position.start() : ChangePosition.time(token);
        return first == null ? null : new BsonTimestamp(first.getValue() - 1);
    }

    @Override
    public byte[] position() {
        return position.encode();
    }

    @Override
    public BsonTimestamp reached() {
        return reached;
    }

    private void closeCursor() {
        MongoChangeStreamCursor<ChangeStreamDocument<BsonDocument>> open = cursor;
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
    }
}
