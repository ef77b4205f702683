package io.docrows.source.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.DocumentReader;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.Spool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What can be read once only is kept, for as long as the source is open. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class PipeTest {

    private static final byte[] ONE = DumpFiles.joined(DumpFiles.others());
    private static final byte[] ARCHIVE = ArchiveFile.interleaved(DumpFiles.others(), DumpFiles.others());
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @Test
    void aNamedPipeIsReadLikeAFileOfThatName() throws Exception {
        for (byte[] bytes : List.of(ONE, DumpFiles.gzip(ONE))) {
            Path pipe = pipe("users.bson");
            Thread writer = writing(pipe, bytes);
            try (DumpSource source = DumpSource.open(pipe, null, LONG)) {
                assertThat(source.collections()).containsExactly("users");
                assertThat(count(source, "users")).isEqualTo(3);
                assertThat(count(source, "users")).isEqualTo(3);
                assertThat(source.description()).isEqualTo("dump:" + pipe);
            }
            writer.join();
            Files.delete(pipe);
        }
    }

    @Test
    void anArchiveThroughAPipe() throws Exception {
        for (byte[] bytes : List.of(ARCHIVE, DumpFiles.gzip(ARCHIVE))) {
            Path pipe = pipe("any");
            Thread writer = writing(pipe, bytes);
            try (DumpSource source = DumpSource.open(pipe, "shop", LONG)) {
                assertThat(source.collections()).containsExactly("mixed", "other");
                assertThat(count(source, "other")).isEqualTo(3);
                assertThat(count(source, "mixed")).isEqualTo(3);
            }
            writer.join();
            Files.delete(pipe);
        }
    }

    @Test
    void nobodyElseReadsWhatIsKeptAndNothingIsLeft() throws IOException {
        Spool spool = Spool.of(new ByteArrayInputStream(ARCHIVE), "-", "", DumpFile.NOUN);
        Path kept = spool.bytes().path();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        assertThat(kept).hasBinaryContent(ARCHIVE);
        spool.close();
        spool.close();
        assertThat(kept).doesNotExist();
    }

    @Test
    void aStreamThatIsNoDump() {
        fails(() -> DumpSource.read(new ByteArrayInputStream(new byte[100]), "-", null), ErrorCode.SOURCE_UNAVAILABLE)
                .hasMessageContaining("neither BSON nor an archive");
    }

    @Test
    void documentsWithoutANameAreThoseOfOneCollection() {
        try (DumpSource source = DumpSource.read(new ByteArrayInputStream(ONE), "-", null)) {
            assertThat(source.description()).isEqualTo("dump:-");
            assertThat(source.collections()).isEmpty();
            assertThat(count(source, "users")).isEqualTo(3);
            assertThat(source.collections()).containsExactly("users");
            assertThat(count(source, "users")).isEqualTo(3);
            fails(() -> source.partitions("gigs", ReadRequest.everything()), ErrorCode.INVALID_OPTION)
                    .hasMessageContaining("\"users\" and \"gigs\" are wanted");
        }
    }

    @Test
    void aRunGoesOnWhenTheSameStreamComesAgain() {
        Partition partition;
        byte @Nullable [] position;
        try (DumpSource source = DumpSource.read(new ByteArrayInputStream(ARCHIVE), "-", null)) {
            partition = source.partitions("mixed", ReadRequest.everything()).get(0);
            try (DocumentReader reader = source.open(partition, null)) {
                reader.read();
                position = reader.position();
            }
        }
        try (DumpSource again = DumpSource.read(new ByteArrayInputStream(ARCHIVE), "-", null);
                DocumentReader reader = again.open(partition, position)) {
            assertThat(reader.read()).isEqualTo(DumpFiles.others().get(1));
        }
        byte[] other = DumpFiles.gzip(ARCHIVE);
        try (DumpSource changed = DumpSource.read(new ByteArrayInputStream(other), "-", null)) {
            fails(() -> changed.open(partition, position), ErrorCode.SOURCE_CORRUPT)
                    .hasMessageContaining("its size or content differs");
        }
    }

    @Test
    void aProgramThatWritesNothing() {
        fails(() -> DumpSource.read(InputStream.nullInputStream(), "-", null), ErrorCode.SOURCE_UNAVAILABLE)
                .hasMessageContaining("The pipe delivered nothing: -");
    }

    @Test
    void aStreamThatBreaksOff() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
        fails(() -> DumpSource.read(broken, "-", null), ErrorCode.SOURCE_FAILED).hasMessageContaining("gone");
        byte[] half = java.util.Arrays.copyOf(ARCHIVE, ARCHIVE.length / 2);
        try (DumpSource source = DumpSource.read(new ByteArrayInputStream(half), "-", null)) {
            fails(() -> count(source, "other"), ErrorCode.SOURCE_CORRUPT);
        }
    }

    @Test
    void aPipeThatNobodyWritesTo() throws Exception {
        Path pipe = pipe("users.bson");
        fails(() -> DumpSource.open(pipe, null, Duration.ofMillis(1)), ErrorCode.SOURCE_UNAVAILABLE)
                .hasMessageContaining("No program has opened the pipe " + pipe)
                .hasMessageContaining("Start the program that writes to it first");
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("docrows-pipe")) {
                thread.join();
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatTheShellHasOpened() throws IOException {
        Path file = DumpFiles.write(root.resolve("users.bson"), ONE);
        try (FileChannel channel = FileChannel.open(file);
                Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(channel.isOpen()).isTrue();
            Path descriptor = descriptors
                    .filter(link -> file.equals(target(link)))
                    .findFirst()
                    .orElseThrow();
            try (DumpSource source = DumpSource.open(Path.of("/dev/fd").resolve(descriptor.getFileName()))) {
                assertThat(count(source, "users")).isEqualTo(3);
                assertThat(count(source, "users")).isEqualTo(3);
            }
        }
    }

    private static @Nullable Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException closedMeanwhile) {
            return null;
        }
    }

    @Test
    void aDeviceIsRefused() {
        fails(() -> DumpSource.open(Path.of("/dev/zero")), ErrorCode.SOURCE_UNAVAILABLE)
                .hasMessageContaining("neither a file nor a directory nor a pipe");
    }

    private Path pipe(String name) throws Exception {
        Path pipe = root.resolve(name);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    private static Thread writing(Path pipe, byte[] bytes) {
        Thread writer = new Thread(() -> DumpFiles.write(pipe, bytes));
        writer.start();
        return writer;
    }

    private static int count(DumpSource source, String collection) {
        int read = 0;
        for (Partition partition : source.partitions(collection, ReadRequest.everything())) {
            try (DocumentReader reader = source.open(partition, null)) {
                while (reader.read() != null) {
                    read++;
                }
            }
        }
        return read;
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> fails(ThrowingCallable call, ErrorCode code) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageNotContaining("\n");
    }
}
