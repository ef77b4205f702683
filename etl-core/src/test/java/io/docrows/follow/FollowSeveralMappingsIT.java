package io.docrows.follow;

import static io.docrows.mapping.Conditions.field;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.Feed.COMMENT;
import static io.docrows.testing.Feed.ENTRY;
import static io.docrows.testing.Feed.ENTRY_LINE;
import static io.docrows.testing.Feed.POST;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.embedded.MongoServer;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionVerification;
import io.docrows.report.RunReport;
import io.docrows.run.Cancellation;
import io.docrows.run.FollowOptions;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.source.mongo.MongoSource;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Feed;
import java.util.Random;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes of one collection that go to several tables, by what is in each document. */
@Tag("long")
final class FollowSeveralMappingsIT {

    private static final CollectionMapping<?> POSTS = CollectionMapping.of("feed", POST)
            .where(field("type").is("post"))
            .key(POST.mongoId, id("_id"))
            .map(POST.title, string("title"))
            .map(POST.views, int32("views"))
            .build();
    private static final CollectionMapping<?> COMMENTS = CollectionMapping.of("feed", COMMENT)
            .where(field("type").is("comment"))
            .key(COMMENT.mongoId, id("_id"))
            .map(COMMENT.body, string("body"))
            .reference(COMMENT.postId, id("post"), POST.mongoId)
            .build();
    private static final CollectionMapping<?> ENTRIES = CollectionMapping.of("feed", ENTRY)
            .where(field("type").exists())
            .key(ENTRY.kind, string("type"))
            .key(ENTRY.mongoId, id("_id"))
            .map(ENTRY.title, string("title"))
            .children(
                    "lines", ENTRY_LINE, line -> line.position(ENTRY_LINE.line).map(ENTRY_LINE.body, string()))
            .build();

    @SuppressWarnings("NullAway.Init")
    private static MongoServer server;

    @SuppressWarnings("NullAway.Init")
    private static MongoClient client;

    private static int databases;

    private final String name = "feed" + ++databases;
    private final MongoSource source = MongoSource.connect(server.connectionString() + "/" + name);
    private final Database database = Bookshop.database();
    private final ConnectedPipeline pipeline =
            Docrows.pipeline("feed", ENTRIES, COMMENTS, POSTS).source(source).target(database.target());

    @BeforeAll
    static void start() {
        server = MongoServer.startWithOplog();
        client = MongoClients.create(server.connectionString());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @BeforeEach
    void makeTables() {
        database.execute(Feed.SQL);
    }

    @AfterEach
    void close() {
        source.close();
    }

    private MongoCollection<BsonDocument> feed() {
        return client.getDatabase(name).getCollection("feed", BsonDocument.class);
    }

    private void put(String json) {
        BsonDocument document = BsonDocument.parse(json);
        feed().replaceOne(new BsonDocument("_id", document.get("_id")), document, new ReplaceOptions().upsert(true));
    }

    private void delete(int id) {
        feed().deleteOne(BsonDocument.parse("{_id: " + id + "}"));
    }

    private RunReport follow() {
        return pipeline.follow(
                FollowOptions.defaults()
                        .untilCaughtUp(true)
                        .load(RunOptions.defaults().batch(3, 1 << 20)),
                new Cancellation());
    }

    private void assertEqual() {
        assertThat(pipeline.verify(VerifyOptions.defaults()).collections()).allMatch(CollectionVerification::isEqual);
    }

    private void fill() {
        put("{_id: 1, type: 'comment', body: 'early', post: 2}");
        put("{_id: 2, type: 'post', title: 'two', lines: ['a', 'b']}");
        put("{_id: 3, type: 'comment', body: 'late', post: 2}");
        put("{_id: 4, type: 'like'}");
        put("{_id: 5}");
    }

    @Test
    void aDocumentThatBecomesAnotherKindMovesToItsTable() {
        fill();
        follow();
        assertEqual();

        put("{_id: 3, type: 'post', title: 'was a comment'}");
        put("{_id: 5, type: 'like', lines: ['now taken']}");
        follow();

        assertThat(database.rows(Feed.ROWS))
                .containsExactly(
                        "comment|1|early|2",
                        "entry|1|comment|-",
                        "entry|2|post|two",
                        "entry|3|post|was a comment",
                        "entry|4|like|-",
                        "entry|5|like|-",
                        "line|like 5|0|now taken",
                        "line|post 2|0|a",
                        "line|post 2|1|b",
                        "post|2|two|-",
                        "post|3|was a comment|-");
        assertEqual();
    }

    @Test
    void aDocumentThatNoMappingTakesAnyLongerLosesItsRows() {
        fill();
        follow();

        put("{_id: 4}");
        put("{_id: 1, body: 'early', post: 2}");
        delete(3);
        follow();

        assertThat(database.rows(Feed.ROWS))
                .containsExactly("entry|2|post|two", "line|post 2|0|a", "line|post 2|1|b", "post|2|two|-");
        assertEqual();
    }

    @Test
    void anyChangesLeaveTheRowsOfALoad() {
        Random random = new Random(3);
        fill();
        // Comments refer to these, and to one that is never there: a row that others refer to would stay.
        put("{_id: 100, type: 'post', title: 'a'}");
        put("{_id: 101, type: 'post', title: 'b'}");
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 20; i++) {
                int id = random.nextInt(10);
                switch (random.nextInt(5)) {
                    case 0 -> delete(id);
                    case 1 -> put("{_id: " + id + ", title: 'of no kind'}");
                    case 2 -> put("{_id: " + id + ", type: 'post', title: 't" + i + "', lines: ['" + round + "']}");
                    case 3 -> put("{_id: " + id + ", type: 'like', lines: ['x', 'y']}");
                    default ->
                        put("{_id: " + id + ", type: 'comment', body: 'b', post: " + (100 + random.nextInt(3)) + "}");
                }
            }
            follow();
            assertEqual();
        }
    }
}
