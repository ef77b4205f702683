package io.docrows.internal.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The package internal.metadata is the only owner of the SQL on the schema docrows. */
final class SchemaOwnerTest {

    private static final Path MAIN = Path.of("src/main/java");

    /** A table of the schema where SQL names one; messages that name one to people are no SQL. */
    private static final Pattern SQL = Pattern.compile(
            "(?i)(\\b(FROM|JOIN|INTO|UPDATE|USING|TABLE)\\s+|to_regclass\\('|\")docrows\\.[a-z_]+(?![a-z_.])");

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");

    @Test
    void noOtherPackageNamesATableOfTheSchemaInSql() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            List<String> others = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("internal/metadata"))
                    .filter(file -> !file.toString().contains("metrics"))
                    .filter(file -> SQL.matcher(COMMENT.matcher(read(file)).replaceAll(""))
                            .find())
                    .map(Path::toString)
                    .toList();
            assertThat(others)
                    .as("move the statement to internal.metadata, and let it take what is staged as expressions")
                    .isEmpty();
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
