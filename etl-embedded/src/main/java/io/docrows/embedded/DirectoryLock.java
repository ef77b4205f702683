package io.docrows.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The claim of one JVM on the directory of a persistent server. The system takes it back when the JVM ends, however it
 * ends; so a server that runs in a directory without a claim is one that was left behind.
 */
final class DirectoryLock implements AutoCloseable {

    /** The claim is on one byte far behind the text, so that others can read who has it, on Windows too. */
    private static final long POSITION = 1 << 20;

    /** A JVM must not even open a file twice that it has a claim on: closing the second one gives up the claim. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Claims a directory, and makes it when there is none. */
    static DirectoryLock acquire(Path directory) {
        if (!HELD_HERE.add(directory)) {
            throw inUse(directory, Long.toString(ProcessHandle.current().pid()));
        }
        boolean acquired = false;
        try {
            PersistentDirectory.requireOurs(directory);
            OwnDirectory.createOrClose(directory);
            DirectoryLock lock = new DirectoryLock(directory, open(directory));
            acquired = true;
            return lock;
        } catch (IOException e) {
            throw new EmbeddedServerException("Cannot use " + directory + " for the embedded PostgreSQL: " + e, e);
        } finally {
            if (!acquired) {
                HELD_HERE.remove(directory);
            }
        }
    }

    private static FileChannel open(Path directory) throws IOException {
        Path file = directory.resolve(PersistentDirectory.LOCK);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock(POSITION, 1, false) != null) {
                String pid = Long.toString(ProcessHandle.current().pid());
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
                return channel;
            }
        } catch (IOException | OverlappingFileLockException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw inUse(directory, Files.readString(file, StandardCharsets.US_ASCII).trim());
    }

    private static EmbeddedServerException inUse(Path directory, String pid) {
        return new EmbeddedServerException("The embedded PostgreSQL in " + directory + " is in use by process " + pid
                + ". Wait for its end, or name another directory.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The claim ends with the JVM at the latest.
        } finally {
            HELD_HERE.remove(directory);
        }
    }
}
