package io.docrows.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a persistent server keeps in its directory: {@code data}, PostgreSQL's own; {@code pgpass}, the superuser's
 * password; {@code lock}, the claim of a JVM; {@code server.log}; and {@code initializing} until the first start came
 * to its end. Used under the claim only.
 */
final class PersistentDirectory {

    static final String LOCK = "lock";

    private final ServerFiles files;

    PersistentDirectory(Path home) {
        files = new ServerFiles(home);
    }

    /** Refuses a directory that holds anything, but nothing of a persistent server. */
    static void requireOurs(Path home) throws IOException {
        if (!Files.exists(home) || Files.exists(home.resolve(LOCK))) {
            return;
        }
        try (Stream<Path> children = Files.list(home)) {
            if (children.findAny().isPresent()) {
                throw new EmbeddedServerException(
                        home + " is not empty, and no embedded PostgreSQL of Docrows made it. "
                                + "Name a directory that is empty or does not exist.");
            }
        }
    }

    ServerFiles files() {
        return files;
    }

    private Path initializing() {
        return files.home().resolve("initializing");
    }

    /** Makes the directory fit for a start: nobody runs in it, and its data is whole or not there. */
    Access prepare() throws IOException {
        Optional<Postmaster> leftBehind = Postmaster.of(files.data());
        leftBehind.ifPresent(Postmaster::stop);
        Postmaster.forgetDead(files.data());
        if (Files.exists(initializing())) {
            // The first start was cut off, so nobody has stored anything yet.
            Tree.delete(files.data());
        }
        if (!Files.exists(files.data())) {
            Files.writeString(initializing(), "");
            return Access.toNew(files);
        }
        return Access.toExisting(files);
    }

    /** Notes that the data directory is complete. */
    void initialized() throws IOException {
        Files.deleteIfExists(initializing());
    }
}
