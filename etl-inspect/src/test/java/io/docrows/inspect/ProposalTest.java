package io.docrows.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.docrows.inspect.proposal.Choice;
import io.docrows.inspect.proposal.Proposal;
import io.docrows.inspect.proposal.ProposedColumn;
import io.docrows.inspect.proposal.ProposedColumn.Role;
import io.docrows.inspect.proposal.ProposedForeignKey;
import io.docrows.inspect.proposal.ProposedTable;
import io.docrows.inspect.proposal.ProposedTable.Origin;
import io.docrows.inspect.proposal.SqlNames;
import io.docrows.inspect.testing.MemorySource;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

/** The tables that are proposed, and what each choice costs. */
final class ProposalTest {

    private static final int COUNT = 40;

    private static Proposal of(MemorySource source) {
        return Proposal.of(Inspector.of(source)
                .inspect(InspectOptions.defaults().threads(1))
                .orElseThrow());
    }

    private static List<BsonDocument> many(IntFunction<String> json) {
        return IntStream.range(0, COUNT)
                .mapToObj(i -> BsonDocument.parse(json.apply(i)))
                .toList();
    }

    private static ProposedTable table(Proposal proposal, String name) {
        return proposal.table(name)
                .orElseThrow(() -> new AssertionError("no table " + name + " among "
                        + proposal.tables().stream().map(ProposedTable::name).toList()));
    }

    private static ProposedColumn column(ProposedTable table, String name) {
        return table.column(name)
                .orElseThrow(() -> new AssertionError("no column " + name + " among "
                        + table.columns().stream().map(ProposedColumn::name).toList()));
    }

    private static String type(ProposedTable table, String name) {
        return column(table, name).chosen().type();
    }

    @Test
    void documentsWithinDocumentsBecomeColumnsWithAPrefix() {
        ProposedTable table = table(
                of(MemorySource.empty()
                        .with(
                                "orderHeads",
                                many(i -> "{_id: " + i + ", shipTo: {zipCode: '012" + i + "', geo: {lat: 1.5}}}"))),
                "order_heads");
        assertThat(table.origin()).isEqualTo(Origin.COLLECTION);
        assertThat(table.primaryKey()).containsExactly("id");
        assertThat(table.columns())
                .extracting(ProposedColumn::name)
                .containsExactly("id", "ship_to_geo_lat", "ship_to_zip_code");
        assertThat(type(table, "ship_to_geo_lat")).isEqualTo("double precision");
    }

    @Test
    void arraysOfDocumentsBecomeChildTablesAtEveryDepth() {
        Proposal proposal = of(
                MemorySource.empty()
                        .with(
                                "orders",
                                many(
                                        i -> "{_id: " + i
                                                + ", items: [{line: 1, sku: 'a', parts: [{w: 1}, {w: 1}]}, {line: 2, sku: 'a', parts: []}]}")));
        ProposedTable items = table(proposal, "order_items");
        assertThat(items.origin()).isEqualTo(Origin.CHILDREN);
        assertThat(items.parent()).contains("orders");
        assertThat(items.rows()).isEqualTo(2 * COUNT);
        assertThat(items.primaryKey()).containsExactly("order_id", "line");
        assertThat(column(items, "line").role()).isEqualTo(Role.IDENTITY);
        assertThat(items.foreignKeys())
                .containsExactly(new ProposedForeignKey(List.of("order_id"), "orders", List.of("id"), 0, 0));
        ProposedTable parts = table(proposal, "order_item_parts");
        assertThat(parts.primaryKey()).containsExactly("order_id", "order_item_line", "position");
        assertThat(parts.foreignKeys().get(0).targetColumns()).containsExactly("order_id", "line");
        assertThat(parts.reasons()).anyMatch(reason -> reason.contains("their position does"));
    }

