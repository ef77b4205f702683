package io.docrows.run;

import static io.docrows.mapping.Conditions.field;
import static io.docrows.mapping.MissingReference.PENDING;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.KEYED;
import static io.docrows.testing.db.Tables.ORDER_ITEM;
import static io.docrows.testing.db.Tables.PRODUCT;
import static io.docrows.testing.db.Tables.SHOP_ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.Docrows;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Shop;
import io.docrows.testing.db.tables.records.KeyedRecord;
import org.junit.jupiter.api.Test;

/** What stopped or hindered a run does not stop all that follow. */
final class RunAgainIT {

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource();

    private RunReport run(RunOptions options, CollectionMapping<?>... mappings) {
        return run(options, new Cancellation(), mappings);
    }

    private RunReport run(RunOptions options, Cancellation cancellation, CollectionMapping<?>... mappings) {
        return Docrows.pipeline("again", mappings)
                .source(source)
                .target(database.target())
                .run(options, cancellation);
    }

    @Test
    void aReferenceThatPostgresRefusesWhenItsRowArrivesGoesOnWaiting() {
        database.execute("CREATE UNIQUE INDEX ON employee (boss_id)");
        source.with("employees", "{_id: 1, boss: 9}", "{_id: 2, boss: 9}", "{_id: 9}");
        RunOptions options = RunOptions.defaults().batch(1, 1 << 20).bulkLoad(BulkLoad.NEVER);

        assertThat(run(options, Bookshop.EMPLOYEES).status()).isEqualTo(RunReport.Status.COMPLETED);
        String led = "SELECT count(*) FROM employee e JOIN employee b ON b.id = e.boss_id WHERE b.mongo_id = '9'";
        assertThat(database.rows(led)).containsExactly("1");
        assertThat(database.rows("SELECT referenced_key FROM docrows.pending_reference"))
                .containsExactly("9");

        RunReport again = run(options, Bookshop.EMPLOYEES);
        assertThat(again.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(again.total().rejected()).isEqualTo(1);
        assertThat(database.rows("SELECT code FROM docrows.reject")).containsExactly("DUPLICATE_VALUE");
        assertThat(database.rows(led)).containsExactly("1");
    }

    @Test
    void aRunThatRejectedTooMuchIsFollowedByOneThatReadsAllAgain() {
        RunOptions options = RunOptions.defaults().maxRejects(RejectLimit.of("1"));
        source.with("products", "{_id: 1, name: 1}", "{_id: 2, name: 2}", "{_id: 3, name: 'c'}");
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> run(options, Shop.PRODUCTS))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_REJECTS));

        source.with("products", "{_id: 1, name: 'a'}", "{_id: 2, name: 'b'}", "{_id: 3, name: 'c'}");
        RunReport report = run(options, Shop.PRODUCTS);
        assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
        assertThat(report.total()).isEqualTo(new Counts(3, 2, 0, 1, 0, 0));
        assertThat(database.rows("SELECT name FROM product ORDER BY 1")).containsExactly("a", "b", "c");
    }

    @Test
    void anInterruptedRunIsNotGoneOnWithByAnotherMapping() {
        source.with("orders", "{_id: 1, note: 'a'}", "{_id: 2, note: 'b'}", "{_id: 3, note: 'c'}");
        CollectionMapping.Builder<?> ids =
                CollectionMapping.of("orders", SHOP_ORDER).key(SHOP_ORDER.MONGO_ID, id("_id"));
        Cancellation cancellation = new Cancellation();
        RunOptions options = RunOptions.defaults().batch(1, 1 << 20).writers(1).bulkLoad(BulkLoad.NEVER);
        RunReport first = run(
                options.listener(new RunListener() {
                    @Override
                    public void batchCommitted(String collection, Counts batch) {
                        cancellation.request();
                    }
                }),
                cancellation,
                ids.build());
        assertThat(first.status()).isEqualTo(RunReport.Status.INTERRUPTED);
        assertThat(first.total().inserted()).isPositive().isLessThan(3);

        RunReport second = run(
                options,
                CollectionMapping.of("orders", SHOP_ORDER)
                        .key(SHOP_ORDER.MONGO_ID, id("_id"))
                        .map(SHOP_ORDER.NOTE, string("note"))
                        .build());
        assertThat(second.total().read()).isEqualTo(3);
        assertThat(database.rows("SELECT note FROM shop_order ORDER BY 1")).containsExactly("a", "b", "c");
    }

    private static CollectionMapping<KeyedRecord> keyedBy(String name) {
        return CollectionMapping.of("things", KEYED)
                .key(KEYED.BY_TEXT, string(name))
                .map(KEYED.NOTE, string("note"))
                .build();
    }

    @Test
    void anErrorInTheBookkeepingIsNoDocumentsFault() {
        source.with("things", "{_id: 1, name: 'a'}");
        run(RunOptions.defaults(), keyedBy("name"));
        // As a later release might, while a process of this one is at work.
        database.execute("ALTER TABLE docrows.key_claim ADD COLUMN later text NOT NULL DEFAULT '';"
                + " ALTER TABLE docrows.key_claim ALTER COLUMN later DROP DEFAULT");

        source.with("things", "{_id: 1, name: 'a'}", "{_id: 2, name: 'b'}");
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> run(RunOptions.defaults(), keyedBy("name")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_FAILED));
        assertThat(database.rows("SELECT code FROM docrows.reject")).isEmpty();
    }

    @Test
    void aDocumentWithTwoRowsInOneTableGivesNeitherUpForTheOther() {
        source.with(
                "things",
                "{_id: 1, name: 'a', alias: 'b', note: 'one'}",
                "{_id: 2, name: 'a', alias: 'c', note: 'two'}");
        RunOptions options = RunOptions.defaults().batch(1, 1 << 20).writers(1);
        for (int i = 0; i < 2; i++) {
            RunReport report = run(options, keyedBy("name"), keyedBy("alias"));
            assertThat(report.total().rejected()).isEqualTo(1);
            assertThat(database.rows("SELECT by_text, note FROM keyed ORDER BY 1"))
                    .containsExactly("a|one", "b|one");
        }
        assertThat(database.rows("SELECT code FROM docrows.reject")).containsExactly("DUPLICATE_KEY");
    }

    @Test
    void whatWaitedIsNotWrittenIntoTheTablesOfOtherMappings() {
        CollectionMapping<?> orders = CollectionMapping.of("papers", SHOP_ORDER)
                .where(field("type").is("order"))
                .key(SHOP_ORDER.MONGO_ID, id("_id"))
                .children(
                        "items",
                        ORDER_ITEM,
                        item -> item.position(ORDER_ITEM.LINE)
                                .map(ORDER_ITEM.SKU, string("sku"))
                                .reference(ORDER_ITEM.PRODUCT_ID, id("product"), PRODUCT.MONGO_ID, PENDING))
                .build();
        CollectionMapping<?> notes = CollectionMapping.of("papers", KEYED)
                .key(KEYED.BY_TEXT, id("_id"))
                .map(KEYED.NOTE, string("note"))
                .build();
        source.with("products", "{_id: 1, name: 'Tea'}")
                .with("papers", "{_id: 5, type: 'order', note: 'old', items: [{sku: 'x', product: 7}]}");
        run(RunOptions.defaults(), Shop.PRODUCTS, orders, notes);
        assertThat(database.rows("SELECT row_key FROM docrows.pending_document"))
                .containsExactly("5");

        source.with("products", "{_id: 7, name: 'Cup'}").with("papers", "{_id: 5, type: 'memo', note: 'new'}");
        run(RunOptions.defaults(), Shop.PRODUCTS, orders, notes);
        assertThat(database.rows("SELECT note FROM keyed")).containsExactly("new");
    }
}
