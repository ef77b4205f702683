package io.docrows.source.dump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
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
    static @Nullable DumpFormat detect(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            int head = head(channel);
            if (head == ARCHIVE_MAGIC) {
                return ARCHIVE;
            }
            // A plain document of 559,903 bytes begins like gzip does: a length that fits the file decides for BSON.
            boolean gzip = (head & 0xffffff) == GZIP_MAGIC && !(name.endsWith(BSON_SUFFIX) && head > 0 && head <= size);
            if (!gzip) {
                return name.endsWith(GZIP_SUFFIX) ? BSON_GZIP : name.endsWith(BSON_SUFFIX) ? BSON : null;
            }
            channel.position(0);
            try (GunzipChannel inflated = new GunzipChannel(channel)) {
                if (head(inflated) == ARCHIVE_MAGIC) {
                    return ARCHIVE_GZIP;
                }
            } catch (IOException damaged) {
                return isBsonName(name) ? BSON_GZIP : null;
            }
            return isBsonName(name) ? BSON_GZIP : null;
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
