package io.docrows.source.json;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.IdFilter;
import io.docrows.source.internal.MissingCollection;
import io.docrows.source.internal.NamedPipe;
import io.docrows.source.internal.SourceFile;
import io.docrows.source.internal.Spool;
import io.docrows.text.ForeignText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents that are kept as JSON: what mongoexport wrote, or any other program. A file holds one collection, either as
 * documents that follow one another, usually one on a line, or as the elements of one array; which of them, and whether
 * the file is gzipped, is seen at its beginning. A directory holds a collection in each {@code .json}, {@code .jsonl}
 * or {@code .ndjson} file, plain or with {@code .gz} behind, by the name of the file.
 *
 * <p>Read are MongoDB Extended JSON v2, canonical and relaxed, and v1, strict; what the shell prints
 * ({@code ObjectId("…")}); and plain JSON. All of it becomes BSON. A number keeps its exact value, and an object that
 * is not exactly a form of Extended JSON stays the document that it is. Where a format does not keep a type, none is
 * guessed: relaxed JSON and the shell do not tell an int64 from an int32, so a whole number has the smaller type that
 * holds it.
 *
 * <p>Documents come in the order of the file. A plain file of 4 MiB or more in which documents follow one another is
 * split into the partitions asked for, between two documents that are on different lines. An array and a compressed
 * file are one partition: where an element ends in the one, and a line in the other, can only be known by reading from
 * the beginning. Memory is bounded by the largest document, which may be as large as MongoDB stores, 16 MiB as BSON.
 *
 * <p>What is no JSON ends the reading with the line and the byte at which it stands, after everything before it was
 * handed out. A pipe can be read once only, so what comes through it is kept in a temporary file until the source is
 * closed. Immutable and thread-safe; files are open only while a reader is.
 */
public final class JsonSource implements DocumentSource {

    private static final Logger log = LoggerFactory.getLogger(JsonSource.class);

    /** Stands for the one collection of a stream that does not know its name. No collection can be called so. */
    private static final String NAMELESS = "\0";

    /** Below this many bytes a second reader costs more than it brings. */
    private static final long SPLIT_FROM = 4 << 20;

    /** How many bytes are read to estimate how many documents there are. */
    private static final long SAMPLE = 256 << 10;

    /** How long the other end of a pipe may take to come; a program that is started along with this one is quick. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String label;
    private final SortedMap<String, JsonFile> files;
    private final JsonOptions options;
    private final long splitFrom;
    private final @Nullable Spool spool;

    /** The collection that a stream without a name was taken for. */
    private final AtomicReference<@Nullable String> taken = new AtomicReference<>();

    private JsonSource(
            String label,
            SortedMap<String, JsonFile> files,
            JsonOptions options,
            long splitFrom,
            @Nullable Spool spool) {
        this.label = label;
        this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        this.options = options;
        this.splitFrom = splitFrom;
        this.spool = spool;
    }

    /**
     * Opens a file, or a directory of files.
     *
     * @param path where it is; a pipe is read to its end before this returns
     * @return the source
     * @throws DocrowsException {@code SOURCE_UNAVAILABLE} if there is none, {@code INVALID_OPTION} if two files hold
     *     the same collection
     */
    public static JsonSource open(Path path) {
        return open(path, JsonOptions.defaults());
    }

    /**
     * Opens a file, or a directory of files.
     *
     * @param path where it is; a pipe is read to its end before this returns
     * @param options how to read it
     * @return the source
     * @throws DocrowsException {@code SOURCE_UNAVAILABLE} if there is none, {@code INVALID_OPTION} if two files hold
     *     the same collection, or a collection's name is given for a directory
     */
    public static JsonSource open(Path path, JsonOptions options) {
        return open(path, options, SPLIT_FROM);
    }

