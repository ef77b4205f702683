package io.docrows.plan;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.PRODUCT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.RejectCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionPlan;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.PlanReport;
import io.docrows.report.RunReport;
import io.docrows.run.DeleteLimit;
import io.docrows.run.DeleteMode;
import io.docrows.run.PlanOptions;
import io.docrows.run.RunOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Parts;
import io.docrows.testing.Shop;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan says of documents with tables below them what a run does with them. */
@Tag("long")
final class ChildTablesPlanIT {

    private static final RunOptions DELETING =
            RunOptions.defaults().deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("100%"));

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource()
            .with("products", "{_id: 'p1'}")
            .with("orders", "{_id: 1, items: [{sku: 'a', discounts: [{code: 'x', percent: 1}]}], tags: ['t']}")
            .with("states", "{_id: 'CL', borders: [{with: 'PE', km: 169}]}", "{_id: 'PE'}")
            .with("invoices", "{_id: {shop: 1, nr: NumberLong(7)}, lines: [{name: 'Tea', amount: 1}]}");
    private final ConnectedPipeline pipeline = Docrows.pipeline(
                    "shop", Shop.PRODUCTS, Shop.ORDERS, Shop.STATES, Shop.INVOICES)
            .source(source)
            .target(database.target());

    private CollectionPlan plan(String collection) {
        return pipeline.plan(PlanOptions.of(RunOptions.defaults())).collections().stream()
                .filter(one -> one.collection().equals(collection))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatDocumentsReferToMayComeFromSeveralCollections() {
        CollectionMapping<?> goods = CollectionMapping.of("goods", PRODUCT)
                .key(PRODUCT.MONGO_ID, id("_id"))
                .map(PRODUCT.NAME, string("name"))
                .build();
        ConnectedPipeline pipeline = Docrows.pipeline("shop", Shop.PRODUCTS, goods, Shop.ORDERS)
                .source(new MemorySource()
                        .with("products", "{_id: 'p1'}")
                        .with("goods", "{_id: 'g1'}")
                        .with("orders", "{_id: 1, items: [{sku: 'a', product: 'p1'}, {sku: 'b', product: 'g1'}]}"))
                .target(Bookshop.database().target());

        PlanReport plan = pipeline.plan(PlanOptions.of(RunOptions.defaults()));

        assertThat(plan.total().rejected()).isZero();
        assertThat(plan.total()).isEqualTo(pipeline.run(RunOptions.defaults()).total());
    }

    @Test
    void documentsThatChangeBelowTheirRowAreUpdatesOfThatTable() {
        pipeline.run(RunOptions.defaults());
        assertThat(plan("orders").counts()).isEqualTo(new Counts(1, 0, 0, 1, 0, 0));

        source.with(
                        "orders",
                        "{_id: 1, items: [{sku: 'a', discounts: [{code: 'x', percent: 2}]}], tags: ['t', 'u']}",
                        "{_id: 2, tags: ['v']}")
                .with("invoices", "{_id: {shop: 1, nr: NumberLong(7)}, lines: [{name: 'TEA', amount: 2}]}");

        assertThat(plan("orders").counts()).isEqualTo(new Counts(2, 1, 1, 0, 0, 0));
        assertThat(plan("orders").updates()).containsExactly(entry("item_discount", 1L), entry("order_tag", 1L));
        assertThat(plan("invoices").updates()).containsExactly(entry("invoice_line", 1L));
    }

    @Test
    void anElementMayLeadToARowThatArrivesInTheSameRun() {
        pipeline.run(RunOptions.defaults());
        source.with("products", "{_id: 'p1'}", "{_id: 'p2'}")
                .with(
                        "orders",
                        "{_id: 1, items: [{sku: 'a', product: 'p2', discounts: [{code: 'x', percent: 1}]}], tags:"
                                + " ['t']}",
                        "{_id: 2, items: [{sku: 'b', product: 'p3'}]}");

        assertThat(plan("orders").counts()).isEqualTo(new Counts(2, 0, 1, 0, 1, 0));
        assertThat(plan("orders").updates()).containsExactly(entry("order_item", 1L));
        assertThat(plan("orders").rejectsByCode()).containsExactly(entry(RejectCode.MISSING_REFERENCE, 1L));
    }

    @Test
    void whatARunRejectsBelowADocumentAPlanRejectsToo() {
        source.with(
                        "orders",
                        "{_id: 1, items: [{sku: 'a', quantity: 0}]}",
                        "{_id: 2, items: [{sku: 'a', product: 'gone'}]}",
                        "{_id: 3, items: [{sku: 'a', quantity: 1}]}")
                .with("invoices", "{_id: {shop: 1, nr: NumberLong(7)}, lines: [{name: 'Tea'}, {name: 'tea'}]}");

        assertThat(plan("orders").rejectsByCode())
                .containsOnly(entry(RejectCode.CONSTRAINT_VIOLATION, 1L), entry(RejectCode.MISSING_REFERENCE, 1L));
        assertThat(plan("invoices").rejectsByCode()).containsExactly(entry(RejectCode.DUPLICATE_ELEMENT, 1L));
        agrees();
    }

    @Test
    void whatALookupTableRefusesAPlanRejectsToo() {
        database.execute("ALTER TABLE country ADD CHECK (name <> 'nowhere')");
        source.with("orders", "{_id: 1, country: 'nowhere'}", "{_id: 2, country: 'Chile'}");

        assertThat(plan("orders").rejectsByCode()).containsExactly(entry(RejectCode.CONSTRAINT_VIOLATION, 1L));
        agrees();
    }

    @Test
    void whatIsUniqueBelowADocumentAPlanRejectsToo() {
        ConnectedPipeline parcels = Docrows.pipeline("parcels", Parts.PARCELS)
                .source(new MemorySource()
                        .with(
                                "parcels",
                                "{_id: 1, labels: [{code: 'a'}, {code: 'a'}]}",
                                "{_id: 2, labels: [{code: 'a', serial: 7}]}",
                                "{_id: 3, labels: [{code: 'a', serial: 7}]}",
                                "{_id: 4, labels: [{code: 'a', stamps: ['x', 'x']}]}"))
                .target(database.target());

        CollectionPlan plan = parcels.plan(PlanOptions.of(RunOptions.defaults()))
                .collections()
                .get(0);
        CollectionReport run = parcels.run(RunOptions.defaults()).collections().get(0);

        assertThat(plan.rejectsByCode()).containsExactly(entry(RejectCode.DUPLICATE_VALUE, 3L));
        assertThat(plan.counts()).isEqualTo(run.counts()).isEqualTo(new Counts(4, 1, 0, 0, 3, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void forRandomChanges(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 4; round++) {
            source.with("products", chosen(random, 3, i -> "{_id: 'p" + i + "', name: 'n" + random.nextInt(2) + "'}"))
                    .with(
                            "orders",
                            chosen(
                                    random,
                                    6,
                                    i -> "{_id: " + i + ", note: 'n" + random.nextInt(2) + "', country: 'c"
                                            + random.nextInt(2) + "', items: "
                                            + array(
                                                    random,
                                                    3,
                                                    j -> "{sku: 's" + random.nextInt(2) + "', quantity: "
                                                            + (random.nextInt(9) == 0 ? 0 : 1)
                                                            + (random.nextBoolean()
                                                                    ? ", product: 'p" + random.nextInt(3) + "'"
                                                                    : "")
                                                            + ", discounts: "
                                                            + array(
                                                                    random,
                                                                    2,
                                                                    k -> "{code: 'd" + k + "', percent: "
                                                                            + random.nextInt(3) + "}")
                                                            + "}")
                                            + ", tags: " + array(random, 2, j -> "'t" + random.nextInt(2) + "'") + "}"))
                    .with(
                            "states",
                            chosen(
                                    random,
                                    4,
                                    i -> "{_id: 's" + i + "', borders: "
                                            + array(
                                                    random,
                                                    4,
                                                    j -> "{with: 's" + j + "', km: " + random.nextInt(2) + "}")
                                            + "}"))
                    .with(
                            "invoices",
                            chosen(
                                    random,
                                    4,
                                    i -> "{_id: {shop: " + i % 2 + ", nr: NumberLong(" + i + ")}, total: "
                                            + random.nextInt(2) + ", lines: "
                                            + array(
                                                    random,
                                                    2,
                                                    j -> "{name: '" + (random.nextBoolean() ? "tea" : "TEA")
                                                            + random.nextInt(4) + "'}")
                                            + "}"));
            agrees();
        }
    }

    private interface Part {
        String of(int number);
    }

    private static String[] chosen(Random random, int of, Part part) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < of; i++) {
            if (random.nextInt(4) > 0) {
                parts.add(part.of(i));
            }
        }
        return parts.toArray(new String[0]);
    }

    private static String array(Random random, int of, Part part) {
        return List.of(chosen(random, of, part)).toString();
    }

    private void agrees() {
        List<CollectionPlan> plan = pipeline.plan(PlanOptions.of(DELETING)).collections();
        RunReport run = pipeline.run(DELETING);
        assertThat(plan.stream()
                        .map(one -> one.collection() + "|" + one.counts().read() + "|"
                                + one.counts().inserted() + "|" + one.counts().updated() + "|"
                                + one.counts().unchanged() + "|" + one.counts().rejected()))
                .containsExactlyInAnyOrderElementsOf(
                        database.rows("SELECT collection, sum(read), sum(inserted), sum(updated), sum(unchanged),"
                                + " sum(rejected) FROM docrows.checkpoint WHERE partition >= 0 AND run_id = "
                                + run.run() + " GROUP BY 1"));
        // What is loaded at the end of a run, once nothing stands in its way any longer, a plan does not foresee.
        if (database.rows("SELECT 1 FROM docrows.checkpoint WHERE partition < 0 AND run_id = " + run.run())
                .isEmpty()) {
            for (CollectionPlan planned : plan) {
                CollectionReport done = run.collections().stream()
                        .filter(one -> one.collection().equals(planned.collection()))
                        .findFirst()
                        .orElseThrow();
                assertThat(planned.rejectsByCode()).as(planned.collection()).isEqualTo(done.rejectsByCode());
                assertThat(planned.deletions()).as(planned.collection()).isEqualTo(done.deletions());
            }
        }
    }
}
