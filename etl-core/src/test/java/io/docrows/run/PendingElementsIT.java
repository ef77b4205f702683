package io.docrows.run;

import static io.docrows.mapping.MissingReference.PENDING;
import static io.docrows.mapping.MissingReference.REJECT;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Keys.BORDER__BORDER_STATE_CODE_FKEY;
import static io.docrows.testing.db.Tables.BORDER;
import static io.docrows.testing.db.Tables.DISPATCH;
import static io.docrows.testing.db.Tables.ORDER_ITEM;
import static io.docrows.testing.db.Tables.PARCEL_LABEL;
import static io.docrows.testing.db.Tables.PRODUCT;
import static io.docrows.testing.db.Tables.SHOP_ORDER;
import static io.docrows.testing.db.Tables.STATE;
import static io.docrows.testing.db.Tables.UNIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.RejectCode;
import io.docrows.history.RunHistory;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Shop;
import io.docrows.testing.db.tables.records.DispatchRecord;
import io.docrows.testing.db.tables.records.ShopOrderRecord;
import io.docrows.testing.db.tables.records.StateRecord;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Elements that refer to a row which is not there yet: they wait, and are completed when it arrives. */
@Tag("long")
final class PendingElementsIT {

    private static final CollectionMapping<ShopOrderRecord> ORDERS = CollectionMapping.of("orders", SHOP_ORDER)
            .key(SHOP_ORDER.MONGO_ID, id("_id"))
            .map(SHOP_ORDER.NOTE, string("note"))
            .children(
                    "items",
                    ORDER_ITEM,
                    item -> item.position(ORDER_ITEM.LINE)
                            .map(ORDER_ITEM.SKU, string("sku"))
                            .reference(ORDER_ITEM.PRODUCT_ID, id("product"), PRODUCT.MONGO_ID, PENDING))
            .build();

    private static final CollectionMapping<StateRecord> STATES = CollectionMapping.of("states", STATE)
            .key(STATE.CODE, id("_id"))
            .map(STATE.NAME, string("name"))
            .children(
                    "borders",
                    BORDER,
                    border -> border.parent(BORDER__BORDER_STATE_CODE_FKEY)
                            .identityReference(BORDER.OTHER_CODE, string("with"), STATE.CODE, PENDING)
                            .map(BORDER.KILOMETRES, int32("km")))
            .build();

    private static final CollectionMapping<DispatchRecord> DISPATCHES = CollectionMapping.of("dispatches", DISPATCH)
            .key(DISPATCH.MONGO_ID, id("_id"))
            .reference(DISPATCH.UNIT_ID, string("unit"), UNIT.NAME, PENDING)
            .build();

    private static final String ITEMS = "SELECT o.mongo_id, i.line, i.sku, p.mongo_id FROM order_item i"
            + " JOIN shop_order o ON o.id = i.order_id LEFT JOIN product p ON p.id = i.product_id ORDER BY 1, 2";
    private static final String BORDERS = "SELECT * FROM border ORDER BY 1, 2";
    private static final String WAITING = "SELECT d.row_key, e.table_name, e.column_name, e.referenced_key"
            + " FROM docrows.pending_document d JOIN docrows.pending_element e ON e.document_id = d.id ORDER BY 1, 4";
    private static final String VERSIONS = """
            SELECT 'order', xmin::text, ctid::text FROM shop_order UNION ALL
            SELECT 'item', xmin::text, ctid::text FROM order_item UNION ALL
            SELECT 'state', xmin::text, ctid::text FROM state UNION ALL
            SELECT 'border', xmin::text, ctid::text FROM border UNION ALL
            SELECT 'document', xmin::text, ctid::text FROM docrows.pending_document UNION ALL
            SELECT 'element', xmin::text, ctid::text FROM docrows.pending_element ORDER BY 1, 2, 3
            """;

    private static final String ORDER =
            "{_id: 1, note: 'n', items: [{sku: 'a', product: 'p1'}, {sku: 'b', product: 'p2'}, {sku: 'c'}]}";

