package io.docrows.gigs.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SampleFilesTest {

    private static final Path COMMITTED = Samples.repository().resolve("samples");

    /** On request the committed files are written anew; then the tests below have nothing to complain about. */
    @BeforeAll
    static void writeIfAsked() {
        if (Boolean.getBoolean("samples.write")) {
            WriteSamples.main(new String[] {COMMITTED.toString()});
        }
    }

    static Set<String> names() {
        return SampleFiles.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theCommittedFileIsWhatTheGeneratorWrites(String name) throws IOException {
        byte[] committed = Files.readAllBytes(COMMITTED.resolve(name));

        assertThat(committed)
                .as("%s; run the command in samples/README.md and commit the result", name)
                .isEqualTo(SampleFiles.all().get(name));
    }

    @Test
    void nothingElseIsCommittedButAPageAboutIt() throws IOException {
        Set<String> expected = new TreeSet<>(names());
        expected.add("README.md");

        assertThat(files(COMMITTED)).isEqualTo(expected);
    }

    @Test
    void allOfItTogetherIsSmall() {
        assertThat(SampleFiles.all().values().stream()
                        .mapToLong(content -> content.length)
                        .sum())
                .isLessThan(4L << 20);
    }

    @Test
    void theCommandWritesAllFiles(@TempDir Path directory) throws IOException {
        WriteSamples.main(new String[] {directory.toString()});

        assertThat(files(directory)).isEqualTo(names());
    }

    private static Set<String> files(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> directory.relativize(path).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
