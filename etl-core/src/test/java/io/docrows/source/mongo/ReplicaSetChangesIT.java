package io.docrows.source.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.docrows.source.ChangeSource;
import io.docrows.source.ChangeSourceContract;
import io.docrows.testing.cluster.FakeCluster;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;

/** The contract on a fake replica set. */
final class ReplicaSetChangesIT extends ChangeSourceContract {

    private final FakeCluster cluster = FakeCluster.replicaSet(1);
    private final MongoClient client = MongoClients.create(cluster.uri());
    private final ChangeSource source = MongoSource.of(client, FakeCluster.DATABASE);

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Override
    protected ChangeSource source() {
        return source;
    }

    @Override
    protected void put(String collection, BsonValue id, int number) {
        cluster.put(collection, new BsonDocument("_id", id).append("n", new BsonInt32(number)));
    }

    @Override
    protected void delete(String collection, BsonValue id) {
        cluster.delete(collection, id);
    }
}
