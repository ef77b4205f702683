package io.docrows.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Where one temporary server lives. What killed JVMs left behind, servers and data, is swept away when the next one is
 * made.
 */
final class TemporaryDirectory {

    private static final Path MEMORY = Path.of("/dev/shm");

    /** Much more than the tests fill; containers have 64 MB of it by default, which is too little to start in. */
    private static final long ENOUGH_MEMORY = 4L << 30;

    /** Longer than a server takes between making its directory and locking it. */
    private static final Duration BEING_MADE = Duration.ofMinutes(10);

    /** A JVM must not even open the lock of a server of its own: closing it again gives up the lock. */
    private static final Set<Path> MADE_HERE = ConcurrentHashMap.newKeySet();

    /** In each directory that was made here, before anything else: what has none is not deleted. */
    private static final String MARKER = "docrows-temporary-server";

    private final Path home;

    private TemporaryDirectory(Path home) {
        this.home = home;
        MADE_HERE.add(home);
    }

    /** Makes a place: in memory, where there is enough of it, for a server that need not be durable. */
    static TemporaryDirectory create(Durability durability) {
        try {
            Path root = servers(durability);
            sweep(root);
            Path home = OwnDirectory.create(root.resolve(UUID.randomUUID().toString()));
            TemporaryDirectory made = new TemporaryDirectory(home);
            Files.writeString(home.resolve(MARKER), "", StandardOpenOption.CREATE_NEW);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path parent(Durability durability) throws IOException {
        boolean inMemory = durability == Durability.OFF
                && Files.isWritable(MEMORY)
                && Files.getFileStore(MEMORY).getUsableSpace() >= ENOUGH_MEMORY;
        return inMemory ? MEMORY : onDisk();
    }

    /** Returns the temporary directory that all users share. */
    static Path onDisk() {
        return Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    }

    private static Path servers(Durability durability) throws IOException {
        Path servers = OwnDirectory.below(parent(durability)).resolve("servers");
        try {
            return OwnDirectory.create(servers);
        } catch (FileAlreadyExistsException e) {
            return servers;
        }
    }

    Path home() {
        return home;
    }

    ServerFiles files() {
        return new ServerFiles(home);
    }

    /** Deletes what a server that has stopped leaves. */
    void delete() {
        try {
            Tree.delete(home);
            MADE_HERE.remove(home);
        } catch (IOException e) {
            // The sweep of another JVM gets the rest.
        }
    }

    private static void sweep(Path root) throws IOException {
        List<Path> homes;
        try (Stream<Path> children = Files.list(root)) {
            homes = children.toList();
        }
        for (Path home : homes) {
            try {
                if (wasMadeHere(home) && isLeftBehind(home)) {
                    Postmaster.of(home.resolve("data")).ifPresent(Postmaster::stop);
                    Tree.delete(home);
                }
            } catch (IOException e) {
                // Somebody else sweeps too, or it is not ours to sweep.
            }
        }
    }

    /** Neither a link that leads elsewhere, nor a directory of anything else. */
    private static boolean wasMadeHere(Path home) throws IOException {
        return OwnDirectory.isOwn(home) && Files.isRegularFile(home.resolve(MARKER), LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isLeftBehind(Path home) throws IOException {
        if (MADE_HERE.contains(home)) {
            return false;
        }
        Instant made = Files.getLastModifiedTime(home).toInstant();
        if (made.isAfter(Instant.now().minus(BEING_MADE))) {
            return false;
        }
        // The library's lock, held by the JVM of the server for as long as it lives.
        Path lockFile = home.resolve("data/epg-lock");
        if (!Files.exists(lockFile)) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