    private final Database database = Bookshop.database();
    private final RunOptions options = RunOptions.defaults();

    private ConnectedPipeline orders(List<String> products, String... orders) {
        return Docrows.pipeline("shop", Shop.PRODUCTS, ORDERS)
                .source(new MemorySource()
                        .with("products", products.toArray(String[]::new))
                        .with("orders", orders))
                .target(database.target());
    }

    private ConnectedPipeline dispatches(String... dispatches) {
        return Docrows.pipeline("dispatches", DISPATCHES)
                .source(new MemorySource().with("dispatches", dispatches))
                .target(database.target());
    }

    private ConnectedPipeline states(String... states) {
        return Docrows.pipeline("states", STATES)
                .source(new MemorySource().with("states", states))
                .target(database.target());
    }

    private static final String P1 = "{_id: 'p1', name: 'one'}";
    private static final String P2 = "{_id: 'p2', name: 'two'}";

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void aColumnIsFilledInByTheRunInWhichTheOtherRowArrives(BulkLoad bulkLoad) {
        RunReport first = orders(List.of(P1), ORDER).run(options.bulkLoad(bulkLoad));
        assertThat(first.collections().get(1).counts()).isEqualTo(new Counts(1, 1, 0, 0, 0, 0));
        assertThat(first.pendingReferences()).isEqualTo(1);
        assertThat(database.rows(ITEMS)).containsExactly("1|0|a|p1", "1|1|b|-", "1|2|c|-");
        assertThat(database.rows(WAITING)).containsExactly("1|public.order_item|product_id|p2");
        assertThat(RunHistory.of(database.target()).waitingReferences())
                .singleElement()
                .hasToString("WaitingReferences[table=public.order_item, column=product_id, references=1]");

        // Of the collection alone that it waits for.
        RunReport second = orders(List.of(P1, P2)).run(options.collections(Set.of("products")));
        assertThat(second.pendingReferences()).isZero();
        assertThat(database.rows(ITEMS)).containsExactly("1|0|a|p1", "1|1|b|p2", "1|2|c|-");
        assertThat(database.rows(WAITING)).isEmpty();
        assertThat(database.rows("SELECT row_key FROM docrows.pending_document"))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void aRowThatIsNothingWithoutTheOtherIsInsertedWhenThatArrives(BulkLoad bulkLoad) {
        String[] states = {
            "{_id: 'A', borders: [{with: 'B', km: 10}, {with: 'Z', km: 1}]}",
            "{_id: 'B', borders: [{with: 'A', km: 10}]}"
        };
        RunReport first = states(states).run(options.bulkLoad(bulkLoad).batch(1, 1 << 20));
        assertThat(first.total()).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
        assertThat(database.rows(BORDERS)).containsExactly("A|B|10", "B|A|10");
        assertThat(database.rows(WAITING)).containsExactly("A|public.border|other_code|Z");
        assertThat(first.pendingReferences()).isEqualTo(1);

        RunReport second =
                states(states[0], states[1], "{_id: 'Z', borders: []}").run(options);
        assertThat(second.total()).isEqualTo(new Counts(3, 1, 1, 1, 0, 0));
        assertThat(database.rows(BORDERS)).containsExactly("A|B|10", "A|Z|1", "B|A|10");
        assertThat(database.rows(WAITING)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void whatWaitedInTablesThatWereEmptiedDoesNotComeBack(BulkLoad bulkLoad) {
        orders(List.of(P1), ORDER, "{_id: 2, items: [{sku: 'deleted since', product: 'p2'}]}")
                .run(options.bulkLoad(bulkLoad));
        database.execute("TRUNCATE shop_order, order_item, product CASCADE");

        orders(List.of(P1, P2), "{_id: 1, note: 'new', items: [{sku: 'new', product: 'p1'}]}")
                .run(options.bulkLoad(bulkLoad));
        assertThat(database.rows("SELECT mongo_id, note FROM shop_order")).containsExactly("1|new");
        assertThat(database.rows(ITEMS)).containsExactly("1|0|new|p1");
        assertThat(database.rows(WAITING)).isEmpty();
    }

    @Test
    void whatWaitedInTablesThatWereEmptiedDoesNotComeBackWithAnotherCollection() {
        orders(List.of(P1), ORDER).run(options);
        database.execute("TRUNCATE shop_order, order_item, product CASCADE");

        orders(List.of(P1, P2)).run(options.collections(Set.of("products")));
        assertThat(database.rows("SELECT mongo_id FROM shop_order")).isEmpty();
        assertThat(database.rows(WAITING)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void aReferenceInATableThatWasEmptiedWaitsForWhatItNamesNow(BulkLoad bulkLoad) {
        dispatches("{_id: 1, unit: 'kg'}", "{_id: 2, unit: 'kg'}").run(options.bulkLoad(bulkLoad));
        database.execute("TRUNCATE dispatch");

        dispatches("{_id: 1, unit: 'm'}", "{_id: 2}").run(options.bulkLoad(bulkLoad));
        assertThat(database.rows("SELECT row_key, referenced_key FROM docrows.pending_reference"))
                .containsExactly("1|m");
    }

    @Test
    void aRowWhoseDocumentIsRejectedGoesOnWaiting() {
        CollectionMapping<DispatchRecord> dispatches = CollectionMapping.of("dispatches", DISPATCH)
                .key(DISPATCH.MONGO_ID, id("_id"))
                .reference(DISPATCH.UNIT_ID, string("unit"), UNIT.NAME, PENDING)
                .reference(DISPATCH.LABEL_ID, int32("label"), PARCEL_LABEL.SERIAL, REJECT)
                .build();
        MemorySource source = new MemorySource();
        ConnectedPipeline pipeline =
                Docrows.pipeline("dispatches", dispatches).source(source).target(database.target());
        source.with("dispatches", "{_id: 1, unit: 'kg'}", "{_id: 2}", "{_id: 3}", "{_id: 4, unit: 'kg'}");
        pipeline.run(options);
        String rejected = "{_id: 1, unit: 'm', label: 99}";
        String waiting = "SELECT row_key, referenced_key FROM docrows.pending_reference ORDER BY 1";

        source.with("dispatches", rejected, "{_id: 2}", "{_id: 3}", "{_id: 4}");
        assertThat(pipeline.run(options).total().rejected()).isEqualTo(1);
        assertThat(database.rows(waiting)).containsExactly("1|kg");
        source.with("dispatches", rejected);
        pipeline.run(options);
        assertThat(database.rows(waiting)).containsExactly("1|kg");
    }

    @Test
    void aSecondRunOverTheSameWritesNothing() {
        String state = "{_id: 'A', borders: [{with: 'B', km: 10}, {with: 'Z', km: 1}]}";
        orders(List.of(P1), ORDER).run(options);
        states(state).run(options);
        List<String> before = database.rows(VERSIONS);

        assertThat(orders(List.of(P1), ORDER).run(options).total()).isEqualTo(new Counts(2, 0, 0, 2, 0, 0));
        assertThat(states(state).run(options).total()).isEqualTo(new Counts(1, 0, 0, 1, 0, 0));
        assertThat(database.rows(VERSIONS)).isEqualTo(before);
    }

    @Test
    void whatWaitsIsForgottenWithTheElementTheReferenceAndTheDocument() {
        states(
                        "{_id: 'A', borders: [{with: 'X', km: 1}, {with: 'Y', km: 2}]}",
                        "{_id: 'B', borders: [{with: 'Y', km: 3}]}",
                        "{_id: 'C', borders: [{with: 'Y', km: 4}]}")
                .run(options);
        assertThat(database.rows(WAITING))
                .containsExactly(
                        "A|public.border|other_code|X",
                        "A|public.border|other_code|Y",
                        "B|public.border|other_code|Y",
                        "C|public.border|other_code|Y");

        states("{_id: 'A', borders: [{with: 'Z', km: 1}, {with: 'Y', km: 2}]}", "{_id: 'B', borders: []}")
                .run(options.deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("100%")));
        assertThat(database.rows(WAITING))
                .containsExactly("A|public.border|other_code|Y", "A|public.border|other_code|Z");
        assertThat(database.rows("SELECT row_key FROM docrows.pending_document"))
                .containsExactly("A");
    }

    @Test
    void whatWaitsIsNoDifferenceAndWhatIsNotKnownToWaitIsOne() {
        String state = "{_id: 'A', borders: [{with: 'B', km: 10}]}";
        orders(List.of(P1), ORDER).run(options);
        states(state).run(options);
        assertThat(orders(List.of(P1), ORDER).verify(VerifyOptions.defaults()).isEqual())
                .isTrue();
        assertThat(states(state).verify(VerifyOptions.defaults()).isEqual()).isTrue();
        assertThat(states(state)
                        .verify(VerifyOptions.defaults())
                        .collections()
                        .get(0)
                        .waiting())
                .isEqualTo(1);

        database.execute("DELETE FROM docrows.pending_document");
        assertThat(orders(List.of(P1), ORDER).verify(VerifyOptions.defaults()).isEqual())
                .isFalse();
        assertThat(states(state).verify(VerifyOptions.defaults()).isEqual()).isFalse();
    }

    @Test
    void thePlanKnowsWhatWaitsAndWhatArrives() {
        String state = "{_id: 'A', borders: [{with: 'B', km: 10}]}";
        states(state).run(options);
        assertThat(states(state).plan(PlanOptions.defaults()).collections().get(0))
                .satisfies(plan -> {
                    assertThat(plan.counts()).isEqualTo(new Counts(1, 0, 0, 1, 0, 0));
                    assertThat(plan.waitingReferences()).isEqualTo(1);
                });
        assertThat(states(state, "{_id: 'B'}")
                        .plan(PlanOptions.defaults())
                        .collections()
                        .get(0)
                        .waitingReferences())
                .isZero();
    }

    @Test
    void aRowThatPostgresRefusesWhenItIsCompletedIsAReject() {
        String[] states = {"{_id: 'A', borders: [{with: 'B', km: 10}]}", "{_id: 'B'}"};
        states(states[0]).run(options);
        database.execute("ALTER TABLE border ADD CONSTRAINT short CHECK (kilometres < 10)");

        RunReport report = states(states[1]).run(options);
        assertThat(database.rows("SELECT document_key, code FROM docrows.reject"))
                .containsExactly("A|CONSTRAINT_VIOLATION");
        assertThat(database.rows(WAITING)).containsExactly("A|public.border|other_code|B");
        assertThat(report.total().rejected()).isEqualTo(1);
        assertThat(report.collections().get(0).rejectsByCode())
                .containsExactly(entry(RejectCode.CONSTRAINT_VIOLATION, 1L));
        assertThat(states(states[1]).run(options).total().rejected())
                .as("it is known, and was not read")
                .isZero();

        database.execute("ALTER TABLE border DROP CONSTRAINT short");
        states(states[1]).run(options);
        assertThat(database.rows(BORDERS)).containsExactly("A|B|10");
        assertThat(database.rows("SELECT document_key FROM docrows.reject")).isEmpty();
    }

    @Test
    void aDocumentThatWasRejectedSinceStaysRejectedAsItWasLast() {
        states("{_id: 'A', name: 'a', borders: [{with: 'B', km: 10}]}").run(options);
        states("{_id: 'A', name: 5}").run(options);
        String kept = "SELECT code, encode(document, 'hex') FROM docrows.reject";
        List<String> last = database.rows(kept);
        assertThat(last).hasSize(1);
        database.execute("ALTER TABLE border ADD CONSTRAINT short CHECK (kilometres < 10)");

        states("{_id: 'B'}").run(options);
        assertThat(database.rows(kept)).as("not the version that waited").isEqualTo(last);

        database.execute("ALTER TABLE border DROP CONSTRAINT short");
        states("{_id: 'B'}").run(options);
        assertThat(database.rows(BORDERS)).containsExactly("A|B|10");
        assertThat(database.rows(kept)).isEqualTo(last);
    }
}
