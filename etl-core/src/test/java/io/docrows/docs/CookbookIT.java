package io.docrows.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.UnmatchedDocument;
import io.docrows.report.Counts;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Bson;
import io.docrows.testing.MemorySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every shape of the cookbook, as it is on the page: its documents become its rows, and stay so. */
final class CookbookIT {

    private static final Path PAGE = Path.of("..", "docs", "cookbook.md");
    private static final Pattern TABLE = Pattern.compile("CREATE TABLE (\\w+)");

    /**
     * One shape.
     *
     * @param documents the documents of each collection, in the order in which mappings name them first
     * @param mappings each with the statements before all of them
     * @param rows for each table in the order in which they are created its columns, then its rows
     */
    private record Shape(
            String title, List<String> documents, String tables, List<String> mappings, List<List<String>> rows) {

        static Shape of(String section) {
            List<String> lines = section.lines().toList();
            return new Shape(
                    lines.get(0),
                    Examples.blocks(lines.stream(), "json"),
                    Examples.blocks(lines.stream(), "sql").get(0),
                    mappings(Examples.blocks(lines.stream(), "java").get(0)),
                    rows(lines));
        }

        private static List<String> mappings(String block) {
            List<String> parts = List.of(block.split("(?m)^(?=CollectionMapping\\.of\\()"));
            String first = parts.get(0);
            return first.startsWith("CollectionMapping")
                    ? parts
                    : parts.stream().skip(1).map(first::concat).toList();
        }

        private static List<List<String>> rows(List<String> lines) {
            List<List<String>> all = new ArrayList<>();
            boolean within = false;
            for (String line : lines) {
                if (!line.startsWith("|")) {
                    within = false;
                } else if (!line.startsWith("|---")) {
                    if (!within) {
                        all.add(new ArrayList<>());
                        within = true;
                    }
                    all.get(all.size() - 1).add(cells(line));
                }
            }
            return all;
        }

        /** Cells as a database gives them; an empty one is NULL. */
        private static String cells(String line) {
            return Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
                    .map(String::strip)
                    .map(cell -> cell.isEmpty() ? "-" : cell)
                    .collect(Collectors.joining("|"));
        }
    }

    private static List<Shape> shapes() throws Exception {
        return Stream.of(Files.readString(PAGE).split("\n## "))
                .skip(1)
                .map(Shape::of)
                .toList();
    }

    @TestFactory
    List<DynamicTest> everyShape(@TempDir Path directory) throws Exception {
        List<Shape> shapes = shapes();
        Iterator<CollectionMapping<?>> mappings = Examples.mappings(
                        shapes.stream()
                                .flatMap(shape -> shape.mappings().stream())
                                .toList(),
                        directory)
                .iterator();
        List<DynamicTest> tests = new ArrayList<>();
        for (Shape shape : shapes) {
            List<CollectionMapping<?>> own = new ArrayList<>();
            shape.mappings().forEach(mapping -> own.add(mappings.next()));
            tests.add(DynamicTest.dynamicTest(shape.title(), () -> load(shape, own)));
        }
        return tests;
    }

    private static void load(Shape shape, List<CollectionMapping<?>> mappings) {
        Database database = Bookshop.database();
        List<String> collections =
                mappings.stream().map(CollectionMapping::collection).distinct().toList();
        MemorySource source = new MemorySource();
        long read = 0;
        long unmatched = 0;
        for (int i = 0; i < collections.size(); i++) {
            String[] documents = shape.documents().get(i).split("\n");
            source.with(collections.get(i), documents);
            read += documents.length;
            String collection = collections.get(i);
            unmatched += Arrays.stream(documents)
                    .filter(document -> mappings.stream()
                            .filter(mapping -> mapping.collection().equals(collection))
                            .allMatch(mapping -> mapping.decode(Bson.bson(document)) instanceof UnmatchedDocument))
                    .count();
        }
        ConnectedPipeline pipeline = Docrows.pipeline("cookbook", mappings.toArray(CollectionMapping<?>[]::new))
                .source(source)
                .target(database.target());

        assertThat(shape.documents()).hasSameSizeAs(collections);
        assertThat(pipeline.run(RunOptions.defaults()).total())
                .isEqualTo(new Counts(read, read - unmatched, 0, 0, 0, unmatched, unmatched));

        List<String> tables = TABLE.matcher(shape.tables())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        for (int i = 0; i < shape.rows().size(); i++) {
            List<String> expected = shape.rows().get(i);
            String columns = expected.get(0).replace("|", ", ");
            assertThat(database.rows("SELECT " + columns + " FROM " + tables.get(i) + " ORDER BY " + columns))
                    .as(tables.get(i))
                    .isEqualTo(expected.subList(1, expected.size()));
        }
        assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
        assertThat(pipeline.run(RunOptions.defaults()).total())
                .isEqualTo(new Counts(read, 0, 0, read - unmatched, 0, unmatched, unmatched));
    }

    @Test
    void theTablesAreThoseOfThePage() throws Exception {
        String migration = Files.readString(Path.of("src", "test", "resources", "bookshop", "V40__cookbook.sql"));
        for (Shape shape : shapes()) {
            assertThat(migration).contains(shape.tables());
        }
    }
}
