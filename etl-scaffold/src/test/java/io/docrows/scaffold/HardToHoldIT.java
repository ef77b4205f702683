package io.docrows.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.scaffold.choice.ProjectName;
import io.docrows.scaffold.testing.Built;
import io.docrows.scaffold.testing.Dump;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a column cannot hold is taken out, put elsewhere or left out, and always told. */
final class HardToHoldIT {

    @TempDir
    Path directory;

    private static String fields(int number, IntFunction<String> field) {
        return IntStream.range(0, number).mapToObj(field).collect(Collectors.joining(", "));
    }

    /** A document in which {@code twicX} is {@code twice}, and {@code @@} is no UTF-8. */
    private static byte[] bson(String json) {
        byte[] bytes = Dump.bson(json);
        for (int i = 0; i + 4 < bytes.length; i++) {
            if (new String(bytes, i, 5, UTF_8).equals("twicX")) {
                bytes[i + 4] = 'e';
            } else if (bytes[i] == '@' && bytes[i + 1] == '@') {
                bytes[i] = (byte) 0xC3;
                bytes[i + 1] = (byte) 0x28;
            }
        }
        return bytes;
    }

    private Scaffold scaffold(String collection, String... documents) throws Exception {
        byte[][] all = new byte[documents.length][];
        for (int i = 0; i < all.length; i++) {
            all[i] = bson(documents[i]);
        }
        new Dump(directory).raw(collection, all);
        return Scaffold.of(Built.inspect(directory), new ProjectName("zoo", "com.acme.zoo"));
    }

    private static String mapping(Scaffold scaffold, String name) {
        return new String(scaffold.files().get("src/main/java/com/acme/zoo/" + name + "Mapping.java"), UTF_8);
    }

    @Test
    void theColumnOfAllOtherFieldsLosesWhatJsonbCannotHoldAndSaysSo() throws Exception {
        Scaffold scaffold = scaffold(
                "wide",
                "{_id: 1, " + fields(250, i -> "f" + i + ": 1") + "}",
                "{_id: 2, " + fields(250, i -> "f" + i + ": 1") + ", few: {text: 'a\\u0000', other: ['@@', '@@']}}");

        assertThat(mapping(scaffold, "Wide")).contains(".map(WIDE.REST, rest().stripNul().replaceInvalid())");
        assertThat(Built.choices(scaffold))
                .contains("# LOSS: in the column rest, 1 text with NUL (U+0000)")
                .contains("# LOSS: in the column rest, 2 texts that are not UTF-8");
    }

    @Test
    void theColumnOfWholeDocumentsDoesSoToo() throws Exception {
        Scaffold scaffold = scaffold(
                "chaos",
                IntStream.range(0, 40)
                        .mapToObj(d -> "{_id: " + d + ", " + fields(60, i -> "'n" + (60 * d + i) + "': 'a\\u0000'")
                                + (d == 0 ? ", some: {twice: 1, twicX: 2}}" : "}"))
                        .toArray(String[]::new));

        assertThat(mapping(scaffold, "Chaos")).contains(".map(CHAOS.DOCUMENT, rest().stripNul())");
        assertThat(Built.choices(scaffold))
                .contains("# LOSS: in the column document, 2,400 texts with NUL (U+0000)")
                .contains("# LOSS: in the column document, 1 field that a document has twice");
    }

    @Test
    void aRestThatSomebodyAsksForLosesWhatIsNotNamed() throws Exception {
        Scaffold scaffold = scaffold("orders", "{_id: 1, name: 'a', note: 'b\\u0000', sub: {in: 'c\\u0000', out: 1}}");
        String choices = """
                pipeline: zoo
                package: com.acme.zoo
                collections:
                  orders:
                    table: orders
                    key: {column: id, type: bigint}
                    fields:
                      %s
                    rest: more
                """;

        Scaffold none = scaffold.with(choices.formatted("note: {column: note, type: text}"));
        Scaffold clean = scaffold.with(choices.formatted("note: {leave-out: true}\n      sub: {leave-out: true}"));

        assertThat(mapping(none, "Orders")).contains(".map(ORDERS.MORE, rest().stripNul())");
        assertThat(Built.choices(none)).contains("# LOSS: in the column more, 1 text with NUL");
        assertThat(mapping(clean, "Orders")).contains(".map(ORDERS.MORE, rest())");
        assertThat(Built.choices(clean)).doesNotContain("LOSS: in the column");
        assertThat(Built.choices(none.with(Built.choices(none)))).isEqualTo(Built.choices(none));
    }

    @Test
    void noTableOfRowsHasMoreColumnsThanItCanHold() throws Exception {
        String leaves = fields(200, i -> "leaf" + i + "x: 1");
        Scaffold scaffold = scaffold(
                "bundles",
                "{_id: 1, entry: [{url: 'u', resource: {kind: 'a', small: {a: 1, b: 2}, large: {one: {" + leaves
                        + "}, two: {" + leaves + "}}}, search: {mode: 'm'}}], flat: [{"
                        + fields(253, i -> "leaf" + i + "x: 1") + "}]}");
        CollectionChoice bundles = scaffold.choices().collection("bundles").orElseThrow();

        Choice.Rows entry = (Choice.Rows) bundles.fields().fields().get("entry");
        Choice.Fields row = (Choice.Fields) entry.row();
        Choice.Fields resource = (Choice.Fields) row.fields().get("resource");
        assertThat(resource.fields().get("small")).isInstanceOf(Choice.Fields.class);
        Choice.Fields large = (Choice.Fields) resource.fields().get("large");
        assertThat(large.fields().get("one")).isInstanceOf(Choice.Fields.class);
        assertThat(large.fields().get("two").asColumn().orElseThrow().type()).isEqualTo("jsonb");
        assertThat(row.fields().get("search")).isInstanceOf(Choice.Fields.class);
        assertThat(bundles.fields()
                        .fields()
                        .get("flat")
                        .asColumn()
                        .orElseThrow()
                        .type())
                .isEqualTo("jsonb");
    }

    @Test
    void aNameThatIsThereTwiceIsLeftOutWhereverTheColumnWouldBeOfJsonb() throws Exception {
        Scaffold scaffold = scaffold(
                "things",
                "{_id: 1, place: {type: 'Point', coordinates: [1, 2], twice: 1, twicX: 2}, grid: [[{twice: 1, twicX: 2}]], plain: 1}",
                "{_id: 2, map: {" + fields(9, i -> "'65a1b2c3d4e5f607182930" + (10 + i) + "': {twice: 1, twicX: 2}")
                        + "}}",
                "{_id: 3, map: {" + fields(9, i -> "'65a1b2c3d4e5f607182931" + (10 + i) + "': 1") + "}}");

        List<String> leftOut =
                scaffold.choices().collection("things").orElseThrow().fields().fields().entrySet().stream()
                        .filter(field -> field.getValue() instanceof Choice.LeftOut)
                        .map(field -> field.getKey())
                        .toList();
        assertThat(leftOut).containsExactlyInAnyOrder("place", "grid", "map");
    }
}
