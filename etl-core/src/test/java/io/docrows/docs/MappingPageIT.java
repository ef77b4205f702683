package io.docrows.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.RunReport;
import io.docrows.run.RunOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mapping on the page about mappings is what a newcomer can copy: it compiles, and it runs. */
final class MappingPageIT {

    @Test
    void everyMappingOnThePageCompilesAndRuns(@TempDir Path directory) throws Exception {
        try (Stream<String> lines = Files.lines(Path.of("..", "docs", "mapping.md"))) {
            List<String> examples = Examples.blocks(lines, "java").stream()
                    .filter(block -> block.contains("CollectionMapping.of("))
                    .toList();

            List<CollectionMapping<?>> mappings = Examples.mappings(examples, directory);

            assertThat(mappings).hasSizeGreaterThan(5);
            Database database = Bookshop.database();
            for (CollectionMapping<?> mapping : mappings) {
                assertThat(Docrows.pipeline("page", mapping)
                                .source(new MemorySource().with(mapping.collection()))
                                .target(database.target())
                                .run(RunOptions.defaults())
                                .status())
                        .as(mapping.toString())
                        .isEqualTo(RunReport.Status.COMPLETED);
            }
        }
    }
}
