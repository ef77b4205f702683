package io.docrows.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.report.CollectionVerification;
import io.docrows.report.CollectionVerification.ChildRows;
import io.docrows.report.Difference;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Shop;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A verification looks at the rows of every table below a document. */
@Tag("long")
final class ChildTablesVerifyIT {

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource()
            .with("products", "{_id: 'p1', name: 'one'}", "{_id: 'p2', name: 'two'}")
            .with(
                    "orders",
                    "{_id: 1, note: 'first', country: 'Chile', shipping: {street: 'Main', city: 'Arica'},"
                            + " items: [{sku: 'a', quantity: 2, product: 'p1', discounts: [{code: 'x', percent: 10},"
                            + " {code: 'y', percent: 5}]}, {sku: 'b'}], prices: {EUR: 10, USD: 11}, tags: ['red',"
                            + " null], grid: [[1.5, 2], [3]]}",
                    "{_id: 2, note: 'plain'}")
            .with("states", "{_id: 'CL', borders: [{with: 'PE', km: 169}, {with: 'XX', km: 1}]}", "{_id: 'PE'}")
            .with(
                    "invoices",
                    "{_id: {shop: 1, nr: NumberLong(7)}, total: 3, lines: [{name: 'Tea', amount: 1}, {name: 'Milk'}]}",
                    "{_id: {shop: 2, nr: NumberLong(7)}, lines: [{name: 'tea', amount: 4}]}");
    private final ConnectedPipeline pipeline = Docrows.pipeline(
                    "shop", Shop.PRODUCTS, Shop.ORDERS, Shop.STATES, Shop.INVOICES)
            .source(source)
            .target(database.target());

    private CollectionVerification verify(String collection, VerifyOptions options) {
        return pipeline.verify(options).collections().stream()
                .filter(one -> one.collection().equals(collection))
                .findFirst()
                .orElseThrow();
    }

    private CollectionVerification orders() {
        return verify("orders", VerifyOptions.defaults().values(true));
    }

    @Test
    void whatWasLoadedIsEqual() {
        pipeline.run(RunOptions.defaults());

        assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
        assertThat(orders().children()).isEmpty();
        assertThat(orders().equal()).isEqualTo(2);
    }

    @Test
    void aDocumentThatIsRefusedOnlyWhenItsElementsAreComparedIsToldByItsKey() {
        pipeline.run(RunOptions.defaults());
        source.with("invoices", "{_id: {shop: 1, nr: NumberLong(7)}, lines: [{name: 'Tea'}, {name: 'tea'}]}");
        database.execute("DELETE FROM invoice_line; DELETE FROM invoice");

        CollectionVerification invoices = verify("invoices", VerifyOptions.defaults());

        assertThat(invoices.missing()).isEqualTo(1);
        assertThat(invoices.differences()).extracting(Difference::key).containsExactly("{\"shop\":1,\"nr\":7}");
    }

    @Test
    void aFlippedCharacterInTheDeepestRowIsFoundAndShown() {
        pipeline.run(RunOptions.defaults());
        database.execute("UPDATE item_discount SET percent = 6 WHERE code = 'y'");

        CollectionVerification orders = orders();

        assertThat(orders.equal()).isEqualTo(1);
        assertThat(orders.different()).isEqualTo(1);
        assertThat(orders.columns()).isEmpty();
        assertThat(orders.children())
                .containsExactly(entry("item_discount", new ChildRows(0, 0, 1, Map.of("percent", 1L))));
        assertThat(orders.differences())
                .containsExactly(new Difference(
                        Difference.Kind.DIFFERENT,
                        "1",
                        List.of(new Difference.Column("item_discount.percent", "[1/y] 5", "[1/y] 6"))));
        assertThat(verify("orders", VerifyOptions.defaults())
                        .differences()
                        .get(0)
                        .columns())
                .containsExactly(new Difference.Column("item_discount.percent", null, null));
    }