    @Test
    void arraysOfReferencesBecomeJoinTables() {
        Proposal proposal = of(MemorySource.empty()
                .with("tags", many(i -> "{_id: 't" + i + "'}"))
                .with("posts", many(i -> "{_id: " + i + ", tags: ['t" + i + "', 't" + (i + 1) % COUNT + "']}")));
        ProposedTable join = table(proposal, "post_tags");
        assertThat(join.origin()).isEqualTo(Origin.JOIN);
        assertThat(join.primaryKey()).containsExactly("post_id", "tag_id");
        assertThat(join.foreignKeys()).extracting(ProposedForeignKey::table).containsExactly("posts", "tags");
    }

    @Test
    void arraysOfOtherValuesBecomeArrays() {
        ProposedTable table = table(
                of(MemorySource.empty().with("posts", many(i -> "{_id: " + i + ", words: ['a', 'b'], sizes: [1, 2]}"))),
                "posts");
        assertThat(type(table, "words")).isEqualTo("text[]");
        assertThat(type(table, "sizes")).isEqualTo("integer[]");
    }

    @Test
    void fieldsWhoseNamesAreDataBecomeEntries() {
        Proposal proposal = of(MemorySource.empty()
                .with("products", many(i -> "{_id: " + i + ", prices: {EUR: 1.5, USD: " + i + ".25, GBP: 2.5}}")));
        ProposedTable entries = table(proposal, "product_prices");
        assertThat(entries.origin()).isEqualTo(Origin.ENTRIES);
        assertThat(entries.primaryKey()).containsExactly("product_id", "name");
        assertThat(entries.rows()).isEqualTo(3 * COUNT);
        assertThat(type(entries, "value")).isEqualTo("double precision");
    }

