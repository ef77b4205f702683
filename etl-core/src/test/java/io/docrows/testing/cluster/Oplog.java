package io.docrows.testing.cluster;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What has happened in a cluster, in the order in which streams tell it. Guarded by the cluster.
 *
 * <p>Tokens are ordered as texts, as MongoDB's are: the first field is the cluster time ("82" and 8 bytes), and a
 * high-water mark comes before every event of its time (MongoDB's source, resume_token.h). What follows here is of our
 * own making.
 */
final class Oplog {

    private static final String MARK = "2B00";
    private static final String EVENT = "2B02";
    private static final String FRAGMENT = "2C";

    /** Of the token of a whole event. */
    private static final int LENGTH = 26;

    private final List<Event> events = new ArrayList<>();
    private String oldest = "";

    /**
     * Something that happened.
     *
     * @param time when
     * @param token where it stands
     * @param shard where
     * @param large whether it would take more than 16 MB to tell
     * @param fields what is told of it
     */
    record Event(BsonTimestamp time, String token, int shard, boolean large, BsonDocument fields) {}

    /** The place before everything that happens at a time. */
    static String mark(BsonTimestamp time) {
        return "82%016X".formatted(time.getValue()) + MARK;
    }

    static BsonDocument document(String token) {
        return new BsonDocument("_data", new BsonString(token));
    }

    static String fragment(String token, int number) {
        return token + FRAGMENT + number;
    }

    static boolean isFragment(String token) {
        return token.length() > LENGTH;
    }

    /** Cuts the fragment's number off. */
    static String ofEvent(String token) {
        return isFragment(token) ? token.substring(0, LENGTH) : token;
    }

    /** Whether a text may be a token of such a cluster. */
    static boolean isToken(String token) {
        return token.matches("82[0-9A-F]{16}2B0[02].*");
    }

    /**
     * Adds what happened.
     *
     * @param ordinal tells events of the same time apart
     * @param fields what a stream tells, but for the token and the time
     */
    void add(BsonTimestamp time, int ordinal, int shard, boolean large, BsonDocument fields) {
        String token = "82%016X".formatted(time.getValue()) + EVENT + "%04X".formatted(ordinal);
        BsonDocument told = new BsonDocument("_id", document(token));
        told.putAll(fields);
        events.add(new Event(time, token, shard, large, told.append("clusterTime", time)));
    }

    static BsonDocument change(String operation, String database, String collection, @Nullable BsonValue id) {
        BsonDocument fields = new BsonDocument("operationType", new BsonString(operation));
        BsonDocument ns = new BsonDocument("db", new BsonString(database));
        if (!collection.isEmpty()) {
            ns.append("coll", new BsonString(collection));
        }
        if (!operation.equals("invalidate")) {
            fields.append("ns", ns);
        }
        if (id != null) {
            fields.append("documentKey", new BsonDocument("_id", id));
            // Left out by the projection; here to show that it is.
            fields.append("fullDocument", new BsonDocument("_id", id).append("secret", new BsonInt32(1)));
        }
        return fields;
    }

    /** As an oplog of fixed size does when more is written (manual, "Replica Set Oplog"). */
    void forget() {
        if (!events.isEmpty()) {
            oldest = events.get(events.size() - 1).token();
            events.clear();
        }
    }

    /** Whether everything since is still there. */
    boolean remembers(String token) {
        return token.compareTo(oldest) >= 0;
    }

    /** The events behind a place. */
    List<Event> after(String token) {
        return events.stream()
                .filter(event -> event.token().compareTo(token) > 0)
                .toList();
    }

    @Nullable Event at(String token) {
        return events.stream()
                .filter(event -> event.token().equals(token))
                .findFirst()
                .orElse(null);
    }
}
