package io.docrows.source.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonTimestamp;

/**
 * The time of a cluster. Replica sets and sharded clusters tell it with every answer ({@code operationTime}; where an
 * answer needed no member, {@code $clusterTime}). A server that tells neither, as the embedded one, is asked for the
 * time of day.
 */
final class MongoClock {

    private static final BsonDocument PING = new BsonDocument("ping", new BsonInt32(1));
    private static final BsonDocument HELLO = new BsonDocument("isMaster", new BsonInt32(1));

    private final MongoDatabase database;

    MongoClock(MongoDatabase database) {
        this.database = database;
    }

    /**
     * What a server said.
     *
     * @param time the moment
     * @param ofCluster whether its changes bear times of the same clock, so that they can be compared
     */
    record Reading(BsonTimestamp time, boolean ofCluster) {}

    /**
     * Asks.
     *
     * @throws MongoException if the server cannot be asked
     */
    Reading read() {
        BsonDocument answer = database.runCommand(PING, BsonDocument.class);
        if (answer.get("operationTime") instanceof BsonTimestamp time) {
            return new Reading(time, true);
        }
        if (answer.get("$clusterTime") instanceof BsonDocument cluster
                && cluster.get("clusterTime") instanceof BsonTimestamp time) {
            return new Reading(time, true);
        }
        BsonDocument hello = database.runCommand(HELLO, BsonDocument.class);
        long millis =
                hello.get("localTime") instanceof BsonDateTime local ? local.getValue() : System.currentTimeMillis();
        return new Reading(new BsonTimestamp((int) (millis / 1000), 0), false);
    }
}
