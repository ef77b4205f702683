package io.docrows.source.dump;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The file that holds a collection. Immutable.
 *
 * @param path where it is
 * @param format how it is laid out
 * @param database the database to read of an archive; null for other formats
 */
record DumpFile(Path path, DumpFormat format, @Nullable String database) {

    /**
     * What tells one version of a file from another.
     *
     * @param size bytes on disk
     * @param modified microseconds since 1970
     */
    record Version(long size, long modified) {}

    String name() {
        return String.valueOf(path.getFileName());
    }

    Damage damage() {
        return new Damage(path, format.compressed());
    }

    Version version() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Version(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS));
        } catch (IOException failure) {
            throw unavailable(failure);
        }
    }

    /**
     * Opens the file's documents.
     *
     * @param from the offset to begin at, counted in the uncompressed content
     * @return the input, standing there
     * @throws DocrowsException {@code SOURCE_CORRUPT} if the file is shorter than that
     */
    DocumentInput open(long from) {
        Damage damage = damage();
        DocumentInput input = null;
        try {
            FileChannel channel = FileChannel.open(path);
            if (format.compressed()) {
                input = new DocumentInput(new GunzipChannel(channel), 0, damage);
                if (!input.skipTo(from)) {
                    throw changed();
                }
                return input;
            }
            input = new DocumentInput(channel, from, damage);
            if (channel.size() < from) {
                throw changed();
            }
            channel.position(from);
            return input;
        } catch (IOException failure) {
            close(input);
            throw unavailable(failure);
        } catch (RuntimeException failure) {
            close(input);
            throw failure;
        }
    }

    /** The file is not the one that was partitioned. */
    DocrowsException changed() {
        return new DocrowsException(
                ErrorCode.SOURCE_CORRUPT,
                "The dump file " + path + " has changed since it was first read (its size or time is another). "
                        + "Put the original back to go on where the run stopped, or start over with --force.");
    }

    DocrowsException unavailable(IOException failure) {
        String reason = failure instanceof NoSuchFileException ? "it is not there" : Damage.reason(failure);
        return new DocrowsException(
                ErrorCode.SOURCE_UNAVAILABLE,
                "The dump file " + path + " cannot be opened (" + reason + "). Check the path and its permissions.",
                failure);
    }

    static void close(@Nullable DocumentInput input) {
        if (input == null) {
            return;
        }
        try {
            input.close();
        } catch (IOException ignored) {
            // Nothing was written, so nothing can be lost by a failing close.
        }
    }
}
