package io.docrows.source.dump;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.CollectionKind;
import io.docrows.source.internal.IdFilter;
import io.docrows.source.internal.MissingCollection;
import io.docrows.source.internal.NamedPipe;
import io.docrows.source.internal.SourceFile;
import io.docrows.source.internal.Spool;
import io.docrows.text.ForeignText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What mongodump wrote: a directory, one {@code .bson} or {@code .bson.gz} file, or an archive, plain or gzipped.
 * Collections named {@code system.*}, views and time series are not offered.
 *
 * <p>Documents come in the order of the file and are framed by their length prefixes alone; what is inside is not
 * looked at. A plain {@code .bson} file of 16 MiB or more is split into the partitions asked for; everything else is
 * one partition, because a compressed file or an archive can only be read from its beginning. Reading an archive passes
 * over the other collections, once for every collection read; the reader that comes first to the end of its collection
 * goes on to the end of the archive, and refuses one that is not whole or has more behind it.
 *
 * <p>A pipe can be read once only, so what comes through it is kept in a temporary file until the source is closed.
 *
 * <p>The formats are those of the BSON specification, RFC 1952 and {@code common/archive/spec.md} of mongo-tools.
 * Immutable and thread-safe; files are open only while a reader is.
 */
public final class DumpSource implements DocumentSource {

    /** Below this many bytes a second reader costs more than it brings. */
    private static final long SPLIT_FROM = 16 << 20;

    private static final long SAMPLE = 256 << 10;

    /** How long the other end of a pipe may take to come; a program that is started along with this one is quick. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DumpContents contents;
    private final @Nullable Spool spool;

    /** The collection that a stream without a name was taken for. */
    private final AtomicReference<@Nullable String> taken = new AtomicReference<>();

    /** Whether a reader has found the archive to be whole. */
    private final AtomicBoolean whole = new AtomicBoolean();

    private DumpSource(DumpContents contents, @Nullable Spool spool) {
        this.contents = contents;
        this.spool = spool;
    }

    /**
     * Opens a dump that holds one database. The server's own databases (admin, config, local) do not count beside
     * another.
     *
     * @param path a mongodump directory (that of the database, or the one above), a file, or an archive; a pipe is read
     *     to its end before this returns
     * @return the source
     * @throws DocrowsException {@code SOURCE_UNAVAILABLE} if there is no dump, {@code INVALID_OPTION} if it holds
     *     several databases, {@code SOURCE_CORRUPT} if an archive's beginning is damaged
     */
    public static DumpSource open(Path path) {
        return open(path, null, PATIENCE);
    }

    /**
     * Opens one database of a dump.
     *
     * @param path a mongodump directory (that of the database, or the one above), a file, or an archive
     * @param database the database's name; ignored for a single {@code .bson} file, which does not know its own
     * @return the source
     * @throws DocrowsException {@code SOURCE_UNAVAILABLE} if there is no dump, {@code INVALID_OPTION} if it does not
     *     hold the database, {@code SOURCE_CORRUPT} if an archive's beginning is damaged
     */
    public static DumpSource open(Path path, String database) {
        return open(path, database, PATIENCE);
    }

    static DumpSource open(Path path, @Nullable String database, Duration patience) {
        return NamedPipe.isNoFile(path)
                ? spooled(NamedPipe.read(path, patience, DumpFile.NOUN, DumpFormat::isBsonName), database)
                : new DumpSource(DumpContents.open(path, database), null);
    }

    /**
     * Reads a dump that another program writes to this one: an archive, or the documents of one collection, plain or
     * gzipped. All of it is read before this returns, into a temporary file that only this user may read, and that
     * {@link #close} deletes. Documents that come without an archive have no collection's name, so they are those of
     * the first collection that is asked for; asking for a second one is an error.
     *
     * @param in the stream; read to its end, not closed
     * @param label what messages call it, such as {@code -}
     * @param database the database to read of an archive; null for the only one
     * @return the source
     * @throws DocrowsException {@code SOURCE_FAILED} if the stream breaks off, {@code SOURCE_UNAVAILABLE} if it is no
     *     dump or the file cannot be written, {@code INVALID_OPTION} and {@code SOURCE_CORRUPT} as for a file
     */
    public static DumpSource read(InputStream in, String label, @Nullable String database) {
        return spooled(Spool.of(in, label, "", DumpFile.NOUN), database);
    }

