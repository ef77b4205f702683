package io.docrows.source.internal;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a stream gave, in a temporary file that only this user may read. A stream can be read once, from its beginning;
 * a source is read once for every collection, and again by whoever compares. The file is deleted when this is closed
 * and when the process ends in order; what a killed process leaves is deleted by the next one that makes such a file.
 */
public final class Spool implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(Spool.class);

    private static final int BUFFER = 1 << 20;
    private static final long MEBIBYTE = 1 << 20;

    /** How many bytes pass between two lines of the log. */
    private static final long STRIDE = 256 * MEBIBYTE;

    private final SpoolDirectory directory;
    private final SourceFile bytes;

    private Spool(SpoolDirectory directory, SourceFile bytes) {
        this.directory = directory;
        this.bytes = bytes;
    }

    /**
     * Reads a stream to its end.
     *
     * @param in the stream; not closed
     * @param label what people call it
     * @param name the name of a file with that content; empty if there is none
     * @param noun what messages call the content, such as {@code dump file}
     * @return the file, to be closed by the caller
     * @throws DocrowsException {@code SOURCE_FAILED} if the stream broke off, {@code SOURCE_UNAVAILABLE} if it is empty
     *     or there is no room for the file
     */
    public static Spool of(InputStream in, String label, String name, String noun) {
        SpoolDirectory directory = create(label);
        try {
            SourceFile.Version version = copy(in, directory.content(), label);
            if (version.size() == 0) {
                throw new DocrowsException(
                        ErrorCode.SOURCE_UNAVAILABLE,
                        "The pipe delivered nothing: " + label
                                + ". Check the program that writes to it, and its error messages.");
            }
            return new Spool(directory, new SourceFile(directory.content(), label, name, version, noun));
        } catch (RuntimeException | Error failure) {
            directory.close();
            throw failure;
        }
    }

    private static SpoolDirectory create(String label) {
        try {
            return SpoolDirectory.create(
                    Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
        } catch (IOException failure) {
            throw noRoom(label, failure);
        }
    }

    private static SourceFile.Version copy(InputStream in, Path file, String label) {
        log.info("reading the pipe {} into a temporary file", label);
        CRC32C checksum = new CRC32C();
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        long next = STRIDE;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int count = read(in, buffer, label); count >= 0; count = read(in, buffer, label)) {
                out.write(buffer, 0, count);
                checksum.update(buffer, 0, count);
                size += count;
                if (size >= next) {
                    log.info("{} MiB were read from the pipe {}", size / MEBIBYTE, label);
                    next += STRIDE;
                }
            }
        } catch (IOException failure) {
            throw noRoom(label, failure);
        }
        log.info("the pipe {} has ended after {} bytes", label, size);
        return new SourceFile.Version(size, checksum.getValue());
    }

    private static int read(InputStream in, byte[] buffer, String label) {
        try {
            return in.read(buffer);
        } catch (ClosedByInterruptException interrupted) {
            throw new DocrowsException(
                    ErrorCode.SOURCE_FAILED, "Reading the pipe " + label + " was interrupted.", interrupted);
        } catch (IOException failure) {
            throw new DocrowsException(
                    ErrorCode.SOURCE_FAILED,
                    "The pipe " + label + " could not be read to its end (" + SourceFile.reason(failure)
                            + "). Run it again, together with the program that writes to it.",
                    failure);
        }
    }

    private static DocrowsException noRoom(String label, IOException failure) {
        return new DocrowsException(
                ErrorCode.SOURCE_UNAVAILABLE,
                "The contents of the pipe " + label + " cannot be written to a temporary file in "
                        + System.getProperty("java.io.tmpdir") + " (" + SourceFile.reason(failure)
                        + "). Name a directory with enough space with -Djava.io.tmpdir, or write a file and use that"
                        + " as the source.",
                failure);
    }

    /**
     * The file.
     *
     * @return what the stream gave
     */
    public SourceFile bytes() {
        return bytes;
    }

    @Override
    public void close() {
        directory.close();
    }
}
