package io.docrows.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

class MongoServerIT {

    @Test
    void givesBackWhatWasInserted() {
        try (MongoServer server = MongoServer.start();
                MongoClient client = MongoClients.create(server.connectionString())) {
            MongoCollection<BsonDocument> users = client.getDatabase("gigs").getCollection("users", BsonDocument.class);
            BsonDocument ada = new BsonDocument("_id", new BsonInt32(1)).append("name", new BsonString("Ada"));
            users.insertMany(List.of(ada));

            assertThat(users.find(RawBsonDocument.class).batchSize(100))
                    .containsExactly(RawBsonDocument.parse(ada.toJson()));
        }
    }

    @Test
    void serversKeepToThemselves() {
        try (MongoServer one = MongoServer.start();
                MongoServer other = MongoServer.start()) {
            assertThat(one.port()).isNotEqualTo(other.port());
            one.close();
        }
    }

    @Test
    void introducesItselfAsRecentToDriversThatAskForIt() {
        try (MongoServer server = MongoServer.startForRecentDrivers();
                MongoClient client = MongoClients.create(server.connectionString())) {
            Document introduction = client.getDatabase("admin").runCommand(new Document("isMaster", 1));
            assertThat(introduction.getInteger("maxWireVersion")).isEqualTo(13);
        }
    }
}
