package io.docrows.source.dump;

import io.docrows.error.DocrowsException;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.MissingCollection;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What mongodump wrote: a directory, one {@code .bson} or {@code .bson.gz} file, or an archive, plain or gzipped.
 * Collections named {@code system.*}, views and time series are not offered.
 *
 * <p>Documents come in the order of the file and are framed by their length prefixes alone; what is inside is not
 * looked at. A plain {@code .bson} file of 16 MiB or more is split into the partitions asked for; everything else is
 * one partition, because a compressed file or an archive can only be read from its beginning. Reading an archive passes
 * over the other collections, once for every collection read.
 *
 * <p>The formats are those of the BSON specification, RFC 1952 and {@code common/archive/spec.md} of mongo-tools.
 * Immutable and thread-safe; files are open only while a reader is.
 */
public final class DumpSource implements DocumentSource {

    /** Below this many bytes a second reader costs more than it brings. */
    private static final long SPLIT_FROM = 16 << 20;

    private static final long SAMPLE = 256 << 10;

    private final DumpContents contents;

    private DumpSource(DumpContents contents) {
        this.contents = contents;
    }

    /**
     * Opens a dump that holds one database. The server's own databases (admin, config, local) do not count beside
     * another.
     *
     * @param path a mongodump directory (that of the database, or the one above), a file, or an archive
     * @return the source
     * @throws DocrowsException {@code SOURCE_UNAVAILABLE} if there is no dump, {@code INVALID_OPTION} if it holds
     *     several databases, {@code SOURCE_CORRUPT} if an archive's beginning is damaged
     */
    public static DumpSource open(Path path) {
        return new DumpSource(DumpContents.open(path, null));
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
        return new DumpSource(DumpContents.open(path, database));
    }

    @Override
    public String description() {
        return "dump:" + contents.path();
    }

    @Override
    public Set<String> collections() {
        return contents.files().keySet();
    }

    @Override
    public OptionalLong estimatedCount(String collection) {
        DumpFile file = file(collection);
        if (file.format() != DumpFormat.BSON) {
            return OptionalLong.empty();
        }
        try (FileChannel channel = FileChannel.open(file.path())) {
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
        DumpFile.Version version = file.version();
        boolean plain = file.format() == DumpFormat.BSON;
        int wanted = plain && version.size() >= SPLIT_FROM ? request.partitions() : 1;
        List<Long> cuts = cuts(file, version.size(), wanted);
        List<Partition> partitions = new ArrayList<>();
        for (int number = 0; number < cuts.size(); number++) {
            long whole = plain ? version.size() : -1;
            long end = number + 1 < cuts.size() ? cuts.get(number + 1) : whole;
            DumpPartition part = new DumpPartition(file.name(), version, cuts.get(number), end, request.ids());
            partitions.add(new Partition(collection, number, part.encode()));
        }
        return partitions;
    }

    private static List<Long> cuts(DumpFile file, long size, int wanted) {
        if (wanted == 1) {
            return List.of(0L);
        }
        try (FileChannel channel = FileChannel.open(file.path())) {
            return new BoundaryScan(channel, size).cuts(wanted);
        } catch (IOException failure) {
            throw file.unavailable(failure);
        }
    }

    @Override
    public DocumentReader open(Partition partition, byte @Nullable [] after) {
        DumpFile file = file(partition.collection());
        DumpPartition part = DumpPartition.decode(partition);
        DumpPosition position = DumpPosition.decode(after, partition.collection());
        if (!part.file().equals(file.name()) || !part.version().equals(file.version())) {
            throw file.changed();
        }
        IdFilter filter = new IdFilter(part.ids());
        DocumentInput in = file.open(position == null ? part.start() : position.offset());
        try {
            String database = file.database();
            return database == null
                    ? new BsonReader(in, part.end(), filter, position)
                    : new ArchiveReader(in, database, partition.collection(), filter, position);
        } catch (RuntimeException failure) {
            DumpFile.close(in);
            throw failure;
        }
    }

    private DumpFile file(String collection) {
        DumpFile file = contents.files().get(collection);
        if (file == null) {
            throw MissingCollection.error(collection, description(), collections());
        }
        return file;
    }

    /** Nothing to release: readers own their files. */
    @Override
    public void close() {}
}