    @Test
    void rowsThatAreMissingOrTooManyAreFoundInEveryTable() {
        pipeline.run(RunOptions.defaults());
        database.execute("DELETE FROM order_tag WHERE place = 1;"
                + "INSERT INTO order_price VALUES ('2', 'GBP', 1);"
                + "DELETE FROM shipping_address;"
                + "UPDATE grid_cell SET x = 9 WHERE y = 0 AND x = 1;"
                + "UPDATE order_item SET product_id = (SELECT id FROM product WHERE mongo_id = 'p2') WHERE line = 1");

        CollectionVerification orders = orders();

        assertThat(orders.different()).isEqualTo(2);
        assertThat(orders.children())
                .containsOnly(
                        entry("order_tag", new ChildRows(1, 0, 0, Map.of())),
                        entry("order_price", new ChildRows(0, 1, 0, Map.of())),
                        entry("shipping_address", new ChildRows(1, 0, 0, Map.of())),
                        entry("grid_cell", new ChildRows(1, 1, 0, Map.of())),
                        entry("order_item", new ChildRows(0, 0, 1, Map.of("product_id", 1L))));
        assertThat(orders.differences().get(0).columns())
                .containsExactlyInAnyOrder(
                        new Difference.Column("shipping_address", "1 row", null),
                        new Difference.Column("order_item.product_id", "[1] p1", "[1] p2"),
                        new Difference.Column("order_tag", "1", null),
                        new Difference.Column("grid_cell", "0/1", "0/9"));
        assertThat(orders.differences().get(1).columns())
                .containsExactly(new Difference.Column("order_price", null, "GBP"));

        pipeline.run(RunOptions.defaults());
        assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
    }

    @Test
    void rowsOfDocumentsThatHaveNoRowAreNotCountedAgain() {
        pipeline.run(RunOptions.defaults());
        database.execute("INSERT INTO shop_order (mongo_id) VALUES ('gone');"
                + "INSERT INTO order_tag SELECT id, 0, 'lost' FROM shop_order WHERE mongo_id = 'gone'");
        source.with("orders", "{_id: 3, tags: ['new']}");

        CollectionVerification orders = orders();

        assertThat(orders.missing()).isEqualTo(1);
        assertThat(orders.extra()).isEqualTo(3);
        assertThat(orders.children()).isEmpty();
    }

    @Test
    void anElementThatARunSkipsIsNoDifferenceUntilItsRowIsThere() {
        pipeline.run(RunOptions.defaults());
        assertThat(database.rows("SELECT other_code, kilometres FROM border")).containsExactly("PE|169");
        database.execute("INSERT INTO state (code) VALUES ('XX')");

        CollectionVerification states = verify("states", VerifyOptions.defaults());

        assertThat(states.children()).containsExactly(entry("border", new ChildRows(1, 0, 0, Map.of())));
    }

    @Test
    void keysOfSeveralColumnsAndIdentitiesThatAreEqualToTheirColumnAreFound() {
        pipeline.run(RunOptions.defaults());
        database.execute("UPDATE invoice SET total = 4 WHERE shop = 1;"
                + "UPDATE invoice_line SET name = 'TEA' WHERE shop = 2;"
                + "UPDATE invoice_line SET amount = 2 WHERE shop = 1 AND name = 'tea'");

        CollectionVerification invoices =
                verify("invoices", VerifyOptions.defaults().values(true));

        assertThat(invoices.columns()).containsExactly(entry("total", 1L));
        assertThat(invoices.children())
                .containsExactly(entry("invoice_line", new ChildRows(0, 0, 2, Map.of("name", 1L, "amount", 1L))));
        assertThat(invoices.differences().get(0))
                .isEqualTo(new Difference(
                        Difference.Kind.DIFFERENT,
                        "[\"1\", \"7\"]",
                        List.of(
                                new Difference.Column("total", "3", "4"),
                                new Difference.Column("invoice_line.amount", "[Tea] 1", "[Tea] 2"))));
        assertThat(invoices.differences().get(1).columns())
                .containsExactly(new Difference.Column("invoice_line.name", "[tea] tea", "[tea] TEA"));
    }

    @Test
    void twoElementsThatTheirColumnHoldsEqualAreRejectedAsInARun() {
        source.with(
                "invoices",
                "{_id: {shop: 1, nr: NumberLong(7)}, lines: [{name: 'Tea'}, {name: 'TEA'}]}",
                "{_id: {shop: 1, nr: NumberLong(8)}}");
        CollectionVerification before = verify("invoices", VerifyOptions.defaults());
        assertThat(before.missing()).isEqualTo(2);

        pipeline.run(RunOptions.defaults());

        CollectionVerification after = verify("invoices", VerifyOptions.defaults());
        assertThat(after.rejected()).isEqualTo(1);
        assertThat(after.isAccountedFor()).isTrue();
    }
}
