package io.docrows.source.json;

import io.docrows.source.internal.GunzipChannel;
import io.docrows.source.internal.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;

/**
 * The file that holds a collection. Immutable.
 *
 * @param bytes where it is
 */
record JsonFile(SourceFile bytes) {

    /** What messages call such a file. */
    static final String NOUN = "JSON file";

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    /**
     * Looks at the file's first bytes, which decide: files are also compressed, and arrays written, without a hint in
     * the name.
     *
     * @throws io.docrows.error.DocrowsException {@code SOURCE_UNAVAILABLE} if it cannot be read, {@code SOURCE_CORRUPT}
     *     if it is no JSON
     */
    JsonShape shape() {
        boolean compressed;
        try (FileChannel channel = FileChannel.open(bytes.path());
                InputStream in = new JsonInput(channel, 2)) {
            compressed = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
        } catch (IOException failure) {
            throw bytes.unavailable(failure);
        }
        JsonDamage damage = new JsonDamage(this, compressed);
        try (InputStream in = open(0, Long.MAX_VALUE, compressed)) {
            return JsonShape.of(in, compressed, damage);
        } catch (IOException failure) {
            throw damage.reading(failure, 0);
        }
    }

    /**
     * Opens the file's text.
     *
     * @param from the offset to begin at, counted in the uncompressed content
     * @param end the offset to end at
     * @return the bytes between, to be closed by the caller
     * @throws IOException if the file cannot be read
     */
    InputStream open(long from, long end, boolean compressed) throws IOException {
        FileChannel channel = FileChannel.open(bytes.path());
        try {
            if (compressed) {
                JsonInput in = new JsonInput(new GunzipChannel(channel), end);
                if (in.skip(from) < from) {
                    throw bytes.changed();
                }
                return in;
            }
            if (channel.size() < from) {
                throw bytes.changed();
            }
            channel.position(from);
            return new JsonInput(channel, end - from);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }
}
