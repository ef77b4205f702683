package io.docrows.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.docrows.embedded.MongoServer;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.ChangeReader;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said when changes were missed, or cannot be had. */
final class LostHistoryIT {

    private final MongoServer server = MongoServer.startWithOplog();
    private final MongoClient client = MongoClients.create(server.connectionString());
    private final MongoSource source = MongoSource.of(client, "shop");

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void insert() {
        client.getDatabase("shop").getCollection("orders").insertOne(new Document());
    }

    @Test
    void theOplogReachesBackToALaterMomentOnly() {
        byte[] position;
        try (ChangeReader reader = source.changes(Set.of("orders"), null)) {
            insert();
            while (reader.read() == null) {
                // Not there yet.
            }
            position = reader.position();
        }
        insert();
        server.forgetChanges();
        insert();
        lost(() -> source.changes(Set.of("orders"), position), "286");
    }

    @Test
    void theOplogReachesBackToALaterMomentThanTheFirstPosition() {
        byte[] position;
        try (ChangeReader reader = source.changes(Set.of("orders"), null)) {
            position = reader.position();
        }
        insert();
        server.forgetChanges();
        lost(() -> source.changes(Set.of("orders"), position), "286");
        // Whoever begins now has missed nothing.
        source.changes(Set.of("orders"), null).close();
    }

    @Test
    void aCollectionIsDropped() {
        try (ChangeReader reader = source.changes(Set.of("orders"), null)) {
            insert();
            client.getDatabase("shop").getCollection("orders").drop();
            lost(
                    () -> {
                        while (true) {
                            reader.read();
                        }
                    },
                    "\"orders\" was dropped");
        }
    }

    @Test
    void aServerWithoutChangeStreams() {
        try (MongoServer plain = MongoServer.start();
                MongoSource silent = MongoSource.connect(plain.connectionString() + "/shop")) {
            assertThatThrownBy(() -> silent.changes(Set.of("orders"), null))
                    .isInstanceOfSatisfying(
                            DocrowsException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_NOT_FOLLOWABLE))
                    .hasMessageContaining("replica set");
        }
    }

    private static void lost(ThrowingCallable what, String message) {
        assertThatThrownBy(what)
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_HISTORY_LOST))
                .hasMessageContaining(message)
                .hasMessageContaining("--on-lost-history run");
    }
}
