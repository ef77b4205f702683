package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.docrows.Docrows;
import io.docrows.error.RejectCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionReport;
import io.docrows.report.Counts;
import io.docrows.report.RowCounts;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Shop;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows below a document: they equal it exactly, at every depth, with the fewest writes. */
final class ChildTablesIT {

    private static final String FULL = """
            {_id: 1, note: 'first', country: 'Chile', shipping: {street: 'Main', city: 'Arica'},
             items: [{sku: 'a', quantity: 2, price: NumberDecimal('1.50'), product: 'p1',
                      discounts: [{code: 'x', percent: 10}, {code: 'y', percent: 5}]},
                     {sku: 'b'},
                     {sku: 'c', product: 'p2', discounts: [{code: 'x', percent: 1}]}],
             prices: {EUR: 10, USD: NumberDecimal('11.5')}, tags: ['red', null, 'red'],
             grid: [[1.5, 2], [], [3]]}
            """;
    private static final String[] FULL_ROWS = {
        "1|cell 0 0|1.5|-",
        "1|cell 0 1|2|-",
        "1|cell 2 0|3|-",
        "1|item 1|a x 2 at 1.50|one",
        "1|item 1 discount|x|10",
        "1|item 1 discount|y|5",
        "1|item 2|b x 1|-",
        "1|item 3|c x 1|two",
        "1|item 3 discount|x|1",
        "1|order|first|Chile",
        "1|price|EUR|10",
        "1|price|USD|11.5",
        "1|row 0|-|-",
        "1|row 1|-|-",
        "1|row 2|-|-",
        "1|shipping|Main|Arica",
        "1|tag 0|red|-",
        "1|tag 1|-|-",
        "1|tag 2|red|-"
    };
    private static final String PLAIN = "{_id: 2, note: 'plain'}";

    private final Database database = Bookshop.database();
    private final RunOptions options = RunOptions.defaults();

    private RunReport run(CollectionMapping<?> mapping, RunOptions how, String... documents) {
        return Docrows.pipeline("shop", Shop.PRODUCTS, mapping)
                .source(new MemorySource()
                        .with("products", "{_id: 'p1', name: 'one'}", "{_id: 'p2', name: 'two'}")
                        .with(mapping.collection(), documents))
                .target(database.target())
                .run(how);
    }

    private Counts orders(RunOptions how, String... documents) {
        return run(Shop.ORDERS, how, documents).collections().get(1).counts();
    }

    private List<String> rows() {
        return database.rows(Shop.ORDER_ROWS);
    }