    @Test
    void eachChoiceSaysWhatItCosts() {
        ProposedTable table = table(
                of(MemorySource.empty()
                        .with(
                                "things",
                                IntStream.range(0, 1000)
                                        .mapToObj(i -> BsonDocument.parse("{_id: " + i + ", size: '"
                                                + (i % 500 == 7 ? "x" : i) + "', n: " + (i == 9 ? "true" : i) + "}"))
                                        .toList())),
                "things");
        assertThat(column(table, "size").choices())
                .extracting(Choice::type, Choice::rejectedDocuments)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("text", 0L),
                        org.assertj.core.groups.Tuple.tuple("bigint", 2L));
        assertThat(column(table, "size").choices().get(1).firstId()).contains("7");
        assertThat(column(table, "n").chosen().type()).isEqualTo("integer");
        assertThat(column(table, "n").chosen().rejectedDocuments()).isEqualTo(1);
        assertThat(column(table, "n").chosen().firstId()).contains("9");
    }

    @Test
    void nothingThatCannotBeProvedIsCalledProved() {
        ProposedTable table = table(
                of(
                        MemorySource.empty()
                                .with(
                                        "things",
                                        many(
                                                i -> "{_id: " + i + ", at: " + (1_700_000_000_000L + i)
                                                        + ", price: {$numberDecimal: '1.25'}, day: {$date: '2020-01-0"
                                                        + (1 + i % 9)
                                                        + "T00:00:00Z'}, u: {$binary: {base64: 'AAAAAAAAEAAAAAAAAAAAgA==', subType: '03'}}}"))),
                "things");
        for (ProposedColumn column : table.columns()) {
            for (Choice choice : column.choices()) {
                if (choice.type().equals("timestamptz") && column.name().equals("at")
                        || choice.type().startsWith("numeric(")
                        || choice.type().equals("date")
                        || choice.type().equals("uuid")) {
                    assertThat(choice.proved())
                            .as("%s %s", column.name(), choice.type())
                            .isFalse();
                    assertThat(choice.how()).isNotEmpty();
                }
            }
        }
        assertThat(column(table, "price").choices())
                .extracting(Choice::type)
                .containsExactly("numeric", "numeric(3,2)");
        assertThat(column(table, "day").choices()).extracting(Choice::type).containsExactly("timestamptz", "date");
    }

    @Test
    void foreignKeysSayHowManyOrphansThereAre() {
        Proposal proposal = of(MemorySource.empty()
                .with("users", many(i -> "{_id: 'u" + i + "'}"))
                .with("notes", many(i -> "{_id: " + i + ", user: '" + (i == 4 ? "gone" : "u" + i) + "'}")));
        assertThat(table(proposal, "notes").foreignKeys())
                .containsExactly(new ProposedForeignKey(List.of("user"), "users", List.of("id"), 1, 1));
    }

    @Test
    void keysOfSeveralFieldsAndCollidingNamesAreKept() {
        Proposal proposal = of(MemorySource.empty()
                .with(
                        "stock",
                        many(i -> "{_id: {shop: " + i % 4 + ", nr: " + i + "}, aB: 1, a_b: 2, items: [{x: 1}]}")));
        ProposedTable stock = table(proposal, "stock");
        assertThat(stock.primaryKey()).containsExactlyInAnyOrder("shop", "nr");
        assertThat(stock.columns()).extracting(ProposedColumn::name).contains("a_b", "a_b_2");
        assertThat(table(proposal, "stock_items").primaryKey()).contains("stock_shop", "stock_nr", "position");
    }

    @Test
    void whatIsAlwaysNullOrEmptyHasNoColumn() {
        ProposedTable table = table(
                of(MemorySource.empty()
                        .with("things", many(i -> "{_id: " + i + ", a: null, b: {}, c: [], _class: 'x', d: 1}"))),
                "things");
        assertThat(table.columns()).extracting(ProposedColumn::name).containsExactly("id", "d");
        assertThat(table.leftOut())
                .extracting(ProposedTable.LeftOut::path)
                .containsExactlyInAnyOrder("a", "b", "c", "_class");
    }

    @Test
    void namesFitPostgresql() {
        assertThat(SqlNames.snake("placedAt")).isEqualTo("placed_at");
        assertThat(SqlNames.snake("HTTPServerURL")).isEqualTo("http_server_url");
        assertThat(SqlNames.snake("a.b $c")).isEqualTo("a_b_c");
        assertThat(SqlNames.of(List.of("1st"))).isEqualTo("n1st");
        assertThat(SqlNames.of(List.of("x".repeat(80)))).hasSize(63);
        assertThat(SqlNames.of(List.of("x".repeat(80)))).isNotEqualTo(SqlNames.of(List.of("x".repeat(81))));
        assertThat(SqlNames.cut("ü".repeat(40)).getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(63);
    }

    @Test
    void aNameWithADotIsAnotherFieldThanTheOneInADocument() {
        ProposedTable table = table(
                of(MemorySource.empty().with("things", many(i -> "{_id: " + i + ", 'a.b': 'x', a: {b: 1}}"))),
                "things");
        assertThat(table.columns())
                .extracting(ProposedColumn::name, ProposedColumn::path)
                .containsExactlyInAnyOrder(tuple("id", "_id"), tuple("a_b", "a.b"), tuple("a_b_2", "\"a.b\""));
    }

    @Test
    void whatIsNestedTooDeepToBeLookedIntoIsKeptAsJson() {
        String inner = "{leaf: 1}";
        for (int i = 0; i < 40; i++) {
            inner = "{a: " + inner + "}";
        }
        String deep = inner;
        ProposedTable table = table(
                of(MemorySource.empty().with("things", many(i -> "{_id: " + i + ", x: " + deep + "}"))), "things");
        assertThat(table.columns())
                .hasSize(2)
                .anyMatch(column -> column.chosen().type().equals("jsonb"));
    }

    @Test
    void aCollectionOfTooManyNamesKeepsItsKey() {
        ProposedTable table = table(
                of(MemorySource.empty()
                        .with(
                                "things",
                                IntStream.range(0, 1_100)
                                        .mapToObj(i -> BsonDocument.parse("{_id: " + i + ", n" + i + ": 1}"))
                                        .toList())),
                "things");
        assertThat(table.primaryKey()).containsExactly("id");
        assertThat(table.leftOut())
                .singleElement()
                .satisfies(one -> assertThat(one.path()).isEqualTo("{}"));
    }
}
