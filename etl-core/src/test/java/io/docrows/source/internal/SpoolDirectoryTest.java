package io.docrows.source.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolDirectoryTest {

    @TempDir
    Path parent;

    private Path left(Path directory) throws Exception {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("lock"), "");
        Files.writeString(directory.resolve("content"), "documents");
        return directory;
    }

    @Test
    void whatAKilledProcessLeftIsDeletedByTheNextOne() throws Exception {
        Path left = left(parent.resolve("docrows-source-1234"));
        try (SpoolDirectory made = SpoolDirectory.create(parent)) {
            assertThat(left).doesNotExist();
            assertThat(made.content().getParent()).exists();
        }
        try (Stream<Path> rest = Files.list(parent)) {
            assertThat(rest).isEmpty();
        }
    }

    @Test
    void whatIsInUseStays() throws Exception {
        try (SpoolDirectory first = SpoolDirectory.create(parent)) {
            Files.writeString(first.content(), "documents");
            SpoolDirectory.create(parent).close();
            assertThat(first.content()).hasContent("documents");
        }
    }

    @Test
    void aPlantedLinkIsNotFollowed() throws Exception {
        Path elsewhere = left(parent.resolve("elsewhere"));
        Files.createSymbolicLink(parent.resolve("docrows-source-planted"), elsewhere);
        Path lock = parent.resolve("docrows-source-lock");
        Files.createDirectory(lock);
        Files.createSymbolicLink(lock.resolve("lock"), elsewhere.resolve("lock"));
        SpoolDirectory.create(parent).close();
        assertThat(elsewhere.resolve("content")).exists();
        assertThat(elsewhere.resolve("lock")).exists();
    }

    @Test
    void nobodyElseCanOpenIt() throws Exception {
        try (SpoolDirectory made = SpoolDirectory.create(parent)) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(made.content().getParent())))
                    .isEqualTo("rwx------");
        }
    }
}
