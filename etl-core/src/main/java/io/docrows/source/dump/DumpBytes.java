package io.docrows.source.dump;

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
 */
record DumpBytes(
        Path path, String label, String name, @Nullable Version copied) {

    /**
     * What tells one version of a file from another.
     *
     * @param size bytes on disk
     * @param modified microseconds since 1970, or a checksum where the time means nothing
     */
    record Version(long size, long modified) {}

    static DumpBytes of(Path path) {
        return new DumpBytes(path, path.toString(), isDescriptor(path) ? "" : String.valueOf(path.getFileName()), null);
    }

    /** Whether the path leads to a file that another program has opened, so that its name says nothing. */
    private static boolean isDescriptor(Path path) {
        return path.equals(Path.of("/dev/stdin")) || path.startsWith("/dev/fd") || path.startsWith("/proc");
    }

    Version version() {
        if (copied != null) {
            return copied;
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new DocrowsException(
                        ErrorCode.SOURCE_UNAVAILABLE,
                        "The dump file " + label
                                + " is not a regular file. Replace it by a file; if it is a pipe, name it as the"
                                + " source by itself.");
            }
            return new Version(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS));
        } catch (IOException failure) {
            throw unavailable(failure);
        }
    }

    DocrowsException unavailable(IOException failure) {
        String reason = failure instanceof NoSuchFileException ? "it is not there" : Damage.reason(failure);
        return new DocrowsException(
                ErrorCode.SOURCE_UNAVAILABLE,
                "The dump file " + label + " cannot be opened (" + reason + "). Check the path and its permissions.",
                failure);
    }
}
