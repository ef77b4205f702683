package io.docrows.gigs;

import io.docrows.gigs.samples.Samples;
import io.docrows.source.DocumentSource;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The same between a real MongoDB and a real PostgreSQL, where their images can be had. */
@RequiresImages({GigsContainersIT.MONGO, GigsContainersIT.POSTGRES})
@Testcontainers
final class GigsContainersIT extends GigsContract {

    static final String MONGO = "mongo:7";
    static final String POSTGRES = "postgres:17";

    @Container
    private static final MongoDBContainer MONGO_SERVER = new MongoDBContainer(MONGO);

    @Container
    private static final PostgreSQLContainer POSTGRES_SERVER = new PostgreSQLContainer(POSTGRES);

    private static MongoCollections collections;
    private static MigratedDatabases databases;

    @BeforeAll
    static void connect() {
        collections = new MongoCollections(MONGO_SERVER.getConnectionString());
        databases = MigratedDatabases.on(
                POSTGRES_SERVER.getJdbcUrl(), POSTGRES_SERVER.getUsername(), POSTGRES_SERVER.getPassword());
    }

    @AfterAll
    static void disconnect() {
        collections.close();
    }

    @Override
    DocumentSource source(List<BsonDocument> users, List<BsonDocument> gigs) {
        return collections.holding(users, gigs);
    }

    @Override
    DocumentSource sample() {
        return collections.holding(Samples.gigs());
    }

    @Override
    MigratedDatabases databases() {
        return databases;
    }
}
