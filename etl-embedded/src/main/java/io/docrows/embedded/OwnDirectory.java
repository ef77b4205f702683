package io.docrows.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Directories that no other user of the machine can look into or prepare. Where a file system knows no permissions,
 * they are what that system makes of them: on Windows the temporary directory is one for each user already.
 */
final class OwnDirectory {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private OwnDirectory() {}

    /** Asked of the file system: a process in a container may run as somebody who has no name. */
    private static final class Me {

        private static final UserPrincipal PRINCIPAL = ask();

        private static UserPrincipal ask() {
            try {
                Path mine = Files.createTempFile("docrows", ".owner");
                try {
                    return Files.getOwner(mine);
                } finally {
                    Files.delete(mine);
                }
            } catch (IOException e) {
                throw new EmbeddedServerException(
                        "Cannot write to the temporary directory " + System.getProperty("java.io.tmpdir") + ": " + e
                                + ". Set the Java option -Djava.io.tmpdir to a directory that can be written to.",
                        e);
            }
        }
    }

    /**
     * Returns this user's directory below one that all users share, and makes it when there is none. Whatever somebody
     * else put in the place of it, a link for instance, is left alone and not used.
     */
    static Path below(Path shared) throws IOException {
        String name = "docrows-" + System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
        List<Path> candidates;
        try (Stream<Path> children = Files.list(shared)) {
            candidates = children.filter(child -> hasName(child, name)).sorted().toList();
        }
        for (Path candidate : candidates) {
            if (isOwn(candidate)) {
                return candidate;
            }
        }
        Path usual = shared.resolve(name);
        try {
            return create(usual);
        } catch (FileAlreadyExistsException e) {
            // Another process of this user's was faster, or another user took the name.
            return isOwn(usual) ? usual : Files.createTempDirectory(shared, name + "-", ownerOnly());
        }
    }

    private static boolean hasName(Path child, String name) {
        String found = String.valueOf(child.getFileName());
        return found.equals(name) || found.startsWith(name + "-");
    }

    /** Makes a directory; it must not exist. */
    static Path create(Path directory) throws IOException {
        return Files.createDirectory(directory, ownerOnly());
    }

    /** Makes a directory, and those above it; one that exists is closed to others. */
    static void createOrClose(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            Path parent = directory.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                create(directory);
                return;
            } catch (FileAlreadyExistsException e) {
                // Somebody was faster: it is looked at as any other.
            }
        }
        requireMine(directory);
        if (POSIX && !OWNER_ONLY.equals(Files.getPosixFilePermissions(directory))) {
            Files.setPosixFilePermissions(directory, OWNER_ONLY);
        }
    }

    /** Whether this is a directory, not a link to one, of this user's, which nobody else can open. */
    static boolean isOwn(Path directory) throws IOException {
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && isOwnersOnly(directory);
    }

    /** Whether a file or directory is this user's, and closed to all others. A link never is. */
    static boolean isOwnersOnly(Path path) throws IOException {
        if (Files.isSymbolicLink(path) || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!POSIX) {
            return true;
        }
        return Me.PRINCIPAL.equals(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS))
                && OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    }

    private static void requireMine(Path directory) throws IOException {
        if (POSIX && !Me.PRINCIPAL.equals(Files.getOwner(directory))) {
            throw new EmbeddedServerException("The directory " + directory + " belongs to "
                    + Files.getOwner(directory).getName()
                    + ", and an embedded PostgreSQL keeps its data from other users. Name a directory of your own.");
        }
    }

    /** How to make a directory so that it is never open to others, not even at first. */
    private static FileAttribute<?>[] ownerOnly() {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }
}