    static JsonSource open(Path path, JsonOptions options, long splitFrom) {
        try {
            if (Files.isDirectory(path)) {
                return new JsonSource(path.toString(), directory(path, options), options, splitFrom, null);
            }
            if (!Files.exists(path)) {
                throw unavailable("No file exists at " + path + ".");
            }
            if (NamedPipe.isNoFile(path)) {
                return spooled(NamedPipe.read(path, PATIENCE, JsonFile.NOUN, JsonName::isJson), options);
            }
            SourceFile file = SourceFile.of(path, JsonFile.NOUN);
            return new JsonSource(path.toString(), single(file, options), options, splitFrom, null);
        } catch (IOException failure) {
            throw new DocrowsException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "The directory " + path + " cannot be read (" + SourceFile.reason(failure)
                            + "). Check the path and its permissions.",
                    failure);
        }
    }

    /**
     * Reads the documents of one collection that another program writes to this one, plain or gzipped. All of it is
     * read before this returns, into a temporary file that only this user may read, and that {@link #close} deletes.
     * Without a collection's name among the options, they are those of the first collection that is asked for; asking
     * for a second one is an error.
     *
     * @param in the stream; read to its end, not closed
     * @param label what messages call it, such as {@code -}
     * @param options how to read it
     * @return the source
     * @throws DocrowsException {@code SOURCE_FAILED} if the stream breaks off, {@code SOURCE_UNAVAILABLE} if it is
     *     empty or the file cannot be written
     */
    public static JsonSource read(InputStream in, String label, JsonOptions options) {
        return spooled(Spool.of(in, label, "", JsonFile.NOUN), options);
    }

    private static JsonSource spooled(Spool spool, JsonOptions options) {
        SourceFile file = spool.bytes();
        return new JsonSource(file.label(), single(file, options), options, SPLIT_FROM, spool);
    }

    private static SortedMap<String, JsonFile> directory(Path path, JsonOptions options) throws IOException {
        if (options.collection().isPresent()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "The source " + path + " is a directory, whose files name the collections. Leave out the name of"
                            + " the collection, or give one of the files as the source.");
        }
        SortedMap<String, JsonFile> files = JsonDirectory.files(path);
        if (files.isEmpty()) {
            throw unavailable("The directory " + path + " contains no JSON file.");
        }
        return files;
    }

    private static SortedMap<String, JsonFile> single(SourceFile file, JsonOptions options) {
        String own = file.name().isEmpty() ? NAMELESS : JsonName.collection(file.name());
        return new TreeMap<>(Map.of(options.collection().orElse(own), new JsonFile(file)));
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
        if (!files.containsKey(NAMELESS)) {
            return files.keySet();
        }
        String name = taken.get();
        return name == null ? Set.of() : Set.of(name);
    }

    @Override
    public OptionalLong estimatedCount(String collection) {
        JsonFile file = file(collection);
        SourceFile.Version version = file.bytes().version();
        try {
            JsonPartition whole = whole(file, version, ReadRequest.everything());
            try (JsonDocuments documents = JsonDocuments.open(file, whole, null)) {
                return estimate(documents, whole.shape().compressed(), version.size());
            }
        } catch (DocrowsException unreadable) {
            // Whoever reads the file reports it.
            return OptionalLong.empty();
        }
    }

    private static OptionalLong estimate(JsonDocuments documents, boolean compressed, long size) {
        long count = 0;
        while (documents.next() != null) {
            count++;
            long read = documents.position().offset();
            if (read >= SAMPLE) {
                return compressed ? OptionalLong.empty() : OptionalLong.of(Math.round((double) size * count / read));
            }
        }
        return OptionalLong.of(count);
    }

    @Override
    public List<Partition> partitions(String collection, ReadRequest request) {
        JsonFile file = file(collection);
        SourceFile.Version version = file.bytes().version();
        JsonPartition whole = whole(file, version, request);
        if (options.numbered()) {
            log.warn(
                    "the documents of {} have no _id; they get the number of {} as one, which holds as long as the file"
                            + " stays as it is",
                    file.bytes().label(),
                    whole.shape().array() ? "their place in the array" : "their line");
        }
        // A document's line is known for certain only from those before it: the shell breaks texts over lines.
        boolean divisible = !whole.shape().compressed()
                && !whole.shape().array()
                && !options.numbered()
                && version.size() >= splitFrom;
        List<JsonPartition> parts =
                divisible ? divided(file, whole, version.size(), request.partitions()) : List.of(whole);
        List<Partition> partitions = new ArrayList<>();
        for (int number = 0; number < parts.size(); number++) {
            partitions.add(new Partition(collection, number, parts.get(number).encode()));
        }
        return partitions;
    }

    private JsonPartition whole(JsonFile file, SourceFile.Version version, ReadRequest request) {
        JsonShape shape = file.shape();
        long line = options.numbered() ? shape.line() : 0;
        return new JsonPartition(
                file.bytes().name(),
                version,
                shape,
                shape.start(),
                JsonPartition.TO_THE_END,
                line,
                options.idFields(),
                request.ids(),
                request.fields());
    }

    private List<JsonPartition> divided(JsonFile file, JsonPartition whole, long size, int wanted) {
        try {
            List<Long> cuts =
                    wanted == 1 ? List.of(whole.start()) : new DocumentCuts(file, whole.start(), size).cuts(wanted);
            List<JsonPartition> parts = new ArrayList<>();
            long line = whole.line();
            for (int number = 0; number < cuts.size(); number++) {
                long start = cuts.get(number);
                long end = number + 1 < cuts.size() ? cuts.get(number + 1) : size;
                parts.add(whole.part(start, end, line));
                if (options.numbered()) {
                    line += LineCount.between(file, start, end);
                }
            }
            return parts;
        } catch (IOException failure) {
            throw file.bytes().unavailable(failure);
        }
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
        if (part.line() > 0 != options.numbered()
                || !part.idFields().equals(options.idFields())
                || position != null && position.line() > 0 != options.numbered()) {
            throw JsonPartition.foreign(partition.collection());
        }
        return new JsonReader(JsonDocuments.open(file, part, position), new IdFilter(part.ids()), position);
    }

    private JsonFile file(String collection) {
        JsonFile nameless = files.get(NAMELESS);
        if (nameless != null) {
            return nameless(nameless, collection);
        }
        JsonFile file = files.get(collection);
        if (file == null) {
            throw MissingCollection.error(collection, description(), collections());
        }
        return file;
    }

    private JsonFile nameless(JsonFile file, String collection) {
        String before = taken.compareAndExchange(null, collection);
        if (before != null && !before.equals(collection)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "The contents of the pipe " + label + " are the documents of one collection, which does not tell"
                            + " its name; \"" + ForeignText.name(before) + "\" and \"" + ForeignText.name(collection)
                            + "\" are wanted. Choose one with --collections, or name the collection with"
                            + " --source-collection.");
        }
        return file;
    }

    /** Deletes what was kept of a stream; readers own their files. */
    @Override
    public void close() {
        if (spool != null) {
            spool.close();
        }
    }
}
