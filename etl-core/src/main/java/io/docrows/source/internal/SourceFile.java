package io.docrows.source.internal;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file, and what people call it. Immutable.
 *
 * @param path what to open
 * @param label what messages call it
 * @param name its name without directories, which tells the format and the collection; empty if there is none
 * @param copied the version of what a pipe gave, if that is what the file holds; null for a file of its own
 * @param noun what messages call a file of its kind, such as {@code dump file}
 */
public record SourceFile(
        Path path, String label, String name, @Nullable Version copied, String noun) {

    /**
     * What tells one version of a file from another.
     *
     * @param size bytes on disk
     * @param modified microseconds since 1970, or a checksum where the time means nothing
     */
    public record Version(long size, long modified) {}

    /**
     * A file that is there by itself.
     *
     * @param path where it is
     * @param noun what messages call a file of its kind
     * @return the file, not looked at
     */
    public static SourceFile of(Path path, String noun) {
        String name = isDescriptor(path) ? "" : String.valueOf(path.getFileName());
        return new SourceFile(path, path.toString(), name, null, noun);
    }

    /** Whether the path leads to a file that another program has opened, so that its name says nothing. */
    private static boolean isDescriptor(Path path) {
        return path.equals(Path.of("/dev/stdin")) || path.startsWith("/dev/fd") || path.startsWith("/proc");
    }

    /**
     * What the file is like now.
     *
     * @return its version
     * @throws DocrowsException {@code SOURCE_UNAVAILABLE} if there is no file
     */
    public Version version() {
        if (copied != null) {
            return copied;
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new DocrowsException(
                        ErrorCode.SOURCE_UNAVAILABLE,
                        "The " + noun + " " + label
                                + " is not a regular file. Replace it by a file; if it is a pipe, name it as the"
                                + " source by itself.");
            }
            return new Version(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS));
        } catch (IOException failure) {
            throw unavailable(failure);
        }
    }

    /**
     * Says that the file cannot be opened.
     *
     * @param failure why
     * @return the exception, code {@code SOURCE_UNAVAILABLE}
     */
    public DocrowsException unavailable(IOException failure) {
        String reason = failure instanceof NoSuchFileException ? "it is not there" : reason(failure);
        return new DocrowsException(
                ErrorCode.SOURCE_UNAVAILABLE,
                "The " + noun + " " + label + " cannot be opened (" + reason + "). Check the path and its permissions.",
                failure);
    }

    /**
     * The file is not the one that was partitioned.
     *
     * @return the exception, code {@code SOURCE_CORRUPT}
     */
    public DocrowsException changed() {
        return new DocrowsException(
                ErrorCode.SOURCE_CORRUPT,
                "The " + noun + " " + label + " has changed since it was first read (its size or "
                        + (copied == null ? "time" : "content")
                        + " differs). Restore the original to continue where the run stopped, or start over with"
                        + " --force.");
    }

    /**
     * What an exception says, and of which kind it is.
     *
     * @param failure the exception
     * @return a few words
     */
    public static String reason(IOException failure) {
        String message = failure.getMessage();
        return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
