package io.docrows.runner.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links and pictures of the pages lead somewhere, and pictures are small enough for a page on a slow line. */
final class LinksTest {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#\\s]+)(#[^)]*)?\\)");
    private static final int MOST_BYTES = 200_000;

    static List<Path> pages() throws IOException {
        Path root = Page.DOCS.getParent();
        try (Stream<Path> top = Files.list(root);
                Stream<Path> docs = Files.walk(Page.DOCS)) {
            return Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void leadSomewhere(Path page) throws IOException {
        Path directory = page.toAbsolutePath().getParent();
        assertThat(LINK.matcher(Files.readString(page)).results().map(link -> directory.resolve(link.group(1))))
                .allSatisfy(path -> assertThat(path).exists());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showSmallPictures(Path page) throws IOException {
        Path directory = page.toAbsolutePath().getParent();
        assertThat(LINK.matcher(Files.readString(page))
                        .results()
                        .map(link -> directory.resolve(link.group(1)))
                        .filter(path -> path.toString().endsWith(".png")))
                .allSatisfy(path -> assertThat(Files.size(path)).isLessThan(MOST_BYTES));
    }
}
