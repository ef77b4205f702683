package io.docrows.delete;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionReport;
import io.docrows.report.Deletions;
import io.docrows.run.DeleteLimit;
import io.docrows.run.DeleteMode;
import io.docrows.run.RunOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Shop;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orphaned rows of mappings with tables below the document, and with keys of several columns. */
final class TreeDeletesIT {

    private static final String ORDER = "{_id: %d, items: [{sku: 'a', discounts: [{code: 'x', percent: 1}]}, {sku:"
            + " 'b'}], shipping: {city: 'Arica'}, prices: {EUR: 1}, tags: ['red'], grid: [[1, 2]]}";

    private final Database database = Bookshop.database();

    private Deletions run(DeleteMode deletes, CollectionMapping<?> mapping, String... documents) {
        return Docrows.pipeline("shop", Shop.PRODUCTS, mapping)
                .source(new MemorySource().with("products", "{_id: 'p1'}").with(mapping.collection(), documents))
                .target(database.target())
                .run(RunOptions.defaults().deletes(deletes).maxDeletes(DeleteLimit.of("100%")))
                .collections()
                .stream()
                .filter(report -> report.collection().equals(mapping.collection()))
                .map(CollectionReport::deletions)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void allThatHangsBelowAnOrphanedRowGoesWithIt() {
        run(DeleteMode.IGNORE, Shop.ORDERS, ORDER.formatted(1), ORDER.formatted(2));
        List<String> both = database.rows(Shop.ORDER_ROWS);

        assertThat(run(DeleteMode.DELETE, Shop.ORDERS, ORDER.formatted(2))).isEqualTo(new Deletions(1, 0, 0));

        List<String> rest = database.rows(Shop.ORDER_ROWS);
        assertThat(rest).allMatch(row -> row.startsWith("2|")).hasSize(both.size() / 2);
        assertThat(database.rows("SELECT count(*) FROM item_discount UNION ALL SELECT count(*) FROM grid_cell"))
                .containsExactly("1", "2");
    }

    @Test
    void aKeyOfSeveralColumnsIsComparedWhole() {
        String[] invoices = {
            "{_id: {shop: 1, nr: 1}, total: 1, lines: [{name: 'a', amount: 1}]}",
            "{_id: {shop: 1, nr: 2}, total: 2, lines: [{name: 'a', amount: 1}]}",
            "{_id: {shop: 2, nr: 1}, total: 3, lines: [{name: 'a', amount: 1}]}"
        };
        run(DeleteMode.IGNORE, Shop.INVOICES, invoices);

        assertThat(run(DeleteMode.DELETE, Shop.INVOICES, invoices[0], invoices[2]))
                .isEqualTo(new Deletions(1, 0, 0));

        assertThat(database.rows("SELECT shop, nr, name FROM invoice JOIN invoice_line USING (shop, nr) ORDER BY 1"))
                .containsExactly("1|1|a", "2|1|a");
    }

    @Test
    void aRowStaysForAsLongAsAPartOfAnotherDocumentRefersToIt() {
        String a = "{_id: 'a', borders: [{with: 'b'}]}";
        String b = "{_id: 'b', borders: [{with: 'a'}]}";
        run(DeleteMode.IGNORE, Shop.STATES, a, b, "{_id: 'c'}");

        assertThat(run(DeleteMode.DELETE, Shop.STATES, b, "{_id: 'c'}")).isEqualTo(new Deletions(0, 1, 0));
        assertThat(run(DeleteMode.DELETE, Shop.STATES, "{_id: 'c'}")).isEqualTo(new Deletions(2, 0, 0));

        assertThat(database.rows("SELECT code FROM state UNION ALL SELECT other_code FROM border"))
                .containsExactly("c");
    }
}
