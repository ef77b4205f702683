package io.docrows.source.dump;

import io.docrows.source.internal.GunzipChannel;
import io.docrows.source.internal.SourceFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How a dump file lays out its documents. */
enum DumpFormat {
    /** Documents one after another. */
    BSON,
    /** The same, gzipped as a whole. */
    BSON_GZIP,
    /** Interleaved namespaces, as mongodump {@code --archive} writes them. */
    ARCHIVE,
    /** The same, gzipped as a whole. */
    ARCHIVE_GZIP;

    static final String BSON_SUFFIX = ".bson";
    static final String GZIP_SUFFIX = ".bson.gz";

    /**
     * The first four bytes of an archive, little endian; as a BSON length it would be negative, so it is unmistakable.
     */
    static final int ARCHIVE_MAGIC = 0x8199e26d;

    /** The two magic bytes of gzip and its only method, little endian (RFC 1952, section 2.3.1). */
    private static final int GZIP_MAGIC = 0x088b1f;

    /** The first four bytes of an AppleDouble file, little endian. */
    private static final int APPLE_DOUBLE_MAGIC = 0x07160500;

    boolean compressed() {
        return this == BSON_GZIP || this == ARCHIVE_GZIP;
    }

    boolean archive() {
        return this == ARCHIVE || this == ARCHIVE_GZIP;
    }

    static boolean isBsonName(String fileName) {
        return fileName.endsWith(BSON_SUFFIX) || fileName.endsWith(GZIP_SUFFIX);
    }

    /**
     * Looks at a file's first bytes, and at its name only where the bytes leave a doubt.
     *
     * @param file a readable file
     * @return its format, or null when it is none of them
     * @throws IOException if the file cannot be read
     */
    static @Nullable DumpFormat detect(SourceFile file) throws IOException {
        String name = file.name();
        try (FileChannel channel = FileChannel.open(file.path())) {
            long size = channel.size();
            int head = head(channel);
            if (head == ARCHIVE_MAGIC) {
                return ARCHIVE;
            }
            // A plain document of 559,903 bytes begins like gzip does: a length that fits the file decides for BSON.
            boolean gzip = (head & 0xffffff) == GZIP_MAGIC && !(name.endsWith(BSON_SUFFIX) && head > 0 && head <= size);
            if (!gzip) {
                boolean document = name.isEmpty() && isLength(head) && head <= size;
                return name.endsWith(GZIP_SUFFIX) ? BSON_GZIP : document || name.endsWith(BSON_SUFFIX) ? BSON : null;
            }
            channel.position(0);
            try (GunzipChannel inflated = new GunzipChannel(channel)) {
                int inner = head(inflated);
                if (inner == ARCHIVE_MAGIC) {
                    return ARCHIVE_GZIP;
                }
                return isBsonName(name) || (name.isEmpty() && isLength(inner)) ? BSON_GZIP : null;
            } catch (IOException damaged) {
                return isBsonName(name) ? BSON_GZIP : null;
            }
        }
    }

    /** Whether the bytes are compressed, from where the channel stands. */
    static boolean isGzip(ReadableByteChannel channel) throws IOException {
        return (head(channel) & 0xffffff) == GZIP_MAGIC;
    }

    private static boolean isLength(int head) {
        return head >= DocumentInput.MIN_LENGTH && head <= DocumentInput.MAX_LENGTH;
    }

    /**
     * Whether a file is what macOS stores beside a file of that name on other file systems and in archives: attributes,
     * which begin with a number that no BSON does (RFC 1740, appendix A).
     */
    static boolean isAppleDouble(Path file) throws IOException {
        if (!String.valueOf(file.getFileName()).startsWith("._") || !Files.isRegularFile(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return head(channel) == APPLE_DOUBLE_MAGIC;
        }
    }

    private static int head(ReadableByteChannel channel) throws IOException {
        ByteBuffer four = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        int read = 0;
        while (four.hasRemaining() && read >= 0) {
            read = channel.read(four);
        }
        return four.hasRemaining() ? 0 : four.getInt(0);
    }
}
