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
import java.util.Map;
import java.util.TreeMap;
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
                    rest: more
                """;

        Map<String, String> files = texts(scaffold.with(few));

        assertThat(files.get("src/main/java/com/acme/shop/PurchasesMapping.java"))
                .contains(".map(PURCHASES.NAME, string(\"name\"))\n                .map(PURCHASES.MORE, rest())");
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
