package io.docrows.follow;

import static io.docrows.mapping.Values.id;
import static io.docrows.testing.Feed.COMMENTS;
import static io.docrows.testing.Feed.ENTRIES;
import static io.docrows.testing.Feed.POSTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.report.CollectionVerification;
import io.docrows.report.RunReport;
import io.docrows.run.Cancellation;
import io.docrows.run.FollowOptions;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.testing.Feed;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Changes of one collection that go to several tables, by what is in each document. */
@Tag("long")
final class FollowSeveralMappingsIT extends FollowSetting {

    private final ConnectedPipeline pipeline = connected("feed", ENTRIES, COMMENTS, POSTS);

    @BeforeEach
    void makeTables() {
        database.execute(Feed.SQL);
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
        mongo.put("feed", "{_id: 1, type: 'comment', body: 'early', post: 2}");
        mongo.put("feed", "{_id: 2, type: 'post', title: 'two', lines: ['a', 'b']}");
        mongo.put("feed", "{_id: 3, type: 'comment', body: 'late', post: 2}");
        mongo.put("feed", "{_id: 4, type: 'like'}");
        mongo.put("feed", "{_id: 5}");
    }

    @Test
    void aDocumentThatBecomesAnotherKindMovesToItsTable() {
        fill();
        follow();
        assertEqual();

        mongo.put("feed", "{_id: 3, type: 'post', title: 'was a comment'}");
        mongo.put("feed", "{_id: 5, type: 'like', lines: ['now taken']}");
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

        mongo.put("feed", "{_id: 4}");
        mongo.put("feed", "{_id: 1, body: 'early', post: 2}");
        mongo.delete("feed", 3);
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
        mongo.put("feed", "{_id: 100, type: 'post', title: 'a'}");
        mongo.put("feed", "{_id: 101, type: 'post', title: 'b'}");
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 20; i++) {
                int id = random.nextInt(10);
                switch (random.nextInt(5)) {
                    case 0 -> mongo.delete("feed", id);
                    case 1 -> mongo.put("feed", "{_id: " + id + ", title: 'of no kind'}");
                    case 2 ->
                        mongo.put(
                                "feed",
                                "{_id: " + id + ", type: 'post', title: 't" + i + "', lines: ['" + round + "']}");
                    case 3 -> mongo.put("feed", "{_id: " + id + ", type: 'like', lines: ['x', 'y']}");
                    default ->
                        mongo.put(
                                "feed",
                                "{_id: " + id + ", type: 'comment', body: 'b', post: " + (100 + random.nextInt(3))
                                        + "}");
                }
            }
            follow();
            assertEqual();
        }
    }
}
