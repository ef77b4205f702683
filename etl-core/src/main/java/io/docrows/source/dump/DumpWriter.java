package io.docrows.source.dump;

import io.docrows.file.WholeFile;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Writes documents one after another, as mongodump does, to a file that {@link DumpSource} and mongorestore read. A
 * name that ends in {@code .gz} makes it compress. Not thread-safe.
 */
public final class DumpWriter implements Closeable {

    private final OutputStream out;

    private DumpWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Creates the file, which only its owner may read, and which appears when the writer is closed. One that is there
     * is replaced then; so is a link, which is not followed.
     *
     * @param file where to write; the directory must exist
     * @return a writer that the caller closes
     * @throws IOException if the file cannot be created
     */
    public static DumpWriter create(Path file) throws IOException {
        OutputStream stored = WholeFile.create(file, WholeFile.Readers.OWNER).stream();
        boolean gzip = String.valueOf(file.getFileName()).endsWith(".gz");
        return new DumpWriter(new BufferedOutputStream(gzip ? new GZIPOutputStream(stored, 1 << 16) : stored, 1 << 16));
    }

    /**
     * The name of a collection's file in a dump directory.
     *
     * @param collection the collection's name; escaped, and cut where it is too long, as mongodump does
     * @param gzip whether the file is compressed
     * @return the name, with its suffix
     */
    public static String fileName(String collection, boolean gzip) {
        return DumpName.stem(collection) + (gzip ? DumpFormat.GZIP_SUFFIX : DumpFormat.BSON_SUFFIX);
    }

    /**
     * Appends a document, byte for byte.
     *
     * @param document one BSON document; what is between its length and its last byte is not checked
     * @throws IllegalArgumentException if the array is not as long as the document says, or does not end with a zero
     *     byte
     * @throws IOException if the file cannot be written
     */
    public void write(byte[] document) throws IOException {
        boolean framed = document.length >= DocumentInput.MIN_LENGTH
                && ByteBuffer.wrap(document).order(ByteOrder.LITTLE_ENDIAN).getInt() == document.length
                && document[document.length - 1] == 0;
        if (!framed) {
            throw new IllegalArgumentException("an array of " + document.length + " bytes is not one BSON document");
        }
        out.write(document);
    }

    /**
     * Writes what is buffered, and puts the file in its place. Idempotent.
     *
     * @throws IOException if the rest cannot be written
     */
    @Override
    public void close() throws IOException {
        out.close();
    }
}
