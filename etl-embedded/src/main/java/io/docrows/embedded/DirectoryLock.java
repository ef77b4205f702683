package io.docrows.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The claim of one JVM on the directory of a persistent server. The system takes it back when the JVM ends, however it
 * ends; so a server that runs in a directory without a claim is one that was left behind.
 */
final class DirectoryLock implements AutoCloseable {

    /** The claim is on one byte far behind the text, so that others can read who has it, on Windows too. */
    private static final long POSITION = 1 << 20;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Claims a directory, and makes it when there is none. */
    static DirectoryLock acquire(Path directory) {
        Path file = directory.resolve(PersistentDirectory.LOCK);
        FileChannel channel = null;
        try {
            PersistentDirectory.requireOurs(directory);
            Files.createDirectories(directory);
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw new EmbeddedServerException("The embedded PostgreSQL in " + directory
                        + " is in use by another process" + holder(file)
                        + ". Wait for its end, or name another directory.");
            }
            channel.truncate(0);
            String pid = Long.toString(ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            return new DirectoryLock(channel);
        } catch (IOException e) {
            close(channel);
            throw new EmbeddedServerException("Cannot use " + directory + " for the embedded PostgreSQL: " + e, e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(POSITION, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String holder(Path file) {
        try {
            String pid = Files.readString(file, StandardCharsets.US_ASCII).trim();
            return pid.isEmpty() ? "" : " (process " + pid + ")";
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The claim ends with the JVM at the latest.
        }
    }
}
