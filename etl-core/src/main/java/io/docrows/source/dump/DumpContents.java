package io.docrows.source.dump;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
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
import org.jspecify.annotations.Nullable;

/**
 * Which file holds which collection. Immutable.
 *
 * @param path the path that was given
 * @param files the collections' files by collection name
 */
record DumpContents(Path path, SortedMap<String, DumpFile> files) {

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
                throw unavailable("There is no dump at " + path + ".");
            }
            DumpFormat format = DumpFormat.detect(path);
            if (format == null) {
                throw unavailable("The file " + path + " is neither BSON nor an archive.");
            }
            if (format.archive()) {
                return ArchivePrelude.open(path, format, database);
            }
            String collection = DumpDirectory.collectionOf(String.valueOf(path.getFileName()));
            DumpFile file = new DumpFile(path, format, null);
            return new DumpContents(path, new TreeMap<>(Map.of(collection, file)));
        } catch (IOException failure) {
            throw new DocrowsException(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "The dump " + path + " cannot be read (" + Damage.reason(failure)
                            + "). Check the path and its permissions.",
                    failure);
        }
    }

    /**
     * Chooses the database to read.
     *
     * @param found the databases that hold collections
     * @param wanted the one asked for, or null for the only one
     * @param path the dump
     * @param how how to name one of several
     * @return the database
     */
    static String choose(Collection<String> found, @Nullable String wanted, Path path, String how) {
        if (wanted != null) {
            if (found.contains(wanted)) {
                return wanted;
            }
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "The dump " + path + " does not hold the database \"" + wanted + "\". It holds: "
                            + (found.isEmpty() ? "none" : String.join(", ", found)) + ".");
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
                "The dump " + path + " holds several databases: " + String.join(", ", users) + ". " + how);
    }

    static DocrowsException unavailable(String what) {
        return new DocrowsException(ErrorCode.SOURCE_UNAVAILABLE, what + " " + WHAT_TO_GIVE);
    }

    static boolean isSystem(String collection) {
        return collection.startsWith("system.");
    }
}
