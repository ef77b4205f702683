package io.docrows.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.ConnectedPipeline;
import io.docrows.report.Counts;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.scaffold.choice.ProjectName;
import io.docrows.scaffold.testing.Built;
import io.docrows.scaffold.testing.Dump;
import io.docrows.scaffold.testing.Shapes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is offered and never taken on its own: tables for the kinds of documents, lookup tables, references that wait.
 */
final class ChosenIT {

    private static final ProjectName NAME = new ProjectName("zoo", "com.acme.zoo");

    private static Path dump(Path directory) throws Exception {
        Dump dump = new Dump(directory);
        Shapes.polymorphic(dump);
        dump.with(
                        "shops",
                        IntStream.range(0, 40)
                                .mapToObj(i -> "{_id: 's" + i + "'}")
                                .toArray(String[]::new))
                .with(
                        "orders",
                        IntStream.range(0, 60)
                                .mapToObj(i -> "{_id: " + i + ", state: '" + (i % 3 == 0 ? "open" : "done")
                                        + "', shop: 's" + i % 41 + "', lines: [{state: 'packed'}, {state: '"
                                        + (i % 2 == 0 ? "sent" : "packed") + "'}]}")
                                .toArray(String[]::new));
        return directory;
    }

    private static String choices(Scaffold scaffold) {
        return new String(scaffold.files().get("choices.yaml"), UTF_8);
    }

    @Tag("long")
    @Test
    void whatIsOfferedIsToldWithItsCountsAndCanBeTaken(@TempDir Path directory) throws Exception {
        Path dump = dump(directory.resolve("dump"));
        Scaffold scaffold = Scaffold.of(Built.inspect(dump), NAME);

        assertThat(Built.choices(scaffold))
                .contains("# Or split: [kind], a table for each of the 3 kinds of documents")
                .contains("# Or lookup: ")
                .contains("a table that holds each of the 2 different ones once.")
                .contains(
                        "# Refers to shops._id, but 1 of 60 is not found there: no foreign key.\n",
                        "# Or references: [shops, _id], when-missing: pending, a foreign key that is NULL");
        Scaffold chosen = scaffold.with(choices(scaffold)
                .replace("    table: events\n", "    table: events\n    split: [kind]\n")
                .replace("{column: state, type: text}", "{column: state, type: text, lookup: states}")
                .replace(
                        "{column: shop, type: text}",
                        "{column: shop, type: text, references: [shops, _id], when-missing: pending}"));

        assertThat(choices(scaffold.with(choices(chosen)))).isEqualTo(choices(chosen));
        try (Built built = Built.of(dump, chosen, Files.createDirectory(directory.resolve("project")))) {
            ConnectedPipeline pipeline = built.connected();
            assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(new Counts(160, 160, 0, 0, 0, 0));
            assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
            assertThat(pipeline.run(RunOptions.defaults()).total()).isEqualTo(new Counts(160, 0, 0, 160, 0, 0));
            assertThat(built.undecodedShapes()).isEmpty();
            assertThat(built.rows("SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM event_click),"
                            + " (SELECT count(*) FROM event_order), (SELECT count(*) FROM event_order_lines),"
                            + " (SELECT count(*) FROM event_error), (SELECT count(*) FROM event_error_stack)"))
                    .containsExactly("0|20|20|20|20|40");
            assertThat(built.rows("SELECT name FROM states ORDER BY 1"))
                    .containsExactly("done", "open", "packed", "sent");
            assertThat(built.rows("SELECT s.name, count(*), count(shop) FROM orders o JOIN states s ON s.id = o.state"
                            + " GROUP BY 1 ORDER BY 1"))
                    .containsExactly("done|40|39", "open|20|20");
            assertThat(built.rows("SELECT column_name FROM information_schema.columns WHERE table_name = 'event_click'"
                            + " ORDER BY ordinal_position"))
                    .containsExactlyInAnyOrder("id", "kind", "at", "target");
        }
    }

    @Test
    void whatCannotBeSplitOrReferredToIsToldBeforeAnythingIsWritten(@TempDir Path directory) throws Exception {
        Scaffold scaffold = Scaffold.of(Built.inspect(dump(directory)), NAME);
        String yaml = choices(scaffold);

        assertThatThrownBy(() ->
                        scaffold.with(yaml.replace("    table: events\n", "    table: events\n    split: [target]\n")))
                .hasMessageContaining("events: split names a field that does not hold a few different texts");
        assertThatThrownBy(
                        () -> scaffold.with(yaml.replace("    table: events\n", "    table: events\n    tables: {}\n")))
                .hasMessageContaining("events: tables needs split");
        assertThatThrownBy(() -> scaffold.with(yaml.replace(
                        "{column: state, type: text}", "{column: state, type: text, when-missing: later}")))
                .hasMessageContaining("when-missing is pending, reject or forget");
        assertThatThrownBy(() -> scaffold.with(
                        yaml.replace("{column: state, type: text}", "{column: state, type: jsonb, lookup: orders}")))
                .hasMessageContaining("the table orders is there twice")
                .hasMessageContaining("the type of a column with a lookup table");
    }
}
