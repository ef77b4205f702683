package io.docrows.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.scaffold.ProjectDirectory.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProjectDirectoryTest {

    @TempDir
    Path directory;

    private static Map<String, byte[]> files(String... pathsAndContents) {
        Map<String, byte[]> files = new HashMap<>();
        for (int i = 0; i < pathsAndContents.length; i += 2) {
            files.put(pathsAndContents[i], pathsAndContents[i + 1].getBytes(UTF_8));
        }
        return files;
    }

    private Written write(String... pathsAndContents) {
        return ProjectDirectory.of(directory).write(files(pathsAndContents));
    }

    @Test
    void whatSomebodyHasEditedIsLeftAlone() throws IOException {
        write("a", "1", "sub/b", "1");
        Files.writeString(directory.resolve("a"), "mine");

        Written again = write("a", "2", "sub/b", "2");

        assertThat(again.kept()).containsExactly("a");
        assertThat(directory.resolve("a")).hasContent("mine");
        assertThat(directory.resolve("sub/b")).hasContent("2");
        assertThat(write("a", "3", "sub/b", "2").kept())
                .as("also the next time")
                .containsExactly("a");
    }

    @Test
    void whatTheProjectNoLongerHasGoesUnlessItWasEdited() throws IOException {
        write("a", "1", "b", "1", "c", "1");
        Files.writeString(directory.resolve("b"), "mine");

        Written again = write("c", "1");

        assertThat(again.removed()).containsExactly("a");
        assertThat(again.kept()).containsExactly("b");
        assertThat(directory.resolve("a")).doesNotExist();
        assertThat(directory.resolve("b")).hasContent("mine");
    }

    @Test
    void programsCanBeRun() {
        write("etl", "#!/bin/sh");

        assertThat(directory.resolve("etl")).isExecutable();
    }

    @Test
    void nothingIsWrittenBesideWhatIsNoProject() throws IOException {
        Files.writeString(directory.resolve("other"), "x");

        assertThatThrownBy(() -> ProjectDirectory.of(directory))
                .hasMessageContaining("is not empty, and holds no project that was scaffolded");
    }
}
