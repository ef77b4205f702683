package io.docrows.gigs.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.gigs.samples.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReadmeTest {

    private static final Pattern FENCE = Pattern.compile("(?ms)^```java\\R(.*?)^```");

    @Test
    void theEmbeddingExampleIsTheOneThatIsCompiled() throws IOException {
        List<String> fences = FENCE.matcher(read(Samples.repository().resolve("README.md")))
                .results()
                .map(MatchResult::group)
                .map(fence ->
                        fence.substring("```java".length(), fence.length() - 3).strip())
                .toList();

        assertThat(fences)
                .as("the README's Java, which must hold EmbeddingExample.java from its imports to its end")
                .contains(example());
    }

    @Test
    void theEmbeddingExampleHasAtMostFortyLines() throws IOException {
        assertThat(example().lines()).hasSizeLessThanOrEqualTo(40);
    }

    private static String example() throws IOException {
        String file = read(
                Samples.repository().resolve("etl-gigs/src/test/java/io/docrows/gigs/example/EmbeddingExample.java"));
        return file.substring(file.indexOf("import ")).strip();
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).replace("\r\n", "\n");
    }
}
