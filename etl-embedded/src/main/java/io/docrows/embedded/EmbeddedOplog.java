package io.docrows.embedded;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which documents were changed, for change streams on a collection or a database. The server's own oplog has none on a
 * database, leaves out the namespace, tells updates wrongly and is read as a whole for every answer. Events are as
 * MongoDB's manual has them ("Change Events"), without what a document holds. Thread-safe.
 */
final class EmbeddedOplog implements Oplog {

    private static final int LOST = 286;
    private static final int INVALID_TOKEN = 260;
    private static final String TOKEN_TYPE = "82";
    private static final long PATIENCE_MILLIS = 20;

    private final CursorRegistry cursors;
    private final EmbeddedClock clock;
    private final List<Event> events = new ArrayList<>();
    private long last;
    private long forgotten;

    EmbeddedOplog(CursorRegistry cursors, EmbeddedClock clock) {
        this.cursors = cursors;
        this.clock = clock;
    }

    private record Event(long time, String namespace, Document document) {}

    @Override
    public void handleInsert(String namespace, List<Document> documents) {
        documents.forEach(document -> add("insert", namespace, document.get("_id"), true));
    }

    @Override
    public void handleUpdate(String namespace, Document selector, Document query, List<Object> modifiedIds) {
        modifiedIds.forEach(id -> add("update", namespace, id, true));
    }

    @Override
    public void handleDelete(String namespace, Document query, List<Object> deletedIds) {
        deletedIds.forEach(id -> add("delete", namespace, id, true));
    }

    @Override
    public void handleDropCollection(String namespace) {
        add("drop", namespace, "", false);
    }

    private synchronized void add(String operation, String namespace, @Nullable Object id, boolean ofDocument) {
        last = Math.max(last + 1, clock.instant().getEpochSecond() << 32 | 1);
        int dot = namespace.indexOf('.');
        Document event = new Document("_id", new Document("_data", TOKEN_TYPE + "%016x".formatted(last)))
                .append("operationType", operation)
                .append("clusterTime", new BsonTimestamp(last))
                .append(
                        "ns",
                        new Document("db", namespace.substring(0, dot)).append("coll", namespace.substring(dot + 1)));
        if (ofDocument) {
            event.append("documentKey", new Document("_id", id));
        }
        events.add(new Event(last, namespace, event));
        notifyAll();
    }

    /**
     * As if the oplog were too small for what has happened until now. Whoever begins after this begins a second later.
     */
    synchronized void forget() {
        forgotten = last;
        events.clear();
        clock.advance(Duration.ofSeconds(1));
    }

    @Override
    public synchronized Cursor createCursor(Document stream, String namespace, Aggregation stages) {
        long after = last;
        if (stream.get("startAtOperationTime") instanceof BsonTimestamp start) {
            after = start.getValue() - 1;
            requireRemembered(after);
        }
        for (String option : List.of("startAfter", "resumeAfter")) {
            if (stream.get(option) instanceof Document token) {
                after = time(token);
                requireRemembered(after);
            }
        }
        int dot = namespace.indexOf('.');
        boolean ofDatabase = namespace.substring(dot + 1).equals("1");
        Stages cursor = new Stages(
                cursors.generateCursorId(),
                ofDatabase ? namespace.substring(0, dot + 1) : namespace,
                ofDatabase,
                stages);
        cursor.next = indexAfter(after);
        cursors.add(cursor);
        return cursor;
    }

    /** As MongoDB does: a stream that cannot hold everything since is not opened at all. */
    private void requireRemembered(long after) {
        if (after < forgotten) {
            throw new MongoServerError(LOST, "ChangeStreamHistoryLost", "the oplog begins later");
        }
    }

    private static long time(Document token) {
        if (token.get("_data") instanceof String data && data.length() == 18 && data.startsWith(TOKEN_TYPE)) {
            try {
                return Long.parseLong(data, 2, data.length(), 16);
            } catch (NumberFormatException anotherForm) {
                // Told below.
            }
        }
        throw new MongoServerError(INVALID_TOKEN, "InvalidResumeToken", "not a token of this server");
    }

    private int indexAfter(long time) {
        int low = 0;
        int high = events.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events.get(middle).time() <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private synchronized List<Event> take(Stages cursor, int most) {
        if (cursor.next >= events.size()) {
            try {
                TimeUnit.MILLISECONDS.timedWait(this, PATIENCE_MILLIS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
        int from = Math.min(cursor.next, events.size());
        int to = most > 0 ? Math.min(from + most, events.size()) : events.size();
        cursor.next = to;
        return List.copyOf(events.subList(from, to));
    }

    /** A cursor, with the stages that follow {@code $changeStream}. */
    private final class Stages extends AbstractCursor {

        private final String namespace;
        private final boolean ofDatabase;
        private final Aggregation stages;
        private int next;

        private Stages(long id, String namespace, boolean ofDatabase, Aggregation stages) {
            super(id);
            this.namespace = namespace;
            this.ofDatabase = ofDatabase;
            this.stages = stages;
        }

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public List<Document> takeDocuments(int most) {
            Stream<Document> wanted = take(this, most).stream()
                    .filter(event -> ofDatabase
                            ? event.namespace().startsWith(namespace)
                            : event.namespace().equals(namespace))
                    .map(event -> event.document().cloneDeeply());
            return stages.runStagesAsStream(wanted).toList();
        }
    }
}
