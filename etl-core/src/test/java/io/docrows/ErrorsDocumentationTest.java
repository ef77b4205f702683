package io.docrows;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.error.ErrorCode;
import io.docrows.error.RejectCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of codes and the codes are the same. */
final class ErrorsDocumentationTest {

    @Test
    void everyCodeIsDocumentedAndEveryDocumentedCodeExists() throws IOException {
        List<String> documented = Files.readString(Path.of("..", "docs", "errors.md"))
                .lines()
                .filter(line -> line.matches("\\| `[A-Z0-9_]+`.*"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();

        List<String> codes = Stream.concat(Stream.of(ErrorCode.values()), Stream.of(RejectCode.values()))
                .map(Enum::name)
                .toList();

        assertThat(documented).containsExactlyElementsOf(codes);
    }
}
