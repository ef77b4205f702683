package io.docrows.source.mongo;

import io.docrows.source.DocumentSource;
import io.docrows.source.DocumentSourceContract;
import io.docrows.source.MixedDocuments;
import io.docrows.source.internal.BsonBytes;
import java.util.List;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract of documents on a server of the user's own. */
@EnabledIfEnvironmentVariable(
        named = TestServer.URI,
        matches = "mongodb(\\+srv)?://.+",
        disabledReason = TestServer.ABSENT)
final class ServerDocumentsIT extends DocumentSourceContract {

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void fill() {
        server = new TestServer();
        insert("mixed", MixedDocuments.shuffled());
        insert("other", List.of(MixedDocuments.document(new BsonInt32(1), 1)));
    }

    private static void insert(String collection, List<byte[]> documents) {
        server.collection(collection)
                .insertMany(documents.stream().map(BsonBytes::decode).toList());
    }

    @AfterAll
    static void drop() {
        server.close();
    }

    @Override
    protected DocumentSource open() {
        return server.source();
    }
}
