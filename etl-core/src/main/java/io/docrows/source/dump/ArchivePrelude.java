package io.docrows.source.dump;

import io.docrows.source.internal.CollectionKind;
import io.docrows.source.internal.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of an archive: magic number, header, a metadata document per collection, terminator (mongo-tools,
 * {@code common/archive/spec.md}). It says which collections follow, and where their documents begin.
 */
final class ArchivePrelude {

    /** Ends the prelude and every block of documents. */
    static final int TERMINATOR = 0xffffffff;

    private ArchivePrelude() {}

    /**
     * A collection whose blocks follow.
     *
     * @param database its database; empty for the oplog
     * @param collection its name, as it is
     * @param kind what it is
     */
    record Announced(String database, String collection, CollectionKind kind) {

        /** Whether its documents are offered, and so have to be there. */
        boolean offered() {
            return !database.isEmpty() && !DumpContents.isSystem(collection) && kind == CollectionKind.COLLECTION;
        }
    }

    static DumpContents open(SourceFile bytes, DumpFormat format, @Nullable String database) {
        DumpFile archive = new DumpFile(bytes, format, null);
        SortedMap<String, SortedMap<String, DumpFile>> databases = new TreeMap<>();
        Map<String, Map<String, CollectionKind>> others = new HashMap<>();
        DocumentInput in = archive.open(0);
        try {
            for (Announced one : read(in)) {
                if (one.offered()) {
                    databases
                            .computeIfAbsent(one.database(), name -> new TreeMap<>())
                            .put(one.collection(), new DumpFile(bytes, format, one.database()));
                } else {
                    others.computeIfAbsent(one.database(), name -> new HashMap<>())
                            .put(one.collection(), one.kind());
                }
            }
        } finally {
            DumpFile.close(in);
        }
        if (databases.isEmpty()) {
            throw DumpContents.unavailable("The archive " + bytes.label() + " contains no collection.");
        }
        String chosen = DumpContents.choose(
                databases.keySet(),
                database,
                bytes.label(),
                "Name the one to read, or write an archive of it alone with --db.");
        SortedMap<String, DumpFile> files = databases.get(chosen);
        Map<String, CollectionKind> kinds = others.getOrDefault(chosen, Map.of());
        Function<String, CollectionKind> kindOf = name -> kinds.getOrDefault(name, CollectionKind.COLLECTION);
        return new DumpContents(bytes.label(), files == null ? new TreeMap<>() : files, kindOf);
    }

    /** Reads all of it, and stands the input at the first block. */
    static List<Announced> read(DocumentInput in) {
        if (in.nextLength() != DumpFormat.ARCHIVE_MAGIC) {
            throw in.damage().at(0, "expected the magic number of an archive");
        }
        in.skipWord();
        long length = in.nextLength();
        if (length == DocumentInput.END) {
            throw in.damage().at(in.offset(), "expected the archive's header, but the file ends");
        }
        in.skipDocument(length);
        List<Announced> announced = new ArrayList<>();
        length = in.nextLength();
        while (length != TERMINATOR) {
            if (length == DocumentInput.END) {
                throw in.damage().at(in.offset(), "expected a collection's description, but the file ends");
            }
            ArchiveFields fields = new ArchiveFields(in, length);
            announced.add(new Announced(fields.database(), fields.collection(), kind(fields)));
            length = in.nextLength();
        }
        in.skipWord();
        return announced;
    }

    /**
     * Views have no documents of their own, and time series keep theirs in buckets. A view that mongodump was told to
     * treat as a collection has documents, and no definition.
     */
    private static CollectionKind kind(ArchiveFields fields) {
        CollectionKind kind = CollectionKind.of(fields.type());
        CollectionMetadata metadata = fields.metadata();
        if (kind == CollectionKind.VIEW && metadata.kind() == CollectionKind.VIEW && !metadata.definition()) {
            return CollectionKind.COLLECTION;
        }
        return kind == CollectionKind.COLLECTION ? metadata.kind() : kind;
    }
}
