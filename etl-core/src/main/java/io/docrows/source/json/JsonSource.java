package io.docrows.source.json;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.IdFilter;
import io.docrows.source.internal.MissingCollection;
import io.docrows.source.internal.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Documents that are kept as JSON: what mongoexport wrote, or any other program. Immutable and thread-safe; files are
 * open only while a reader is.
 */
public final class JsonSource implements DocumentSource {

    private final String label;
    private final SortedMap<String, JsonFile> files;

    private JsonSource(String label, SortedMap<String, JsonFile> files) {
        this.label = label;
        this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /**
     * Opens a file, or a directory of files.
     *
     * @param path where it is
     * @return the source
     * @throws DocrowsException {@code SOURCE_UNAVAILABLE} if there is none, {@code INVALID_OPTION} if two files hold
     *     the same collection
     */
    public static JsonSource open(Path path) {
        try {
            if (Files.isDirectory(path)) {
                SortedMap<String, JsonFile> files = JsonDirectory.files(path);
                if (files.isEmpty()) {
                    throw unavailable("The directory " + path + " contains no JSON file.");
                }
                return new JsonSource(path.toString(), files);
            }
            if (!Files.exists(path)) {
                throw unavailable("No file exists at " + path + ".");
            }
            SourceFile file = SourceFile.of(path, JsonFile.NOUN);
            SortedMap<String, JsonFile> files = new TreeMap<>();
            files.put(JsonName.collection(file.name()), new JsonFile(file));
            return new JsonSource(path.toString(), files);
        } catch (IOException failure) {
            throw new DocrowsException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "The directory " + path + " cannot be read (" + SourceFile.reason(failure)
                            + "). Check the path and its permissions.",
                    failure);
        }
    }

    private static DocrowsException unavailable(String what) {
        return new DocrowsException(
                ErrorCode.SOURCE_UNAVAILABLE,
                what + " Give a .json, .jsonl or .ndjson file, plain or gzipped, or a directory of such files.");
    }

    @Override
    public String description() {
        return "json:" + label;
    }

    @Override
    public Set<String> collections() {
        return files.keySet();
    }

    @Override
    public OptionalLong estimatedCount(String collection) {
        file(collection);
        return OptionalLong.empty();
    }

    @Override
    public List<Partition> partitions(String collection, ReadRequest request) {
        JsonFile file = file(collection);
        SourceFile.Version version = file.bytes().version();
        JsonShape shape = file.shape();
        JsonPartition part =
                new JsonPartition(file.bytes().name(), version, shape, shape.start(), -1, 0, request.ids());
        return List.of(new Partition(collection, 0, part.encode()));
    }

    @Override
    public DocumentReader open(Partition partition, byte @Nullable [] after) {
        JsonFile file = file(partition.collection());
        JsonPartition part = JsonPartition.decode(partition);
        JsonPosition position = JsonPosition.decode(after, partition.collection());
        if (!part.file().equals(file.bytes().name())
                || !part.version().equals(file.bytes().version())) {
            throw file.bytes().changed();
        }
        return new JsonReader(JsonDocuments.open(file, part, position), new IdFilter(part.ids()), position);
    }

    private JsonFile file(String collection) {
        JsonFile file = files.get(collection);
        if (file == null) {
            throw MissingCollection.error(collection, description(), collections());
        }
        return file;
    }

    /** Readers own their files. */
    @Override
    public void close() {
        // There is nothing to release.
    }
}
