package io.docrows.delete;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionReport;
import io.docrows.report.CollectionVerification;
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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Orphaned rows of mappings with tables below the document, and with keys of several columns. */
@Tag("long")
final class TreeDeletesIT {

    private static final String ORDER = "{_id: %d, items: [{sku: 'a', discounts: [{code: 'x', percent: 1}]}, {sku:"
            + " 'b'}], shipping: {city: 'Arica'}, prices: {EUR: 1}, tags: ['red'], grid: [[1, 2]]}";

    private static final RunOptions DELETING =
            RunOptions.defaults().deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("100%"));

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

    private static final String ITEM = "{_id: 1, items: [{sku: 'a', product: 'p%s'}]}";

    /** Orders and products, in a target whose items refer to products in another way than the migration says. */
    private ConnectedPipeline products(String onDelete, String... products) {
        database.execute("ALTER TABLE order_item DROP CONSTRAINT order_item_product_id_fkey, ADD CONSTRAINT"
                + " order_item_product_id_fkey FOREIGN KEY (product_id) REFERENCES product " + onDelete);
        return Docrows.pipeline("shop", Shop.PRODUCTS, Shop.ORDERS)
                .source(new MemorySource().with("products", products).with("orders", ITEM.formatted(1)))
                .target(database.target());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ON DELETE CASCADE", "ON DELETE SET NULL", ""})
    void aRowStaysWithWhichPartsOfDocumentsWouldGoOrChangeThatStillExist(String onDelete) {
        products(onDelete, "{_id: 'p1'}", "{_id: 'p2'}").run(RunOptions.defaults());
        ConnectedPipeline fewer = products(onDelete);
        List<String> before = database.rows(Shop.ORDER_ROWS);

        Deletions planned =
                fewer.plan(PlanOptions.of(DELETING)).collections().get(0).deletions();
        Deletions done = fewer.run(DELETING).collections().get(0).deletions();

        assertThat(done).isEqualTo(planned).isEqualTo(new Deletions(1, 1, 0));
        assertThat(database.rows(Shop.ORDER_ROWS)).isEqualTo(before);
        assertThat(fewer.verify(VerifyOptions.defaults()).collections())
                .as("the product that is kept has no document")
                .extracting(CollectionVerification::collection, CollectionVerification::extra)
                .containsExactly(tuple("products", 1L), tuple("orders", 0L));
    }

    @Test
    void rowsWithWhichOthersWouldGoThroughATableThatNothingMapsAreNotDeletedAndItIsSaidBeforeAnythingIsRead() {
        database.execute("CREATE TABLE stock (sku text PRIMARY KEY, product_id bigint REFERENCES product ON DELETE"
                + " CASCADE); ALTER TABLE order_item ADD CONSTRAINT item_stock FOREIGN KEY (sku) REFERENCES stock ON"
                + " DELETE CASCADE");
        AtomicInteger read = new AtomicInteger();
        ConnectedPipeline pipeline = Docrows.pipeline("shop", Shop.PRODUCTS, Shop.ORDERS)
                .source(new MemorySource()
                        .with("products", "{_id: 'p1'}")
                        .with("orders")
                        .beforeEach(read::incrementAndGet))
                .target(database.target());

        assertThatThrownBy(() -> pipeline.run(DELETING))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContaining("rows of public.order_item go with rows of public.product through public.stock");
        assertThatThrownBy(() -> pipeline.plan(PlanOptions.of(DELETING)))
                .hasMessageContaining("public.order_item go with rows of public.product");
        assertThat(read).hasValue(0);
        pipeline.run(RunOptions.defaults());
        assertThat(read).hasValue(1);
    }

    @Test
    void aTargetInWhichARowGoesWithAnElementOfAnotherCollectionsDocumentIsRefusedByName() {
        database.execute("ALTER TABLE invoice ADD COLUMN item_id bigint REFERENCES order_item ON DELETE CASCADE");
        ConnectedPipeline pipeline = Docrows.pipeline("shop", Shop.ORDERS, Shop.INVOICES)
                .source(new MemorySource().with("orders").with("invoices"))
                .target(database.target());

        assertThatThrownBy(() -> pipeline.run(RunOptions.defaults()))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_SCHEMA_MISMATCH))
                .hasMessageContaining("rows of public.invoice go with rows of public.order_item");
    }

    @Test
    void columnsThatAreEmptiedWithAnElementOfAnotherCollectionsDocumentAreNamedAndFilledAgainWhenItIsRead() {
        database.execute("ALTER TABLE order_item ADD UNIQUE (sku); ALTER TABLE product ADD FOREIGN KEY (name)"
                + " REFERENCES order_item (sku) ON DELETE SET NULL");
        String product = "{_id: 'p1', name: 'a'}";
        MemorySource source = new MemorySource().with("products").with("orders", "{_id: 1, items: [{sku: 'a'}]}");
        ConnectedPipeline pipeline = Docrows.pipeline("shop", Shop.PRODUCTS, Shop.ORDERS)
                .source(source)
                .target(database.target());
        pipeline.run(RunOptions.defaults());
        source.with("products", product);
        pipeline.run(RunOptions.defaults());
        source.with("orders", "{_id: 1, items: []}");

        String named = "product.name with rows of public.order_item";
        assertThat(warnings(() -> pipeline.plan(PlanOptions.of(RunOptions.defaults()))))
                .anyMatch(warning -> warning.contains(named));
        assertThat(warnings(() -> pipeline.run(RunOptions.defaults()))).anyMatch(warning -> warning.contains(named));
        assertThat(database.rows("SELECT name FROM product")).containsExactly("-");
        assertThat(pipeline.verify(VerifyOptions.defaults()).collections())
                .extracting(CollectionVerification::collection, CollectionVerification::different)
                .containsExactly(tuple("products", 1L), tuple("orders", 0L));
        source.with("orders", "{_id: 1, items: [{sku: 'a'}]}");
        pipeline.run(RunOptions.defaults());
        pipeline.run(RunOptions.defaults());
        assertThat(database.rows("SELECT name FROM product")).containsExactly("a");
    }

    private static List<String> warnings(Runnable action) {
        Logger root = (Logger) LoggerFactory.getLogger("io.docrows");
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        root.addAppender(appender);
        try {
            action.run();
        } finally {
            root.detachAppender(appender);
        }
        return appender.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
