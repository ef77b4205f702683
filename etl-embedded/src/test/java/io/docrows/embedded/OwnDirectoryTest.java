package io.docrows.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The temporary directory is shared with others, who know what our directories in it are called. */
final class OwnDirectoryTest {

    @TempDir
    Path shared;

    @TempDir
    Path elsewhere;

    @BeforeEach
    void requirePermissions() {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private Path usual() {
        return shared.resolve("docrows-" + System.getProperty("user.name"));
    }

    @Test
    void isMadeForItsOwnerOnlyAndFoundAgain() throws IOException {
        Path own = OwnDirectory.below(shared);
        assertThat(own).isEqualTo(usual());
        assertThat(permissions(own)).isEqualTo("rwx------");
        assertThat(OwnDirectory.below(shared)).isEqualTo(own);
    }

    @Test
    void aPlantedLinkIsNotFollowed() throws IOException {
        Files.createSymbolicLink(usual(), elsewhere);
        Path own = OwnDirectory.below(shared);
        assertThat(own).isNotEqualTo(usual());
        assertThat(own.getParent()).isEqualTo(shared);
        assertThat(Files.isSymbolicLink(own)).isFalse();
        assertThat(permissions(own)).isEqualTo("rwx------");
        assertThat(OwnDirectory.below(shared)).as("found again").isEqualTo(own);
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatOthersCanOpenIsNotUsed() throws IOException {
        Files.createDirectory(usual());
        Files.setPosixFilePermissions(usual(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(OwnDirectory.below(shared)).isNotEqualTo(usual());
    }

    @Test
    void aFileInItsPlaceIsNotUsed() throws IOException {
        Files.createFile(usual());
        assertThat(OwnDirectory.below(shared)).isNotEqualTo(usual()).isDirectory();
    }

    @Test
    void theDirectoryOfAnotherUserIsNotOne() throws IOException {
        Path others = Files.createDirectory(usual());
        Files.setPosixFilePermissions(others, PosixFilePermissions.fromString("rwx------"));
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can give something away");
        Files.setOwner(
                others, others.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        assertThat(OwnDirectory.below(shared)).isNotEqualTo(others);
    }

    @Test
    void deletingATreeLeavesWhatItsLinksLeadTo() throws IOException {
        Path precious = Files.writeString(elsewhere.resolve("precious"), "");
        Path tree = Files.createDirectories(shared.resolve("tree/deep"));
        Files.createSymbolicLink(tree.resolve("link"), elsewhere);
        Tree.delete(shared.resolve("tree"));
        assertThat(shared.resolve("tree")).doesNotExist();

        Path link = Files.createSymbolicLink(shared.resolve("link"), elsewhere);
        Tree.delete(link);
        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(precious).exists();
    }
}
