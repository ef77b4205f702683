package io.docrows.source.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.file.WholeFile;
import io.docrows.internal.value.JsonText;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
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
        return new DumpWriter(new BufferedOutputStream(stored(file), 1 << 16));
    }

    private static OutputStream stored(Path file) throws IOException {
        OutputStream stored = WholeFile.create(file, WholeFile.Readers.OWNER).stream();
        boolean gzip = String.valueOf(file.getFileName()).endsWith(".gz");
        return gzip ? new GZIPOutputStream(stored, 1 << 16) : stored;
    }

    /**
     * Creates the file of a collection, and beside it the one with its {@linkplain #metadata whole name} if that is
     * needed.
     *
     * @param file where to write; the directory must exist
     * @param collection the collection's name
     * @return a writer that the caller closes
     * @throws IOException if a file cannot be created
     */
    public static DumpWriter create(Path file, String collection) throws IOException {
        Optional<Path> metadata = metadata(file, collection);
        if (metadata.isPresent()) {
            StringBuilder name = new StringBuilder();
            JsonText.quote(collection, name);
            try (Writer out = new OutputStreamWriter(stored(metadata.get()), UTF_8)) {
                out.append("{\"options\":{},\"indexes\":[],\"collectionName\":")
                        .append(name)
                        .append('}');
            }
        }
        return create(file);
    }

    /**
     * Returns the file that holds the whole name of a collection beside its documents, if the name of their file was
     * cut.
     *
     * @param documents the file with the documents
     * @param collection the collection's name
     * @return the file; empty if the name of {@code documents} says it all, or has nothing to do with the collection
     */
    public static Optional<Path> metadata(Path documents, String collection) {
        String stem = DumpName.stem(collection);
        String name = String.valueOf(documents.getFileName());
        boolean cut = !DumpName.collection(stem).equals(collection)
                && DumpName.stemOf(name).equals(stem);
        String suffix = DumpName.METADATA_SUFFIX + (name.endsWith(DumpFormat.GZIP_SUFFIX) ? ".gz" : "");
        return cut ? Optional.of(documents.resolveSibling(stem + suffix)) : Optional.empty();
    }

    /**
     * Returns the name of a collection's file in a dump directory.
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
