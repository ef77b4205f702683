package io.docrows.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MappingPageTest {

    @Test
    void everyMappingOnThePageCompilesAndCanBeBuilt(@TempDir Path directory) throws Exception {
        try (Stream<String> lines = Files.lines(Path.of("..", "docs", "mapping.md"))) {
            List<String> examples = Examples.blocks(lines, "java").stream()
                    .filter(block -> block.contains("CollectionMapping.of("))
                    .toList();

            assertThat(Examples.mappings(examples, directory)).hasSizeGreaterThan(2);
        }
    }
}
