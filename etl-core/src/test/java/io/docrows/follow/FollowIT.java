package io.docrows.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.report.CollectionReport;
import io.docrows.report.RunReport;
import io.docrows.run.Cancellation;
import io.docrows.run.DeleteLimit;
import io.docrows.run.FollowListener;
import io.docrows.run.FollowOptions;
import io.docrows.run.FollowProgress;
import io.docrows.run.LostHistory;
import io.docrows.run.RunOptions;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Shop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A target that is kept in step with the changes of an embedded server. */
final class FollowIT extends FollowSetting {

    private final ConnectedPipeline pipeline = connected("shop", Shop.PRODUCTS, Shop.ORDERS);
    private final FollowOptions options = FollowOptions.defaults().untilCaughtUp(true);

    private RunReport follow() {
        return pipeline.follow(options, new Cancellation());
    }

    private void fill() {
        mongo.put("products", "{_id: 1, name: 'Tea'}");
        mongo.put("products", "{_id: 2, name: 'Cup'}");
        mongo.put("orders", "{_id: 1, note: 'a', items: [{sku: 'x', quantity: 1, product: 1}], tags: ['p', 'q']}");
        mongo.put("orders", "{_id: 2, note: 'b', items: [], tags: []}");
    }

    private void assertEqual() {
        assertEqual(pipeline);
    }

    @Test
    void loadsOnceAndAppliesWhatChangesAfterwards() {
        fill();
        follow();
        assertEqual();
        mongo.put(
                "orders",
                "{_id: 1, note: 'a', items: [{sku: 'y', quantity: 1, product: 1}, {sku: 'z', quantity: 2, product: 2}]}");
        mongo.put("orders", "{_id: 3, note: 'c', tags: ['r']}");
        mongo.put("products", "{_id: 3, name: 'Jug'}");
        mongo.delete("orders", 2);
        RunReport report = follow();
        assertEqual();
        CollectionReport orders = report.collections().stream()
                .filter(each -> each.collection().equals("orders"))
                .findFirst()
                .orElseThrow();
        assertThat(orders.counts().inserted()).isEqualTo(1);
        assertThat(orders.counts().updated()).isEqualTo(1);
        assertThat(orders.deletions().deleted()).isEqualTo(1);
        assertThat(database.rows("SELECT count(*) FROM shop_order")).containsExactly("2");
        assertThat(database.rows("SELECT count(*) FROM docrows.run WHERE resumable"))
                .containsExactly("1");
    }

    @Test
    void aQuietSourceIsCaughtUpWithAtOnce() {
        fill();
        follow();
        RunReport report = follow();
        assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(report.collections()).isEmpty();
    }

    @Test
    void aRowThatOthersReferToGoesWhenTheyDo() {
        fill();
        follow();
        mongo.delete("products", 1);
        follow();
        assertThat(database.rows("SELECT mongo_id FROM product ORDER BY 1")).containsExactly("1", "2");
        mongo.put("orders", "{_id: 1, note: 'no items'}");
        follow();
        assertThat(database.rows("SELECT mongo_id FROM product ORDER BY 1")).containsExactly("2");
        assertEqual();
    }

    @Test
    void aDocumentOfMyriadChangesIsReadOnce() {
        fill();
        follow();
        for (int i = 0; i < 500; i++) {
            mongo.put("orders", "{_id: 1, note: 'n" + i + "'}");
        }
        List<FollowProgress> heard = new ArrayList<>();
        pipeline.follow(
                options.listener(new FollowListener() {
                    @Override
                    public void progressed(FollowProgress progress) {
                        heard.add(progress);
                    }
                }),
                new Cancellation());
        FollowProgress last = heard.get(heard.size() - 1);
        assertThat(last.changes()).isEqualTo(500);
        assertThat(last.documents()).isLessThan(10);
        assertThat(database.rows("SELECT note FROM shop_order WHERE mongo_id = '1'"))
                .containsExactly("n499");
    }

    @Test
    void aRejectedDocumentThatIsDeletedIsForgotten() {
        fill();
        follow();
        mongo.put("orders", "{_id: 9, note: 5}");
        follow();
        assertThat(database.rows("SELECT document_key FROM docrows.reject")).containsExactly("9");
        mongo.delete("orders", 9);
        follow();
        assertThat(database.rows("SELECT document_key FROM docrows.reject")).isEmpty();
    }

