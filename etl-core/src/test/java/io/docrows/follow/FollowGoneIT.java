package io.docrows.follow;

import static io.docrows.mapping.Conditions.field;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.KEYED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.ConnectedPipeline;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.run.Cancellation;
import io.docrows.run.DeleteLimit;
import io.docrows.run.DeleteMode;
import io.docrows.run.FollowOptions;
import io.docrows.run.RunOptions;
import io.docrows.testing.Shop;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which rows go with the documents that are gone, and which must not. */
@Tag("long")
final class FollowGoneIT extends FollowSetting {

    private final FollowOptions options = FollowOptions.defaults()
            .untilCaughtUp(true)
            .load(RunOptions.defaults().maxDeletes(DeleteLimit.of("100%")));

    private ConnectedPipeline pipeline(CollectionMapping<?>... mappings) {
        return connected("shop", mappings);
    }

    private void follow(ConnectedPipeline pipeline) {
        pipeline.follow(options, new Cancellation());
    }

    /** The embedded server tells changes of the second in which following begins. */
    private static void passASecond() throws InterruptedException {
        Thread.sleep(1_100);
    }

    @Test
    void aDocumentWithALongIdKeepsItsRowAndItsReject() {
        String name = "a".repeat(900);
        ConnectedPipeline pipeline = pipeline(Shop.ORDERS);
        mongo.put("orders", "{_id: 'first', note: 'a'}");
        follow(pipeline);

        mongo.put("orders", "{_id: '" + name + "', note: 'b'}");
        follow(pipeline);
        mongo.put("orders", "{_id: '" + name + "', note: 'c'}");
        follow(pipeline);
        assertThat(database.rows("SELECT note FROM shop_order ORDER BY 1")).containsExactly("a", "c");
        assertEqual(pipeline);

        mongo.put("orders", "{_id: '" + name + "', note: 5}");
        follow(pipeline);
        assertThat(database.rows("SELECT code FROM docrows.reject")).containsExactly("TYPE_MISMATCH");
        assertThat(database.rows("SELECT note FROM shop_order ORDER BY 1")).containsExactly("a", "c");
    }

    @Test
    void aDeletedDocumentThatWasRejectedLeavesTheRowOfTheOneThatHasItsKey() {
        ConnectedPipeline pipeline = pipeline(CollectionMapping.of("things", KEYED)
                .key(KEYED.BY_CITEXT, id("_id"))
                .map(KEYED.NOTE, string("note"))
                .build());
        mongo.put("things", "{_id: 'Ann', note: 'first'}");
        follow(pipeline);
        mongo.put("things", "{_id: 'ann', note: 'second'}");
        follow(pipeline);
        assertThat(database.rows("SELECT code FROM docrows.reject")).containsExactly("DUPLICATE_KEY");

        mongo.delete("things", "ann");
        follow(pipeline);
        assertThat(database.rows("SELECT by_citext, note FROM keyed")).containsExactly("Ann|first");
        assertThat(database.rows("SELECT code FROM docrows.reject")).isEmpty();
        assertEqual(pipeline);

        mongo.delete("things", "Ann");
        follow(pipeline);
        assertThat(database.rows("SELECT by_citext FROM keyed")).isEmpty();
    }

    @Test
    void mappingsWhoseRowsNothingTellsApartAreNotFollowedWithDeletes() {
        ConnectedPipeline pipeline = pipeline(
                CollectionMapping.of("feed", KEYED)
                        .where(field("v").is(1))
                        .key(KEYED.BY_TEXT, id("_id"))
                        .map(KEYED.NOTE, string("title"))
                        .build(),
                CollectionMapping.of("feed", KEYED)
                        .where(field("v").is(2))
                        .key(KEYED.BY_TEXT, id("_id"))
                        .map(KEYED.NOTE, string("headline"))
                        .build());
        mongo.put("feed", "{_id: 1, v: 1, title: 'a'}");
        assertThatThrownBy(() -> follow(pipeline))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContaining("public.keyed is filled from feed and from feed")
                .hasMessageContaining("owns(column, value)");

        FollowOptions without = options.deletes(DeleteMode.IGNORE);
        pipeline.follow(without, new Cancellation());
        mongo.put("feed", "{_id: 2, v: 2, headline: 'b'}");
        pipeline.follow(without, new Cancellation());
        mongo.put("feed", "{_id: 2, v: 2, headline: 'c'}");
        pipeline.follow(without, new Cancellation());
        assertThat(database.rows("SELECT by_text, note FROM keyed ORDER BY 1")).containsExactly("1|a", "2|c");
    }

    @Test
    void whatWentBeforeFollowingBeganGoesWithTheLoad() throws InterruptedException {
        ConnectedPipeline pipeline = pipeline(Shop.ORDERS);
        mongo.put("orders", "{_id: 1, note: 'a'}");
        mongo.put("orders", "{_id: 2, note: 'b'}");
        pipeline.run(RunOptions.defaults());
        mongo.delete("orders", 2);
        passASecond();

        follow(pipeline);
        assertThat(database.rows("SELECT note FROM shop_order")).containsExactly("a");
        assertEqual(pipeline);
    }

    @Test
    void whatWentBeforeAnotherCollectionIsFollowedGoesWithTheLoad() throws InterruptedException {
        mongo.put("orders", "{_id: 1, note: 'a'}");
        mongo.put("orders", "{_id: 2, note: 'b'}");
        follow(pipeline(Shop.ORDERS));
        mongo.delete("orders", 2);
        mongo.put("products", "{_id: 1, name: 'Tea'}");
        passASecond();

        ConnectedPipeline both = pipeline(Shop.PRODUCTS, Shop.ORDERS);
        follow(both);
        assertThat(database.rows("SELECT note FROM shop_order")).containsExactly("a");
        assertEqual(both);
    }

    @Test
    void aMarkedRowIsNotMadeAnewFromItsReject() {
        ConnectedPipeline pipeline = pipeline(CollectionMapping.of("things", KEYED)
                .key(KEYED.BY_TEXT, id("_id"))
                .map(KEYED.BY_NUMERIC, decimal("number"))
                .map(KEYED.NOTE, string("note"))
                .deletedAt(KEYED.BY_INSTANT)
                .build());
        FollowOptions marking = options.deletes(DeleteMode.MARK);
        mongo.put("things", "{_id: 1, number: 1, note: 'one'}");
        mongo.put("things", "{_id: 2, number: 2, note: 'two'}");
        pipeline.follow(marking, new Cancellation());
        // Its value is another's, so that its row stays as it was.
        mongo.put("things", "{_id: 2, number: 1, note: 'two too'}");
        pipeline.follow(marking, new Cancellation());
        assertThat(database.rows("SELECT code FROM docrows.reject")).containsExactly("DUPLICATE_VALUE");

        mongo.delete("things", 2);
        pipeline.follow(marking, new Cancellation());
        mongo.put("things", "{_id: 1, number: 5, note: 'one'}");
        pipeline.follow(marking, new Cancellation());
        assertThat(database.rows("SELECT by_text, note, by_instant IS NULL FROM keyed ORDER BY 1"))
                .containsExactly("1|one|t", "2|two|f");
    }
}
