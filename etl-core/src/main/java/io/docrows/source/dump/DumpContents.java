package io.docrows.source.dump;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.internal.CollectionKind;
import io.docrows.source.internal.NameList;
import io.docrows.source.internal.SourceFile;
import io.docrows.text.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which file holds which collection. Immutable.
 *
 * @param label what people call the dump
 * @param files the collections' files by collection name
 * @param kinds what a name stands for in the dump, where that is known to be no collection
 */
record DumpContents(String label, SortedMap<String, DumpFile> files, Function<String, CollectionKind> kinds) {

    /** Stands for the one collection of a stream that does not know its name. No collection can be called so. */
    static final String NAMELESS = "\0";

    /** Databases that every server has; a dump of everything holds them beside the one that is wanted. */
    private static final Set<String> OF_THE_SERVER = Set.of("admin", "config", "local");

    private static final String WHAT_TO_GIVE =
            "Give a mongodump directory, a .bson or .bson.gz file, or a file written by mongodump --archive.";

    DumpContents {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    static DumpContents open(Path path, @Nullable String database) {
        try {
            if (Files.isDirectory(path)) {
                return DumpDirectory.open(path, database);
            }
            if (!Files.exists(path)) {
                throw unavailable("No dump exists at " + path + ".");
            }
            return open(SourceFile.of(path, DumpFile.NOUN), database);
        } catch (IOException failure) {
            throw unreadable(path.toString(), failure);
        }
    }

    /** What a single file holds. */
    static DumpContents open(SourceFile bytes, @Nullable String database) {
        DumpFormat format;
        try {
            format = DumpFormat.detect(bytes);
        } catch (IOException failure) {
            throw unreadable(bytes.label(), failure);
        }
        if (format == null) {
            throw unavailable("The file " + bytes.label() + " is neither BSON nor an archive.");
        }
        if (format.archive()) {
            return ArchivePrelude.open(bytes, format, database);
        }
        DumpFile file = new DumpFile(bytes, format, null);
        if (bytes.name().isEmpty()) {
            return new DumpContents(
                    bytes.label(), new TreeMap<>(Map.of(NAMELESS, file)), name -> CollectionKind.COLLECTION);
        }
        Path directory = bytes.path().toAbsolutePath().getParent();
        if (bytes.copied() != null || directory == null) {
            String collection = DumpName.collection(DumpName.stemOf(bytes.name()));
            return new DumpContents(
                    bytes.label(), new TreeMap<>(Map.of(collection, file)), name -> CollectionKind.COLLECTION);
        }
        MetadataFiles metadata = new MetadataFiles(directory);
        String collection = metadata.collection(DumpName.stemOf(bytes.name()));
        return new DumpContents(bytes.label(), new TreeMap<>(Map.of(collection, file)), metadata::kind);
    }

    /** The file of a collection, also where the dump knows only the beginning and the hash of a long name. */
    @Nullable DumpFile file(String collection) {
        DumpFile file = files.get(collection);
        String stem = DumpName.stem(collection);
        return file == null && DumpName.mayBeCut(stem) ? files.get(DumpName.collection(stem)) : file;
    }

    /**
     * Chooses the database to read.
     *
     * @param found the databases that hold collections
     * @param wanted the one asked for, or null for the only one
     * @param label what people call the dump
     * @param how how to name one of several
     * @return the database
     */
    static String choose(Collection<String> found, @Nullable String wanted, String label, String how) {
        if (wanted != null) {
            if (found.contains(wanted)) {
                return wanted;
            }
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "The dump " + label + " does not contain the database \"" + ForeignText.name(wanted)
                            + "\". It contains: " + (found.isEmpty() ? "none" : NameList.of(found)) + ".");
        }
        Set<String> users = new TreeSet<>(found);
        users.removeAll(OF_THE_SERVER);
        if (users.isEmpty()) {
            users.addAll(found);
        }
        if (users.size() == 1) {
            return users.iterator().next();
        }
        throw new DocrowsException(
                ErrorCode.INVALID_OPTION,
                "The dump " + label + " contains several databases: " + NameList.of(users) + ". " + how);
    }

    static DocrowsException unavailable(String what) {
        return new DocrowsException(ErrorCode.SOURCE_UNAVAILABLE, what + " " + WHAT_TO_GIVE);
    }

    private static DocrowsException unreadable(String label, IOException failure) {
        return new DocrowsException(
                ErrorCode.SOURCE_UNAVAILABLE,
                "The dump " + label + " cannot be read (" + SourceFile.reason(failure)
                        + "). Check the path and its permissions.",
                failure);
    }

    static boolean isSystem(String collection) {
        return collection.startsWith("system.");
    }
}
