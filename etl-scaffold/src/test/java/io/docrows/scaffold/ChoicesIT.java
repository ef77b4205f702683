package io.docrows.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.inspect.fact.Inspection;
import io.docrows.scaffold.choice.ProjectName;
import io.docrows.scaffold.testing.Built;
import io.docrows.scaffold.testing.Dump;
import io.docrows.scaffold.testing.Shapes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of choices: written, changed, handed back. */
final class ChoicesIT {

    private static final ProjectName NAME = new ProjectName("zoo", "com.acme.zoo");

    private static Inspection everything;
    private static Inspection orders;

    @BeforeAll
    static void inspect(@TempDir Path directory) throws Exception {
        Path all = directory.resolve("all");
        Shapes.deep(new Dump(all));
        Shapes.names(new Dump(all));
        Shapes.types(new Dump(all));
        Shapes.references(new Dump(all));
        Shapes.maps(new Dump(all));
        everything = Built.inspect(all);
        Path few = directory.resolve("few");
        new Dump(few)
                .with("orders", "{_id: 1, name: 'a', zip: '501', lines: [{sku: 'x'}], extra: {a: 1}}")
                .with("old", "{_id: 1}");
        orders = Built.inspect(few);
    }

    private static Map<String, String> texts(Scaffold scaffold) {
        Map<String, String> texts = new TreeMap<>();
        scaffold.files().forEach((path, bytes) -> texts.put(path, new String(bytes, UTF_8)));
        return texts;
    }

    private static String choices(Scaffold scaffold) {
        return texts(scaffold).get("choices.yaml");
    }

    @Test
    void theSameInputGivesTheSameFiles() {
        assertThat(texts(Scaffold.of(everything, NAME))).isEqualTo(texts(Scaffold.of(everything, NAME)));
    }

    @Test
    void choicesThatAreHandedBackUnchangedChangeNothing() {
        Scaffold scaffold = Scaffold.of(everything, NAME);

        assertThat(texts(scaffold.with(choices(scaffold)))).isEqualTo(texts(scaffold));
    }

    @Test
    void namesTypesAndWhatIsLeftOutAreTaken() {
        Scaffold scaffold = Scaffold.of(orders, NAME);
        String changed = choices(scaffold)
                .replace("{column: zip, type: text}", "{column: postcode, type: bigint}")
                .replace("{column: name, type: text}", "{leave-out: true}")
                .replace("rows: order_lines", "rows: line_items")
                .replace("  old:\n    table: old\n    key: {column: id, type: bigint}", "  old: {leave-out: true}");

        Map<String, String> files = texts(scaffold.with(changed));

        assertThat(files.get("src/main/java/com/acme/zoo/OrdersMapping.java"))
                .contains(".map(ORDERS.POSTCODE, int64(\"zip\").orText())")
                .contains(".ignore(\"name\")")
                .contains(".children(\"lines\", LINE_ITEMS, OrdersMapping::lineItems)");
        assertThat(files).doesNotContainKey("src/main/java/com/acme/zoo/OldMapping.java");
    }

    @Test
    void whatIsNotNamedIsProposedOrInTheRest() {
        Scaffold scaffold = Scaffold.of(orders, NAME);
        String few = """
                pipeline: shop
                package: com.acme.shop
                collections:
                  orders:
                    table: purchases
                    key: {column: id, type: bigint}
                    fields:
                      name: {column: name, type: text}
                      lines: {rows: lines, fields: {}}
                    rest: more
                """;

        Map<String, String> files = texts(scaffold.with(few));

        assertThat(files.get("src/main/java/com/acme/shop/PurchasesMapping.java"))
                .contains(".map(PURCHASES.NAME, string(\"name\"))\n                .map(PURCHASES.MORE, rest())");
        assertThat(files.get("src/main/java/com/acme/shop/PurchasesMapping.java"))
                .as("the rest holds nothing of what has rows")
                .contains(".map(LINES.SKU, string(\"sku\"))");
        assertThat(files).containsKey("src/main/java/com/acme/shop/OldMapping.java");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        Scaffold scaffold = Scaffold.of(orders, NAME);

        assertThatThrownBy(() ->
                        scaffold.with("pipeline: x\npackage: y.z\ncollections: {a: {tabel: b}, c: {fields: {d: {}}}}"))
                .isInstanceOf(DocrowsException.class)
                .hasMessageContaining("a: there is no setting tabel")
                .hasMessageContaining("a: table is missing")
                .hasMessageContaining("c.d needs one of column, fields, rows");
        String twice = choices(scaffold)
                .replace("{column: zip, type: text}", "{column: name, type: 'text; DROP TABLE x'}")
                .replace("table: old", "table: select");
        assertThatThrownBy(() -> scaffold.with(twice))
                .hasMessageContaining("the column name is there twice")
                .hasMessageContaining("that is no type of PostgreSQL")
                .hasMessageContaining("the table select is there twice, or its name needs quotes");
        assertThatThrownBy(() -> scaffold.with(": [")).hasMessageContaining("the file of choices is wrong");
    }

