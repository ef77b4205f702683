package io.docrows.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.scaffold.ProjectDirectory.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
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
        return ProjectDirectory.of(directory).write(files(pathsAndContents), false);
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
    void whoeverIsInterruptedCanGoOn() throws IOException {
        ProjectDirectory first = ProjectDirectory.of(Files.createDirectories(directory.resolve("new")));
        // A file is where a directory should be.
        Files.createFile(directory.resolve("new/c"));

        assertThatThrownBy(() -> first.write(new TreeMap<>(files("a", "1", "c/b", "1", "d", "1")), false))
                .hasMessageContaining("cannot write to");
        assertThat(directory.resolve("new/a")).hasContent("1");
        Files.delete(directory.resolve("new/c"));

        Written again =
                ProjectDirectory.of(directory.resolve("new")).write(files("a", "2", "c/b", "2", "d", "2"), false);

        assertThat(again.kept()).isEmpty();
        assertThat(directory.resolve("new/a")).hasContent("2");
        assertThat(directory.resolve("new/.scaffold.new")).doesNotExist();
    }

    @Test
    void whatWasReplacedBeforeAnInterruptionIsNobodysEdit() throws IOException {
        write("a", "1", "b", "1");
        String before = Files.readString(directory.resolve(".scaffold"));
        write("a", "2", "b", "2");
        String after = Files.readString(directory.resolve(".scaffold"));
        // As it is after the first of two files.
        Files.writeString(directory.resolve("b"), "1");
        Files.writeString(directory.resolve(".scaffold"), before + after);

        assertThat(write("a", "3", "b", "3").kept()).isEmpty();
        assertThat(directory.resolve("b")).hasContent("3");
    }

    @Test
    void aNameThatNoFileCanHaveIsToldBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> write("a", "1", "stra\0e", "1"))
                .isInstanceOf(DocrowsException.class)
                .hasMessageContaining("cannot be that of a file here")
                .hasMessageContaining("LC_ALL=C.UTF-8");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void choicesThatSomebodyMadeAreNotForgotten() throws IOException {
        ProjectDirectory project = ProjectDirectory.of(directory);
        write("choices.yaml", "1");
        project.checkThatNothingIsChosen();
        Files.writeString(directory.resolve("choices.yaml"), "mine");

        assertThatThrownBy(project::checkThatNothingIsChosen)
                .hasMessageContaining("add --choices")
                .hasMessageContaining("choices.yaml");
        Files.delete(directory.resolve("choices.yaml"));
        project.write(files("choices.yaml", "from elsewhere"), true);
        assertThatThrownBy(project::checkThatNothingIsChosen).hasMessageContaining("add --choices");
        Files.delete(directory.resolve("choices.yaml"));
        project.checkThatNothingIsChosen();
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
