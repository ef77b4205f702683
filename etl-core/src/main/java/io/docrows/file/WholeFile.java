package io.docrows.file;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * A file that appears as a whole: it is written beside its place, under a name that nobody can foresee, and moved there
 * when it is closed. A link in its place is replaced, not followed, so nobody else can make Docrows write to a file of
 * their choice. What is neither a file nor a link, a device for instance, is refused. Not thread-safe.
 */
public final class WholeFile implements Closeable {

    /** Who may read a file. */
    public enum Readers {
        /** Only its owner, where the file system knows permissions: it holds documents. */
        OWNER,
        /** Whoever the process's {@code umask} lets. */
        USUAL
    }

    private final Path file;
    private final Path part;
    private final OutputStream out;
    private boolean failed;
    private boolean closed;

    private WholeFile(Path file, Path part, OutputStream out) {
        this.file = file;
        this.part = part;
        this.out = out;
    }

    /**
     * Begins to write a file.
     *
     * @param file its place; the directory must exist
     * @param readers who may read it
     * @return the file, to be closed by the caller; it appears then
     * @throws IOException if nothing can be written there
     */
    public static WholeFile create(Path file, Readers readers) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isSymbolicLink(file)
                && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(file.toString(), null, "is not a regular file, so it is not replaced");
        }
        Path part = file.resolveSibling("." + UUID.randomUUID() + ".part");
        boolean ownerOnly = readers == Readers.OWNER
                && file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = ownerOnly
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        OutputStream out = Channels.newOutputStream(Files.newByteChannel(
                part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes));
        return new WholeFile(file, part, out);
    }

    /**
     * Writes a text, in UTF-8.
     *
     * @param file its place; the directory must exist
     * @param text what it is to hold
     * @throws IOException if it cannot be written; what was there before then stays
     */
    public static void write(Path file, String text) throws IOException {
        WholeFile whole = create(file, Readers.USUAL);
        try {
            whole.out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            whole.discard();
            throw e;
        }
        whole.close();
    }

    /**
     * Returns where to write to. Closing the stream closes the file.
     *
     * @return a stream without a buffer
     */
    public OutputStream stream() {
        return new FilterOutputStream(out) {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                try {
                    out.write(bytes, from, length);
                } catch (IOException e) {
                    failed = true;
                    throw e;
                }
            }

            @Override
            public void close() throws IOException {
                WholeFile.this.close();
            }
        };
    }

    /**
     * Forgets what was written. What was in the file's place stays.
     *
     * @throws IOException if the beginnings cannot be deleted
     */
    public void discard() throws IOException {
        if (!closed) {
            closed = true;
            out.close();
            Files.deleteIfExists(part);
        }
    }

    /**
     * Puts the file in its place, unless its stream has failed. Idempotent.
     *
     * @throws IOException if it cannot be put there; then nothing of it is left
     */
    @Override
    public void close() throws IOException {
        if (failed) {
            discard();
        }
        if (closed) {
            return;
        }
        closed = true;
        try {
            out.close();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }
}
