package io.docrows.runner.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page in docs/ that is compared with what it should be, or rewritten with {@code -Ddocs.rewrite}. */
record Page(Path path) {

    static final Path DOCS = Path.of("..", "docs").toAbsolutePath().normalize();

    static boolean rewrite() {
        return System.getProperty("docs.rewrite") != null;
    }

    String text() throws IOException {
        return Files.readString(path);
    }

    void is(String expected) throws IOException {
        if (rewrite()) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, expected);
        }
        assertThat(path)
                .as("%s shows what the program does; -Ddocs.rewrite brings it up to date", path)
                .content()
                .isEqualTo(expected);
    }
}
