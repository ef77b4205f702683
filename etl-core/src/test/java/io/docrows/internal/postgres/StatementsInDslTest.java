package io.docrows.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Statements on rows are said in jOOQ's DSL, which quotes names and values, and not put together as texts. */
final class StatementsInDslTest {

    private static final Path INTERNAL = Path.of("src/main/java/io/docrows/internal");

    /** A text that ends where a statement names its table, with something appended to it. */
    private static final Pattern APPENDED =
            Pattern.compile("(?<!DISTINCT )\\b(FROM|JOIN|INTO|UPDATE|USING)\\s+\"\\s*\\+");

    @Test
    void noStatementGetsTheNameOfItsTableAppended() throws IOException {
        try (Stream<Path> files = Files.walk(INTERNAL)) {
            List<String> others = files.filter(file -> file.toString().endsWith(".java"))
                    // What goes with COPY names its columns as COPY does, which jOOQ has no word for.
                    .filter(file -> !file.startsWith(INTERNAL.resolve("write")))
                    .filter(file -> APPENDED.matcher(read(file)).find())
                    .map(Path::toString)
                    .toList();
            assertThat(others).as("say the statement in jOOQ's DSL").isEmpty();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
