package io.docrows.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.docrows.cli.testing.CommandLine;
import io.docrows.cli.testing.CommandLine.Result;
import io.docrows.cli.testing.Dump;
import io.docrows.cli.testing.LibraryPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code inspect} over a dump: text, JSON by its schema, and the page. */
final class InspectCommandTest {

    private static final String SECRET = "s3cr3t";
    private static final Path SCHEMA = Path.of("../docs/inspect.schema.json");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir
    Path directory;

    private CommandLine etl;

    @BeforeEach
    void writeADump() throws IOException {
        etl = new CommandLine(directory, Map.of("COLUMNS", "90"), List.of(new LibraryPipeline()));
        List<String> readers = new ArrayList<>();
        List<String> loans = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            readers.add("{_id: " + (1000 + i) + ", name: '" + SECRET + i + "', born: {$date: '1970-03-0" + (1 + i % 9)
                    + "T00:00:00Z'}, uuid: {$binary: {base64: 'AAAAAAAAAAAAAAAAAAAAAA==', subType: '03'}}, pin: '0"
                    + (100 + i)
                    + "', kind: '" + SECRET + (i % 2) + "', " + (i % 2 == 0 ? "card" : "mail") + ": 1.25}");
            loans.add("{_id: " + i + ", reader: " + (i == 7 ? 9_999 : 1000 + i) + ", book: {id: 'b" + i % 4
                    + "', title: 'T"
                    + SECRET + i % 4 + "'}, returned: " + (i % 3 == 0 ? "null" : "true")
                    + ", pages: [{nr: 1}, {nr: 2}], days: {'2024-01-0"
                    + (1 + i % 9) + "': " + i + "}, mixed: " + (i == 3 ? "'x'" : "3") + "}");
        }
        Dump.write(directory.resolve("dump"), "readers", readers.toArray(new String[0]));
        Dump.write(directory.resolve("dump"), "loans", loans.toArray(new String[0]));
    }

    private Result inspect(String... more) {
        List<String> arguments = new ArrayList<>(List.of("inspect", "--source", "dump"));
        arguments.addAll(List.of(more));
        return etl.run(arguments.toArray(new String[0]));
    }

    /** Without the line breaks of a terminal. */
    private static String words(Result result) {
        return result.out().replaceAll("\\s+", " ");
    }

    @Test
    void printsWhatIsThere() {
        Result result = inspect();
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(words(result))
                .contains("2 collections, 80 documents")
                .contains("every document was read")
                .contains("loans.reader -> readers._id: 39 of 40 found; orphans in 1 document, first in 7")
                .contains("could be a table of its own")
                .contains("days: Its field names are data")
                .contains("loan_pages: 80 rows, the elements of loans.pages[]")
                .contains("references readers(id), 1 not found in 1 document")
                .contains("1 document would be rejected (first 3)");
    }

    @Test
    void fitsTheTerminal() {
        assertThat(inspect().out().lines()).allMatch(line -> line.length() <= 90, "at most 90 characters");
        etl = new CommandLine(directory, Map.of("COLUMNS", "80"), etl.pipelines());
        assertThat(inspect().out().lines()).allMatch(line -> line.length() <= 80, "at most 80 characters");
    }

    @Test
    void showsNoValueUnlessAsked() throws IOException {
        assertThat(inspect("--report", "page.html").out()).doesNotContain(SECRET);
        assertThat(Files.readString(directory.resolve("page.html"))).doesNotContain(SECRET);
        assertThat(inspect("--output", "json").out()).doesNotContain(SECRET).doesNotContain("1970-03-01");
        assertThat(words(inspect("--show-values"))).contains(SECRET + "1 (20)").contains("1970-03-01T00:00:00Z");
    }

    @Test
    void writesJsonByItsSchema() throws IOException {
        Schema schema = strict();
        for (String values : new String[] {"--no-progress", "--show-values"}) {
            Result result = inspect("--output", "json", values);
            assertThat(result.exitCode()).isZero();
            assertThat(schema.validate(result.out(), InputFormat.JSON)).isEmpty();
            JsonNode json = MAPPER.readTree(result.out());
            assertThat(json.get("version").asInt()).isEqualTo(InspectJson.VERSION);
            assertThat(json.get("references").get(0).get("orphans").asInt()).isEqualTo(1);
        }
    }

    /** What is written must be described: here, and only here, no other names are allowed. */
    private static Schema strict() throws IOException {
        ObjectNode schema = (ObjectNode) MAPPER.readTree(Files.readString(SCHEMA));
        close(schema);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.has("properties")
                && object.path("type").isString()) {
            object.put("additionalProperties", false);
        }
        node.forEach(InspectCommandTest::close);
    }

    @Test
    void writesAPageThatNeedsNothingElse() throws IOException {
        assertThat(inspect("--report", "page.html").exitCode()).isZero();
        Document page = Jsoup.parse(directory.resolve("page.html").toFile(), "UTF-8");
        assertThat(page.select("script, link, img, iframe, [onclick], [src]")).isEmpty();
        assertThat(page.select("[href]"))
                .isNotEmpty()
                .allMatch(link -> link.attr("href").startsWith("#"));
        for (Element link : page.select("[href]")) {
            assertThat(page.getElementById(link.attr("href").substring(1)))
                    .as(link.attr("href"))
                    .isNotNull();
        }
        assertThat(page.select("svg.diagram a.box")).hasSize(4);
        assertThat(page.select("svg.diagram path.edge.orphans title").eachText())
                .containsExactly("loans (reader) references readers(id), 1 not found in 1 document");
        assertThat(page.select("section.collection")).hasSize(2);
        assertThat(page.select(".choices .rejects").eachText())
                .anyMatch(text -> text.contains("1 document would be rejected"));
        assertThat(page.select("svg.histogram"))
                .isNotEmpty()
                .allMatch(svg -> !svg.attr("aria-label").isEmpty());
    }

    @Test
    void namesOfOthersAreEscapedOnThePage() throws IOException {
        Dump.write(
                directory.resolve("dump"),
                "evil",
                "{_id: 1, '<script>alert(1)</script>': 1, '\u202ename': {'\u001b[31m': 2}}");
        assertThat(inspect("--report", "page.html").out()).doesNotContain("\u202e", "\u001b");
        Document page = Jsoup.parse(directory.resolve("page.html").toFile(), "UTF-8");
        assertThat(page.select("script")).isEmpty();
        assertThat(page.text()).contains("<script>alert(1)</script>").doesNotContain("\u202e", "\u001b");
    }

    @Test
    void readsOnlyWhatIsAskedFor() {
        assertThat(inspect("--collections", "loans").out())
                .contains("1 collection, 40 documents")
                .doesNotContain("readers:");
        assertThat(inspect("--sample", "4").out())
                .contains("only a sample was read")
                .contains("2 collections, 8 documents");
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(inspect("--collections", "nothing"))
                .satisfies(result -> assertThat(result.exitCode()).isEqualTo(3))
                .satisfies(result -> assertThat(result.err()).contains("nothing"));
        assertThat(inspect("--sample", "0"))
                .satisfies(result -> assertThat(result.exitCode()).isEqualTo(2))
                .satisfies(result -> assertThat(result.err()).contains("at least 1 document"));
        assertThat(inspect("--report", "nowhere/page.html").exitCode()).isEqualTo(2);
    }

    @Test
    void aPageThatCouldNotBeWrittenIsAFailureThoughTheRestIsPrinted() {
        // Found out when it is written only: no file has such a name.
        String page = "x".repeat(300) + ".html";

        Result text = inspect("--report", page);
        assertThat(text.exitCode()).isEqualTo(2);
        assertThat(text.err()).contains("--report: the page could not be written");
        assertThat(words(text)).contains("2 collections, 80 documents");

        Result json = inspect("--report", page, "--output", "json");
        assertThat(json.exitCode()).isEqualTo(2);
        assertThat(MAPPER.readTree(json.out()).get("exitCode").asInt()).isEqualTo(2);
        assertThat(etl.run("inspect").err()).contains("no source was given");
    }
}
