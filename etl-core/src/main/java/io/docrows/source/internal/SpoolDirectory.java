package io.docrows.source.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for one temporary copy, which only this user may open. A lock in it is held as long as the process lives,
 * so that the next one can tell what a killed one left behind, and delete it.
 */
public final class SpoolDirectory implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(SpoolDirectory.class);

    private static final String PREFIX = "docrows-source-";
    private static final String LOCK = "lock";
    private static final String CONTENT = "content";

    /** A process must not even open a lock of its own: closing it again gives up the lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path home;
    private final FileChannel lock;

    private SpoolDirectory(Path home, FileChannel lock) {
        this.home = home;
        this.lock = lock;
    }

    /**
     * Makes a directory, and sweeps away those of this user whose process is gone.
     *
     * @param parent an existing directory, which may be open to all users
     * @return the directory, to be closed by the caller
     * @throws IOException if none can be made
     */
    static SpoolDirectory create(Path parent) throws IOException {
        while (true) {
            // Made with mode 0700 where directories have modes.
            Path home = Files.createTempDirectory(parent, PREFIX);
            HELD.add(home);
            FileChannel lock = null;
            try {
                lock = FileChannel.open(home.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                // Somebody who sweeps may have been between the two.
                if (lock.tryLock() != null && Files.exists(home.resolve(LOCK))) {
                    SpoolDirectory made = new SpoolDirectory(home, lock);
                    // In the opposite order, which is how the JDK deletes them.
                    home.toFile().deleteOnExit();
                    home.resolve(LOCK).toFile().deleteOnExit();
                    made.content().toFile().deleteOnExit();
                    Files.createFile(made.content(), ownerOnly(home));
                    sweep(parent, Files.getOwner(home));
                    return made;
                }
                lock.close();
                HELD.remove(home);
            } catch (IOException failure) {
                if (lock != null) {
                    lock.close();
                }
                delete(home);
                HELD.remove(home);
                throw failure;
            }
        }
    }

    /** The file to write to; empty at first. */
    Path content() {
        return home.resolve(CONTENT);
    }

    private static FileAttribute<?>[] ownerOnly(Path home) {
        return home.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void sweep(Path parent, UserPrincipal me) throws IOException {
        List<Path> homes;
        try (Stream<Path> children = Files.list(parent)) {
            homes = children.filter(child -> String.valueOf(child.getFileName()).startsWith(PREFIX))
                    .filter(child -> !HELD.contains(child))
                    .toList();
        }
        for (Path home : homes) {
            try {
                if (Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)
                        && me.equals(Files.getOwner(home, LinkOption.NOFOLLOW_LINKS))) {
                    deleteIfLeft(home);
                }
            } catch (IOException | OverlappingFileLockException gone) {
                log.debug("{} is not swept away", home, gone);
            }
        }
    }

    private static void deleteIfLeft(Path home) throws IOException {
        try (FileChannel lock =
                FileChannel.open(home.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (lock.tryLock() != null) {
                delete(home);
            }
        }
    }

    private static void delete(Path home) throws IOException {
        Files.deleteIfExists(home.resolve(CONTENT));
        Files.deleteIfExists(home.resolve(LOCK));
        Files.deleteIfExists(home);
    }

    /** Deletes the directory and what is in it. */
    @Override
    public void close() {
        try {
            lock.close();
            delete(home);
        } catch (IOException failure) {
            log.debug("{} could not be deleted", home, failure);
        } finally {
            HELD.remove(home);
        }
    }
}
