package io.docrows.source.internal;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Paths that stand for a pipe: a FIFO, {@code /dev/stdin} behind another program, a shell's process substitution. */
public final class NamedPipe {

    private static final Logger log = LoggerFactory.getLogger(NamedPipe.class);

    /** The bits of a mode that tell the type of a file, and their values for a pipe (POSIX, sys/stat.h). */
    private static final int TYPE = 0170000;

    private static final int FIFO = 0010000;

    private NamedPipe() {}

    /** Whether the path leads to what is neither a file nor a directory. */
    public static boolean isNoFile(Path path) {
        return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
    }

    /**
     * Reads a pipe to its end.
     *
     * @param path no file and no directory
     * @param patience how long somebody may take to open the other end
     * @param noun what messages call the content, such as {@code dump file}
     * @param telling whether a name tells the format and the collection
     * @return what came
     * @throws DocrowsException {@code SOURCE_UNAVAILABLE} if the path is no pipe, or nobody writes to it
     */
    public static Spool read(Path path, Duration patience, String noun, Predicate<String> telling) {
        String name = String.valueOf(path.getFileName());
        try (InputStream in = open(path, patience)) {
            return Spool.of(in, path.toString(), telling.test(name) ? name : "", noun);
        } catch (IOException failure) {
            throw unreadable(path, failure);
        }
    }

    /**
     * Opens a pipe for reading.
     *
     * @param path no file and no directory
     * @param patience how long somebody may take to open the other end
     * @return the stream, to be closed by the caller
     * @throws DocrowsException {@code SOURCE_UNAVAILABLE} if the path is no pipe, or nobody writes to it
     */
    public static InputStream open(Path path, Duration patience) {
        if (!isPipe(path)) {
            throw new DocrowsException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    path + " is neither a file nor a directory nor a pipe. Give one of them as the source.");
        }
        try {
            return connect(path, patience);
        } catch (IOException failure) {
            throw unreadable(path, failure);
        }
    }

    private static boolean isPipe(Path path) {
        try {
            return Files.getAttribute(path, "unix:mode") instanceof Integer mode && (mode & TYPE) == FIFO;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException unknown) {
            return false;
        }
    }

    /** Opening a FIFO blocks until somebody opens the other end, and cannot be interrupted: another thread does it. */
    private static InputStream connect(Path path, Duration patience) throws IOException {
        CompletableFuture<FileChannel> opened = new CompletableFuture<>();
        Thread opener = new Thread(
                () -> {
                    try {
                        FileChannel channel = FileChannel.open(path);
                        if (!opened.complete(channel)) {
                            channel.close();
                        }
                    } catch (IOException | RuntimeException failure) {
                        opened.completeExceptionally(failure);
                    }
                },
                "docrows-pipe");
        opener.setDaemon(true);
        opener.start();
        log.debug("waiting for a program that writes to {}", path);
        try {
            return Channels.newInputStream(new Forward(opened.get(patience.toMillis(), TimeUnit.MILLISECONDS)));
        } catch (TimeoutException late) {
            giveUp(path, opened);
            throw new DocrowsException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "No program has opened the pipe " + path + " for writing within " + patience.toSeconds()
                            + " seconds. Start the program that writes to it first.");
        } catch (InterruptedException interrupted) {
            giveUp(path, opened);
            Thread.currentThread().interrupt();
            throw new DocrowsException(
                    ErrorCode.SOURCE_FAILED, "Waiting for the pipe " + path + " was interrupted.", interrupted);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException cause ? cause : new IOException(failure.getCause());
        }
    }

    /** Opens the other end for a moment, so that no thread is left behind. */
    private static void giveUp(Path path, CompletableFuture<FileChannel> opened) {
        if (!opened.cancel(false)) {
            opened.thenAccept(NamedPipe::close);
            return;
        }
        try {
            FileChannel.open(path, StandardOpenOption.WRITE).close();
        } catch (IOException gone) {
            log.debug("{} cannot be opened", path, gone);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException failure) {
            log.debug("a pipe could not be closed", failure);
        }
    }

    private static DocrowsException unreadable(Path path, IOException failure) {
        return new DocrowsException(
                ErrorCode.SOURCE_UNAVAILABLE,
                "The pipe " + path + " cannot be read (" + SourceFile.reason(failure) + "). Check its permissions.",
                failure);
    }

    /** A channel without a position: the stream of one that has it asks a pipe for its length. */
    private record Forward(FileChannel pipe) implements ReadableByteChannel {

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return pipe.read(bytes);
        }

        @Override
        public boolean isOpen() {
            return pipe.isOpen();
        }

        @Override
        public void close() throws IOException {
            pipe.close();
        }
    }
}
