package io.docrows.source.mongo;

import com.mongodb.client.model.ReplaceOptions;
import io.docrows.source.ChangeSource;
import io.docrows.source.ChangeSourceContract;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract of change streams on a server of the user's own. */
@EnabledIfEnvironmentVariable(
        named = TestServer.URI,
        matches = "mongodb(\\+srv)?://.+",
        disabledReason = TestServer.ABSENT)
final class ServerChangesIT extends ChangeSourceContract {

    private final TestServer server = new TestServer();
    private final ChangeSource source = server.source();

    @AfterEach
    void drop() {
        server.close();
    }

    @Override
    protected ChangeSource source() {
        return source;
    }

    @Override
    protected void put(String collection, BsonValue id, int number) {
        server.collection(collection)
                .replaceOne(
                        new BsonDocument("_id", id),
                        new BsonDocument("_id", id).append("n", new BsonInt32(number)),
                        new ReplaceOptions().upsert(true));
    }

    @Override
    protected void delete(String collection, BsonValue id) {
        server.collection(collection).deleteOne(new BsonDocument("_id", id));
    }
}
