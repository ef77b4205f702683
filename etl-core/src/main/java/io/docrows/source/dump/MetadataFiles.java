package io.docrows.source.dump;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.source.internal.CollectionKind;
import io.docrows.source.internal.GunzipChannel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The {@code .metadata.json} files beside the documents of one database, read when a question needs one.
 *
 * @param directory where they are
 */
record MetadataFiles(Path directory) {

    private static final String GZIP = ".gz";
    private static final String BUCKETS = "system.buckets.";

    static boolean isName(String fileName) {
        return fileName.endsWith(DumpName.METADATA_SUFFIX) || fileName.endsWith(DumpName.METADATA_SUFFIX + GZIP);
    }

    /**
     * Returns the name of the collection in a file.
     *
     * @param stem the file's name without its suffix
     * @return the whole name, or what the stem tells of it where no metadata knows more
     */
    String collection(String stem) {
        String known = DumpName.mayBeCut(stem) ? ofStem(stem).name() : null;
        return known == null ? DumpName.collection(stem) : known;
    }

    /**
     * Returns what a collection is.
     *
     * @param collection its name
     * @return an ordinary collection, unless the metadata says that it is something else, and it is stored as such
     */
    CollectionKind kind(String collection) {
        String stem = DumpName.stem(collection);
        CollectionKind kind = ofStem(stem).kind();
        if (kind == CollectionKind.VIEW && exists(stem)) {
            // A view that mongodump was told to treat as a collection.
            return CollectionKind.COLLECTION;
        }
        return kind == CollectionKind.COLLECTION && !exists(stem) && exists(DumpName.stem(BUCKETS + collection))
                ? CollectionKind.TIME_SERIES
                : kind;
    }

    private boolean exists(String stem) {
        return Files.exists(directory.resolve(stem + DumpFormat.BSON_SUFFIX))
                || Files.exists(directory.resolve(stem + DumpFormat.GZIP_SUFFIX));
    }

    private CollectionMetadata ofStem(String stem) {
        CollectionMetadata plain = read(directory.resolve(stem + DumpName.METADATA_SUFFIX));
        CollectionMetadata found =
                plain == null ? read(directory.resolve(stem + DumpName.METADATA_SUFFIX + GZIP)) : plain;
        return found == null ? CollectionMetadata.UNKNOWN : found;
    }

    /** Null if there is no such file; one that cannot be read tells nothing. */
    private static @Nullable CollectionMetadata read(Path file) {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (FileChannel channel = FileChannel.open(file)) {
            boolean gzip = DumpFormat.isGzip(channel);
            channel.position(0);
            InputStream in = Channels.newInputStream(gzip ? new GunzipChannel(channel) : channel);
            byte[] json = in.readNBytes(CollectionMetadata.LONGEST + 1);
            return json.length > CollectionMetadata.LONGEST
                    ? CollectionMetadata.UNKNOWN
                    : CollectionMetadata.of(new String(json, UTF_8));
        } catch (IOException unreadable) {
            return CollectionMetadata.UNKNOWN;
        }
    }
}