    private static DumpSource spooled(Spool spool, @Nullable String database) {
        try {
            return new DumpSource(DumpContents.open(spool.bytes(), database), spool);
        } catch (RuntimeException failure) {
            spool.close();
            throw failure;
        }
    }

    @Override
    public String description() {
        return "dump:" + contents.label();
    }

    @Override
    public Set<String> collections() {
        if (!contents.files().containsKey(DumpContents.NAMELESS)) {
            Set<String> names = new TreeSet<>(contents.files().keySet());
            names.removeIf(name -> contents.kinds().apply(name) != CollectionKind.COLLECTION);
            return Collections.unmodifiableSet(names);
        }
        String name = taken.get();
        return name == null ? Set.of() : Set.of(name);
    }

    @Override
    public OptionalLong estimatedCount(String collection) {
        DumpFile file = file(collection);
        if (file.format() != DumpFormat.BSON) {
            return OptionalLong.empty();
        }
        try (FileChannel channel = FileChannel.open(file.bytes().path())) {
            long size = channel.size();
            BoundaryScan.Sample sample = new BoundaryScan(channel, size).sample(SAMPLE);
            if (sample.documents() == 0) {
                return size == 0 ? OptionalLong.of(0) : OptionalLong.empty();
            }
            return OptionalLong.of(Math.round((double) size * sample.documents() / sample.bytes()));
        } catch (IOException failure) {
            return OptionalLong.empty();
        }
    }

    @Override
    public List<Partition> partitions(String collection, ReadRequest request) {
        DumpFile file = file(collection);
        SourceFile.Version version = file.bytes().version();
        boolean plain = file.format() == DumpFormat.BSON;
        int wanted = plain && version.size() >= SPLIT_FROM ? request.partitions() : 1;
        List<Long> cuts = cuts(file, version.size(), wanted);
        List<Partition> partitions = new ArrayList<>();
        for (int number = 0; number < cuts.size(); number++) {
            long whole = plain ? version.size() : -1;
            long end = number + 1 < cuts.size() ? cuts.get(number + 1) : whole;
            DumpPartition part = new DumpPartition(file.bytes().name(), version, cuts.get(number), end, request.ids());
            partitions.add(new Partition(collection, number, part.encode()));
        }
        return partitions;
    }

    private static List<Long> cuts(DumpFile file, long size, int wanted) {
        if (wanted == 1) {
            return List.of(0L);
        }
        try (FileChannel channel = FileChannel.open(file.bytes().path())) {
            return new BoundaryScan(channel, size).cuts(wanted);
        } catch (IOException failure) {
            throw file.bytes().unavailable(failure);
        }
    }

    @Override
    public DocumentReader open(Partition partition, byte @Nullable [] after) {
        DumpFile file = file(partition.collection());
        DumpPartition part = DumpPartition.decode(partition);
        DumpPosition position = DumpPosition.decode(after, partition.collection());
        if (!part.file().equals(file.bytes().name())
                || !part.version().equals(file.bytes().version())) {
            throw file.bytes().changed();
        }
        IdFilter filter = new IdFilter(part.ids());
        String database = file.database();
        // An archive is read from its beginning, for what comes before a position is needed to judge what comes behind.
        DocumentInput in = file.open(position == null || database != null ? part.start() : position.offset());
        try {
            return database == null
                    ? new BsonReader(in, part.end(), filter, position)
                    : new ArchiveReader(in, file, database, partition.collection(), filter, position, whole);
        } catch (RuntimeException failure) {
            DumpFile.close(in);
            throw failure;
        }
    }

    private DumpFile file(String collection) {
        DumpFile nameless = contents.files().get(DumpContents.NAMELESS);
        if (nameless != null) {
            return nameless(nameless, collection);
        }
        CollectionKind kind = contents.kinds().apply(collection);
        if (kind != CollectionKind.COLLECTION) {
            throw kind.error(collection, description());
        }
        DumpFile file = contents.file(collection);
        if (file == null) {
            throw MissingCollection.error(collection, description(), collections());
        }
        return file.examined();
    }

    private DumpFile nameless(DumpFile file, String collection) {
        String before = taken.compareAndExchange(null, collection);
        if (before != null && !before.equals(collection)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "The contents of the pipe " + contents.label() + " are the documents of one collection, which"
                            + " does not tell its name; \"" + ForeignText.name(before) + "\" and \""
                            + ForeignText.name(collection)
                            + "\" are wanted. Choose one with --collections, or write an archive.");
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