    @Test
    void theColumnThatTellsRowsApartIsCheckedAsAllColumnsAre() {
        Scaffold scaffold = Scaffold.of(orders, NAME);
        String yaml = choices(scaffold);

        for (String wrong : List.of("order", "sku", "Line")) {
            assertThatThrownBy(() ->
                            scaffold.with(yaml.replace("rows: order_lines", "rows: order_lines\n        by: " + wrong)))
                    .hasMessageContaining(": orders.lines")
                    .hasMessageContaining(": the column " + wrong + " is there twice, or its name needs quotes");
        }
        Scaffold taken = scaffold.with(yaml.replace("rows: order_lines", "rows: order_lines\n        by: order_id"));
        assertThat(texts(taken).get("src/main/resources/db/zoo/V2__orders.sql"))
                .contains("PRIMARY KEY (parent_order_id, order_id)");
    }

    @Test
    void referencesThatWaitForEachOtherAreNeitherOfferedNorTaken(@TempDir Path directory) throws Exception {
        new Dump(directory)
                .with(
                        "firms",
                        IntStream.range(0, 30)
                                .mapToObj(i -> "{_id: 'f" + i + "', boss: 'p" + i + "'}")
                                .toArray(String[]::new))
                .with(
                        "people",
                        IntStream.range(0, 30)
                                .mapToObj(
                                        i -> "{_id: 'p" + i + "', firm: 'f" + (i + 1) + "', twin: 'p" + (i + 1) + "'}")
                                .toArray(String[]::new));
        Scaffold scaffold = Scaffold.of(Built.inspect(directory), NAME);
        String yaml = choices(scaffold);

        assertThat(Built.choices(scaffold))
                .contains("Refers to firms._id, but 1 of 30 is not found there: no foreign key.")
                .doesNotContain("Or references: [firms, _id]")
                .contains("Or references: [people, _id], when-missing: pending");
        assertThatThrownBy(() -> scaffold.with(yaml.replace(
                        "{column: firm, type: text}",
                        "{column: firm, type: text, references: [firms, _id], when-missing: pending}")))
                .hasMessageContaining("people.firm: it refers to firms, which itself refers to people");
    }

    @Test
    void textsThatOnlyLookLikeTheKeysOfAnotherTypeGetNoForeignKey(@TempDir Path directory) throws Exception {
        new Dump(directory)
                .with(
                        "users",
                        IntStream.range(10, 40)
                                .mapToObj(i -> i % 3 == 0
                                        ? "{_id: ObjectId('65a1b2c3d4e5f607182930" + i + "')}"
                                        : "{_id: 'user" + i + "'}")
                                .toArray(String[]::new))
                .with(
                        "orders",
                        IntStream.range(10, 40)
                                .mapToObj(i -> "{_id: 'o" + i + "', user: "
                                        + (i % 3 == 0 ? "'65a1b2c3d4e5f607182930" + i + "'" : "'user" + i + "'") + "}")
                                .toArray(String[]::new));

        String choices = Built.choices(Scaffold.of(Built.inspect(directory), NAME));

        assertThat(choices)
                .contains("Refers to users._id: all 30 found there. The types differ, so that there is no foreign key.")
                .contains("user: {column: user_, type: text}");
    }

    @Test
    void whatIsWrongIsToldWithItsLine() {
        Scaffold scaffold = Scaffold.of(orders, NAME);
        String yaml = choices(scaffold);
        int zip = line(yaml, "zip: {column: zip, type: text}");
        int sku = line(yaml, "sku: {column: sku, type: text}");

        assertThatThrownBy(() -> scaffold.with(yaml.replace("{column: zip,", "{colum: zip,")))
                .hasMessageContaining("line " + zip + ": orders.zip: there is no setting colum");
        assertThatThrownBy(
                        () -> scaffold.with(yaml.replace("{column: sku, type: text}", "{column: sku, type: 'te;xt'}")))
                .hasMessageContaining("line " + sku + ": orders.lines.sku: that is no type of PostgreSQL");
        assertThatThrownBy(() -> scaffold.with(yaml.replace("  old:\n", "  odl:\n")))
                .hasMessageContaining("line " + line(yaml, "  old:")
                        + ": odl: the source has no documents in a collection of that name");
    }

    private static int line(String text, String wanted) {
        return text.substring(0, text.indexOf(wanted)).split("\n", -1).length;
    }
}