    /** Row versions of all tables of the shop, so that whatever is written shows. */
    private List<String> versions() {
        return database.rows("""
                SELECT xmin::text, ctid::text, 'order' FROM shop_order UNION ALL
                SELECT xmin::text, ctid::text, 'item' FROM order_item UNION ALL
                SELECT xmin::text, ctid::text, 'discount' FROM item_discount UNION ALL
                SELECT xmin::text, ctid::text, 'price' FROM order_price UNION ALL
                SELECT xmin::text, ctid::text, 'address' FROM shipping_address UNION ALL
                SELECT xmin::text, ctid::text, 'tag' FROM order_tag UNION ALL
                SELECT xmin::text, ctid::text, 'row' FROM grid_row UNION ALL
                SELECT xmin::text, ctid::text, 'cell' FROM grid_cell ORDER BY 3, 1, 2
                """);
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void rowsBelowADocumentAreThatDocumentAndASecondRunWritesNothing(BulkLoad bulkLoad) {
        assertThat(orders(options.bulkLoad(bulkLoad), FULL, PLAIN)).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
        assertThat(rows()).startsWith(FULL_ROWS).endsWith("2|order|plain|-");

        List<String> before = versions();
        RunReport again = run(Shop.ORDERS, options, FULL, PLAIN);
        assertThat(again.collections().get(1).counts()).isEqualTo(new Counts(2, 0, 0, 2, 0, 0));
        assertThat(again.collections().get(1).rows()).isEmpty();
        assertThat(versions()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void oneChangedElementWritesOneRow(BulkLoad bulkLoad) {
        orders(options.bulkLoad(bulkLoad), FULL, PLAIN);
        List<String> before = versions();

        assertThat(orders(options, FULL.replace("percent: 5", "percent: 6"), PLAIN))
                .isEqualTo(new Counts(2, 0, 1, 1, 0, 0));

        List<String> after = versions();
        assertThat(after).hasSameSizeAs(before);
        assertThat(after.stream().filter(row -> !before.contains(row))).hasSize(1);
        assertThat(rows()).contains("1|item 1 discount|y|6");
    }

    @Test
    void elementsThatLeftTakeWhatHangsBelowThemAlong() {
        orders(options, FULL);
        String less = "{_id: 1, note: 'first', items: [{sku: 'a', quantity: 2, price: NumberDecimal('1.50'), product:"
                + " 'p1', discounts: [{code: 'y', percent: 5}]}], prices: {USD: NumberDecimal('11.5'), GBP: 9}, grid:"
                + " [[2]]}";

        CollectionReport report = run(Shop.ORDERS, options, less).collections().get(1);

        assertThat(report.counts()).isEqualTo(new Counts(1, 0, 1, 0, 0, 0));
        assertThat(report.rows())
                .containsOnly(
                        entry("public.shop_order", new RowCounts(0, 1, 0)),
                        entry("public.item_discount", new RowCounts(0, 0, 2)),
                        entry("public.order_item", new RowCounts(0, 0, 2)),
                        entry("public.order_price", new RowCounts(1, 0, 1)),
                        entry("public.shipping_address", new RowCounts(0, 0, 1)),
                        entry("public.order_tag", new RowCounts(0, 0, 3)),
                        entry("public.grid_row", new RowCounts(0, 0, 2)),
                        entry("public.grid_cell", new RowCounts(0, 1, 2)));
        assertThat(rows())
                .containsExactly(
                        "1|cell 0 0|2|-",
                        "1|item 1|a x 2 at 1.50|one",
                        "1|item 1 discount|y|5",
                        "1|order|first|-",
                        "1|price|GBP|9",
                        "1|price|USD|11.5",
                        "1|row 0|-|-");
    }

    @Test
    void anElementThatMovesUpDoesNotKeepWhatThatBeforeItHadInAColumnWithADefault() {
        orders(options, "{_id: 1, items: [{sku: 'a', quantity: 2}, {sku: 'b'}]}");
        String less = "{_id: 1, items: [{sku: 'b'}]}";

        assertThat(orders(options, less)).isEqualTo(new Counts(1, 0, 1, 0, 0, 0));

        assertThat(rows()).containsExactly("1|item 1|b x 1|-", "1|order|-|-");
        assertThat(orders(options, less)).isEqualTo(new Counts(1, 0, 0, 1, 0, 0));
        database.execute("UPDATE order_item SET quantity = 7");
        assertThat(Docrows.pipeline("shop", Shop.PRODUCTS, Shop.ORDERS)
                        .source(new MemorySource()
                                .with("products", "{_id: 'p1', name: 'one'}", "{_id: 'p2', name: 'two'}")
                                .with("orders", less))
                        .target(database.target())
                        .verify(VerifyOptions.defaults())
                        .isEqual())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void aBadElementRejectsItsDocumentAndNoOther(BulkLoad bulkLoad) {
        RunReport report = run(
                Shop.ORDERS,
                options.bulkLoad(bulkLoad),
                "{_id: 1, items: [{sku: 'a'}, {sku: 5}]}",
                "{_id: 2, items: [{sku: 'a', discounts: [{code: 'x', percent: 1}, {code: 'x', percent: 2}]}]}",
                "{_id: 3, items: {sku: 'a'}}",
                "{_id: 4, items: [{sku: 'a', product: 'gone'}]}",
                "{_id: 5, items: [{sku: 'a', quantity: 0}]}",
                "{_id: 6, items: [{sku: 'a'}]}");

        assertThat(report.collections().get(1).rejectsByCode())
                .containsOnly(
                        entry(RejectCode.TYPE_MISMATCH, 2L),
                        entry(RejectCode.DUPLICATE_ELEMENT, 1L),
                        entry(RejectCode.MISSING_REFERENCE, 1L),
                        entry(RejectCode.CONSTRAINT_VIOLATION, 1L));
        assertThat(rows()).containsExactly("6|item 1|a x 1|-", "6|order|-|-");
        assertThat(database.rows("SELECT document_key, code, path FROM docrows.reject ORDER BY 1"))
                .containsExactly(
                        "1|TYPE_MISMATCH|items[].sku",
                        "2|DUPLICATE_ELEMENT|items[].discounts[].code",
                        "3|TYPE_MISMATCH|items",
                        "4|MISSING_REFERENCE|items[].product",
                        "5|CONSTRAINT_VIOLATION|items[].quantity");
    }

    @Test
    void statesOfOneCollectionBorderEachOtherWhicheverComesFirst() {
        RunReport first = run(
                Shop.STATES,
                options.batch(1, 1 << 20),
                "{_id: 'A', borders: [{with: 'B', km: 10}, {with: 'Z', km: 1}]}",
                "{_id: 'B', borders: [{with: 'A', km: 10}]}");
        assertThat(first.collections().get(1).counts()).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
        assertThat(database.rows("SELECT * FROM border ORDER BY 1")).containsExactly("B|A|10");

        run(
                Shop.STATES,
                options,
                "{_id: 'A', borders: [{with: 'B', km: 10}, {with: 'Z', km: 1}]}",
                "{_id: 'B', borders: [{with: 'A', km: 10}]}");
        assertThat(database.rows("SELECT * FROM border ORDER BY 1")).containsExactly("A|B|10", "B|A|10");
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void aKeyOfSeveralColumnsLeadsToRowsBelow(BulkLoad bulkLoad) {
        String[] documents = {
            "{_id: {shop: 1, nr: 1}, total: 5, lines: [{name: 'Tea', amount: 2}, {name: 'milk', amount: 3}]}",
            "{_id: {shop: 1, nr: 2}, total: 7, lines: [{name: 'Tea', amount: 7}]}",
            "{_id: {shop: 2, nr: 1}, total: 0, lines: [{name: 'Tea'}, {name: 'TEA'}]}"
        };
        RunReport report = run(Shop.INVOICES, options.bulkLoad(bulkLoad), documents);
        assertThat(report.collections().get(1).counts()).isEqualTo(new Counts(3, 2, 0, 0, 1, 0));
        assertThat(report.collections().get(1).rejectsByCode()).containsOnlyKeys(RejectCode.DUPLICATE_ELEMENT);

        documents[0] = "{_id: {shop: 1, nr: 1}, total: 6, lines: [{name: 'tea', amount: 2}]}";
        assertThat(run(Shop.INVOICES, options, documents).collections().get(1).counts())
                .isEqualTo(new Counts(3, 0, 1, 1, 1, 0));
        assertThat(database.rows("SELECT i.shop, i.nr, total, name, amount FROM invoice i JOIN invoice_line l"
                        + " ON (l.shop, l.nr) = (i.shop, i.nr) ORDER BY 1, 2"))
                .containsExactly("1|1|6|tea|2", "1|2|7|Tea|7");
    }
}