    @Tag("long")
    @Test
    void lostHistoryIsToldOrMadeUpForByAFullRun() {
        fill();
        follow();
        mongo.put("orders", "{_id: 4, note: 'missed'}");
        mongo.delete("orders", 2);
        server.forgetChanges();
        assertThatThrownBy(this::follow)
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_HISTORY_LOST));
        RunOptions all = RunOptions.defaults().maxDeletes(DeleteLimit.of("100%"));
        pipeline.follow(options.load(all).lostHistory(LostHistory.RUN), new Cancellation());
        assertEqual();
    }

    @Test
    void aSourceWithoutChangesIsNotFollowed() {
        ConnectedPipeline other = Docrows.pipeline("shop", Shop.PRODUCTS)
                .source(new MemorySource().with("products"))
                .target(database.target());
        assertThatThrownBy(() -> other.follow(options, new Cancellation()))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_NOT_FOLLOWABLE));
    }

    @Test
    void aRunIsToldWhoFollows() {
        fill();
        Cancellation cancellation = new Cancellation();
        List<String> told = new ArrayList<>();
        pipeline.follow(
                options.untilCaughtUp(false).listener(new FollowListener() {
                    @Override
                    public void following(long run) {
                        try {
                            pipeline.run(RunOptions.defaults());
                        } catch (DocrowsException e) {
                            told.add(e.code() + " " + e.getMessage());
                        }
                        cancellation.request();
                    }
                }),
                cancellation);
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("PIPELINE_LOCKED")
                .contains("docrows shop");
    }

    @Tag("long")
    @Test
    void aRoundIsCommittedWithItsPositionOrNotAtAll() {
        fill();
        follow();
        mongo.put("products", "{_id: 3, name: 'Jug'}");
        mongo.put("orders", "{_id: 1, note: 'changed', items: [{sku: 'x', quantity: 1, product: 3}]}");
        mongo.put("orders", "{_id: 9, note: 5}");
        mongo.delete("orders", 2);
        String contents = String.join("\n", database.rows(Shop.ORDER_ROWS));
        database.execute("CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$BEGIN RAISE EXCEPTION 'stopped'; END$$");
        database.execute("CREATE TRIGGER stop BEFORE UPDATE ON docrows.follow FOR EACH ROW EXECUTE FUNCTION stop()");
        assertThatThrownBy(this::follow).isInstanceOf(DocrowsException.class);
        assertThat(String.join("\n", database.rows(Shop.ORDER_ROWS))).isEqualTo(contents);
        assertThat(database.rows("SELECT mongo_id FROM product ORDER BY 1")).containsExactly("1", "2");
        assertThat(database.rows("SELECT document_key FROM docrows.reject")).isEmpty();
        database.execute("DROP TRIGGER stop ON docrows.follow");
        RunReport report = follow();
        assertThat(report.total().read()).isEqualTo(3);
        assertThat(database.rows("SELECT sum(read) FROM docrows.checkpoint WHERE run_id = "
                        + "(SELECT max(id) - 1 FROM docrows.run)"))
                .containsExactly("0");
        assertThat(database.rows("SELECT document_key FROM docrows.reject")).containsExactly("9");
        mongo.delete("orders", 9);
        follow();
        assertEqual();
    }

    @Test
    void aFollowerThatWasTakenForDeadCommitsNothingMore() {
        fill();
        follow();
        String contents = String.join("\n", database.rows(Shop.ORDER_ROWS));
        String token = String.join("\n", database.rows("SELECT position, changes FROM docrows.follow"));
        FollowOptions takenOver = options.listener(new FollowListener() {
            @Override
            public void following(long run) {
                mongo.put("orders", "{_id: 1, note: 'changed'}");
                mongo.put("orders", "{_id: 9, note: 5}");
                mongo.delete("orders", 2);
                database.execute("UPDATE docrows.run SET owner = gen_random_uuid()");
            }
        });
        assertThatThrownBy(() -> pipeline.follow(takenOver, new Cancellation()))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PIPELINE_LOCKED));
        assertThat(String.join("\n", database.rows(Shop.ORDER_ROWS))).isEqualTo(contents);
        assertThat(database.rows("SELECT document_key FROM docrows.reject")).isEmpty();
        assertThat(String.join("\n", database.rows("SELECT position, changes FROM docrows.follow")))
                .isEqualTo(token);
        mongo.delete("orders", 9);
        follow();
        assertEqual();
    }

    @Test
    void aRoundMayHoldSeveralBatches() {
        fill();
        follow();
        for (int i = 0; i < 7; i++) {
            mongo.put("products", "{_id: " + (10 + i) + ", name: 'P'}");
            mongo.put(
                    "orders",
                    "{_id: " + (10 + i) + ", note: 'n', items: [{sku: 'x', quantity: 1, product: " + (16 - i) + "}]}");
        }
        mongo.delete("orders", 1);
        RunReport report = pipeline.follow(options.load(RunOptions.defaults().batch(3, 1 << 20)), new Cancellation());
        assertThat(report.total().inserted()).isEqualTo(14);
        assertEqual();
    }

    @Tag("long")
    @Test
    void anyChangesInAnyBatchesLeaveTheSameRows() {
        Random random = new Random(7);
        fill();
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 15; i++) {
                change(random);
            }
            // Batches of a few keys, so that a document's changes are in several.
            pipeline.follow(
                    options.batch(1 + random.nextInt(9), Duration.ofSeconds(1))
                            .load(RunOptions.defaults().batch(1 + random.nextInt(4), 1 << 20)),
                    new Cancellation());
        }
        assertEqual();
        assertThat(
                        database.rows(
                                "SELECT count(*) FROM docrows.checkpoint WHERE read <> inserted + updated + unchanged + rejected + skipped"))
                .containsExactly("0");
    }

    private void change(Random random) {
        int id = random.nextInt(12);
        switch (random.nextInt(5)) {
            case 0 -> mongo.delete("orders", id);
            case 1 -> mongo.put("products", "{_id: " + id + ", name: 'P" + random.nextInt(99) + "'}");
            default -> {
                BsonArray items = new BsonArray();
                for (int i = random.nextInt(4); i > 0; i--) {
                    items.add(new BsonDocument("sku", new BsonString("s" + random.nextInt(5)))
                            .append("quantity", new BsonInt32(1 + random.nextInt(9))));
                }
                BsonDocument order = new BsonDocument("_id", new BsonInt32(id))
                        .append("note", new BsonString("n" + random.nextInt(5)))
                        .append("items", items);
                mongo.put("orders", order.toJson());
            }
        }
    }
}
