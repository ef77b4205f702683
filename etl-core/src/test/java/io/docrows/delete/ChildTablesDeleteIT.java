package io.docrows.delete;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.report.Deletions;
import io.docrows.run.DeleteLimit;
import io.docrows.run.DeleteMode;
import io.docrows.run.PlanOptions;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Shop;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows of documents that no longer exist take along what is below them. */
@Tag("long")
final class ChildTablesDeleteIT {

    private static final RunOptions DELETING =
            RunOptions.defaults().deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("100%"));

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource()
            .with("products", "{_id: 'p1'}", "{_id: 'p2'}")
            .with(
                    "orders",
                    "{_id: 1, shipping: {city: 'Arica'}, items: [{sku: 'a', product: 'p1', discounts: [{code: 'x',"
                            + " percent: 10}]}], prices: {EUR: 10}, tags: ['red'], grid: [[1.5]]}",
                    "{_id: 2, items: [{sku: 'b', product: 'p2', discounts: [{code: 'x', percent: 10}]}]}")
            .with("states", "{_id: 'CL', borders: [{with: 'PE', km: 169}]}", "{_id: 'PE'}")
            .with(
                    "invoices",
                    "{_id: {shop: 1, nr: NumberLong(7)}, lines: [{name: 'Tea'}]}",
                    "{_id: {shop: 2, nr: NumberLong(7)}, lines: [{name: 'Tea'}]}");
    private final ConnectedPipeline pipeline = Docrows.pipeline(
                    "shop", Shop.PRODUCTS, Shop.ORDERS, Shop.STATES, Shop.INVOICES)
            .source(source)
            .target(database.target());

    private Deletions run(String collection) {
        Deletions planned = pipeline.plan(PlanOptions.of(DELETING)).collections().stream()
                .filter(one -> one.collection().equals(collection))
                .findFirst()
                .orElseThrow()
                .deletions();
        Deletions done = pipeline.run(DELETING).collections().stream()
                .filter(one -> one.collection().equals(collection))
                .findFirst()
                .orElseThrow()
                .deletions();
        assertThat(planned).isEqualTo(done);
        return done;
    }

    @Test
    void theDeepestRowsGoFirst() {
        pipeline.run(RunOptions.defaults());
        source.with("orders", "{_id: 2, items: [{sku: 'b', product: 'p2', discounts: [{code: 'x', percent: 10}]}]}");

        assertThat(run("orders")).isEqualTo(new Deletions(1, 0, 0));

        assertThat(database.rows(Shop.ORDER_ROWS))
                .containsExactly("2|item 1|b x 1|-", "2|item 1 discount|x|10", "2|order|-|-");
        assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
    }

    @Test
    void aRowStaysThatAnElementOfADocumentRefersTo() {
        pipeline.run(RunOptions.defaults());
        source.with("products", "{_id: 'p2'}");
        assertThat(run("products")).isEqualTo(new Deletions(0, 1, 0));

        source.with("orders");
        assertThat(run("products")).isEqualTo(new Deletions(1, 0, 0));
        assertThat(database.rows(Shop.ORDER_ROWS)).isEmpty();
    }

    @Test
    void aRowBelowThatSomethingElseRefersToKeepsItsDocumentsRow() {
        database.execute("CREATE TABLE complaint (item_id bigint REFERENCES order_item)");
        pipeline.run(RunOptions.defaults());
        database.execute("INSERT INTO complaint SELECT id FROM order_item WHERE sku = 'a'");
        source.with("orders");

        assertThat(run("orders")).isEqualTo(new Deletions(1, 1, 0));

        assertThat(database.rows(Shop.ORDER_ROWS)).contains("1|item 1|a x 1|-", "1|order|-|-", "1|tag 0|red|-");
    }

    @Test
    void aTableThatRefersToItselfBelowItsDocumentsKeepsWhatStaysThere() {
        pipeline.run(RunOptions.defaults());
        source.with("states", "{_id: 'CL', borders: [{with: 'PE', km: 169}]}");
        assertThat(run("states")).isEqualTo(new Deletions(0, 1, 0));

        source.with("states");
        assertThat(run("states")).isEqualTo(new Deletions(2, 0, 0));
        assertThat(database.rows("SELECT * FROM border")).isEmpty();
    }

    @Test
    void keysOfSeveralColumnsTellRowsApart() {
        pipeline.run(RunOptions.defaults());
        source.with("invoices", "{_id: {shop: 2, nr: NumberLong(7)}, lines: [{name: 'Tea'}]}");

        assertThat(run("invoices")).isEqualTo(new Deletions(1, 0, 0));

        assertThat(database.rows("SELECT shop, nr, name FROM invoice_line")).containsExactly("2|7|Tea");
    }
}
