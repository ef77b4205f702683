package io.docrows.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.docrows.source.dump.DumpWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that others can write to hold what they planted. */
final class WholeFileTest {

    private static final byte[] EMPTY_DOCUMENT = {5, 0, 0, 0, 0};

    @TempDir
    Path directory;

    @TempDir
    Path elsewhere;

    @Test
    void aPlantedLinkIsReplacedAndNotFollowed() throws IOException {
        Path victim = Files.writeString(elsewhere.resolve("victim"), "precious");
        Path report = Files.createSymbolicLink(directory.resolve("report.html"), victim);
        Path export = Files.createSymbolicLink(directory.resolve("users.bson"), victim);
        // The name under which earlier builds began.
        Files.createSymbolicLink(directory.resolve("report.html.part"), victim);

        WholeFile.write(report, "page");
        try (DumpWriter writer = DumpWriter.create(export)) {
            writer.write(EMPTY_DOCUMENT);
        }

        assertThat(victim).hasContent("precious");
        assertThat(Files.isSymbolicLink(report)).isFalse();
        assertThat(report).hasContent("page");
        assertThat(Files.isSymbolicLink(export)).isFalse();
        assertThat(export).hasBinaryContent(EMPTY_DOCUMENT);
    }

    @Test
    void whatHoldsDocumentsIsForItsOwnerOnly() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path export = directory.resolve("users.bson.gz");
        DumpWriter.create(export).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(export)))
                .isEqualTo("rw-------");
    }

    @Test
    void appearsWhenItIsWholeAndLeavesNothingBeside() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "before");
        WholeFile whole = WholeFile.create(file, WholeFile.Readers.USUAL);
        whole.stream().write('x');
        assertThat(file).hasContent("before");
        whole.close();
        assertThat(file).hasContent("x");
        assertThat(directory).isDirectoryContaining(file::equals);
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void whatIsDiscardedLeavesWhatWasThere() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "before");
        WholeFile whole = WholeFile.create(file, WholeFile.Readers.USUAL);
        whole.stream().write('x');
        whole.discard();
        whole.close();
        assertThat(file).hasContent("before");
        assertThat(directory.toFile().list()).hasSize(1);
    }

    /** An interrupt closes the channel below. */
    @Test
    void whatFailedWhileOneByteWasWrittenLeavesWhatWasThere() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "before");
        WholeFile whole = WholeFile.create(file, WholeFile.Readers.USUAL);
        try (OutputStream out = whole.stream()) {
            out.write('x');
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> out.write('y')).isInstanceOf(ClosedByInterruptException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(file).hasContent("before");
        assertThat(directory.toFile().list()).hasSize(1);
    }

    @Test
    void aDirectoryIsNotReplaced() throws IOException {
        Path place = Files.createDirectory(directory.resolve("place"));
        assertThatThrownBy(() -> WholeFile.write(place, "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a regular file");
        assertThat(directory.toFile().list()).hasSize(1);
    }
}
