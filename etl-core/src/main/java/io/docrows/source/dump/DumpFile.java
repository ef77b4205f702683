package io.docrows.source.dump;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.internal.GunzipChannel;
import io.docrows.source.internal.SourceFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * The file that holds a collection. Immutable.
 *
 * @param bytes where it is
 * @param format how it is laid out
 * @param database the database to read of an archive; null for other formats
 */
record DumpFile(
        SourceFile bytes, DumpFormat format, @Nullable String database) {

    /** What messages call such a file. */
    static final String NOUN = "dump file";

    Damage damage() {
        return new Damage(bytes.label(), format.compressed(), format.archive());
    }

    /**
     * The same file with the format that its first bytes show: files of a dump are also compressed in place, by hand.
     *
     * @throws DocrowsException {@code SOURCE_UNAVAILABLE} if it cannot be read, or holds no documents of one collection
     */
    DumpFile examined() {
        if (format != DumpFormat.BSON) {
            return this;
        }
        bytes.version();
        try {
            DumpFormat found = DumpFormat.detect(bytes);
            if (found != null && found.archive()) {
                throw new DocrowsException(
                        ErrorCode.SOURCE_UNAVAILABLE,
                        "The dump file " + bytes.label() + " is an archive. Give it as the source by itself.");
            }
            return found == null ? this : new DumpFile(bytes, found, null);
        } catch (IOException failure) {
            throw bytes.unavailable(failure);
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
            FileChannel channel = FileChannel.open(bytes.path());
            if (format.compressed()) {
                input = new DocumentInput(new GunzipChannel(channel), 0, damage);
                if (!input.skipTo(from)) {
                    throw bytes.changed();
                }
                return input;
            }
            input = new DocumentInput(channel, from, damage);
            if (channel.size() < from) {
                throw bytes.changed();
            }
            channel.position(from);
            return input;
        } catch (IOException failure) {
            close(input);
            throw bytes.unavailable(failure);
        } catch (RuntimeException failure) {
            close(input);
            throw failure;
        }
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
