package io.docrows.source.dump;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.internal.NameList;
import io.docrows.source.internal.SourceFile;
import io.docrows.text.ForeignText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the collections of a dump directory: one file each, in a directory for each database. */
final class DumpDirectory {

    private static final Logger log = LoggerFactory.getLogger(DumpDirectory.class);

    /** What mongodump --oplog writes beside the databases' directories. */
    private static final String OPLOG = "oplog";

    private DumpDirectory() {}

    /**
     * What is in a directory.
     *
     * @param path the directory
     * @param files the collections' files by collection name
     * @param directories the directories in it
     * @param described whether it holds metadata, which mongodump writes for every collection of a database
     */
    private record Listing(Path path, SortedMap<String, DumpFile> files, List<Path> directories, boolean described) {

        DumpContents contents(Path dump) {
            SortedMap<String, DumpFile> users = new TreeMap<>(files);
            users.keySet().removeIf(DumpContents::isSystem);
            return new DumpContents(dump.toString(), users, new MetadataFiles(path)::kind);
        }
    }

    static DumpContents open(Path directory, @Nullable String database) throws IOException {
        Listing own = list(directory);
        SortedMap<String, Listing> databases = databases(own);
        if (database != null && databases.containsKey(database)) {
            return databases.get(database).contents(directory);
        }
        if (!isRoot(own, databases, database)) {
            String name = nameOf(directory);
            if (database != null && !database.equals(name)) {
                throw new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        "The dump directory " + directory + " is that of the database \"" + name + "\", not \""
                                + ForeignText.name(database)
                                + "\". Leave the database's name out, or give another directory.");
            }
            return own.contents(directory);
        }
        if (databases.isEmpty()) {
            throw DumpContents.unavailable("The directory " + directory + " contains no .bson file.");
        }
        String chosen = DumpContents.choose(
                databases.keySet(),
                database,
                directory.toString(),
                "Give the directory of one of them, as in " + directory.resolve(databases.firstKey()) + ".");
        return Objects.requireNonNull(databases.get(chosen)).contents(directory);
    }

    /**
     * Whether the directory holds databases, not the collections of one. A file beside databases' directories is no
     * part of the dump, to mongorestore as well; but a directory in that of a database may hold older copies, which
     * must not be taken for the database.
     */
    private static boolean isRoot(Listing own, SortedMap<String, Listing> databases, @Nullable String database) {
        if (own.files().isEmpty()) {
            return true;
        }
        if (databases.isEmpty() || own.described()) {
            return false;
        }
        if (own.files().keySet().equals(Set.of(OPLOG))) {
            return true;
        }
        if (databases.values().stream().anyMatch(Listing::described)) {
            log.warn(
                    "ignoring {} in {}, which is not part of a database",
                    NameList.of(own.files().keySet()),
                    own.path());
            return true;
        }
        if (nameOf(own.path()).equals(database)) {
            return false;
        }
        throw new DocrowsException(
                ErrorCode.INVALID_OPTION,
                "The dump directory " + own.path()
                        + " contains .bson files and directories with .bson files. Name the database to read: "
                        + NameList.of(databases.keySet()) + ", or " + ForeignText.name(nameOf(own.path()))
                        + " for the files beside them.");
    }

    private static String nameOf(Path directory) {
        return String.valueOf(directory.toAbsolutePath().normalize().getFileName());
    }

    private static SortedMap<String, Listing> databases(Listing root) throws IOException {
        SortedMap<String, Listing> databases = new TreeMap<>();
        AccessDeniedException denied = null;
        for (Path directory : root.directories()) {
            try {
                Listing database = list(directory);
                if (!database.files().isEmpty()) {
                    databases.put(String.valueOf(directory.getFileName()), database);
                }
            } catch (AccessDeniedException e) {
                denied = e;
                log.warn("ignoring {}, which this user may not read", directory);
            }
        }
        if (denied != null && databases.isEmpty() && root.files().isEmpty()) {
            throw denied;
        }
        return databases;
    }

    private static Listing list(Path directory) throws IOException {
        SortedMap<String, DumpFile> files = new TreeMap<>();
        List<Path> directories = new ArrayList<>();
        boolean described = false;
        MetadataFiles metadata = new MetadataFiles(directory);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                described |= MetadataFiles.isName(name) && !name.startsWith("._");
                if (Files.isDirectory(entry)) {
                    directories.add(entry);
                } else if (DumpFormat.isBsonName(name) && !DumpFormat.isAppleDouble(entry)) {
                    String collection = metadata.collection(DumpName.stemOf(name));
                    DumpFormat format = name.endsWith(DumpFormat.GZIP_SUFFIX) ? DumpFormat.BSON_GZIP : DumpFormat.BSON;
                    DumpFile twin =
                            files.put(collection, new DumpFile(SourceFile.of(entry, DumpFile.NOUN), format, null));
                    if (twin != null) {
                        throw twice(directory, collection, twin.bytes().name(), name);
                    }
                }
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return new Listing(directory, files, directories, described);
    }

    private static DocrowsException twice(Path directory, String collection, String one, String other) {
        return new DocrowsException(
                ErrorCode.INVALID_OPTION,
                "The dump directory " + directory + " holds the collection \"" + ForeignText.name(collection)
                        + "\" twice, as " + one + " and " + other + ". Move one of them away.");
    }
}
