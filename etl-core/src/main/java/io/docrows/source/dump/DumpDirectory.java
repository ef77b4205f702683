package io.docrows.source.dump;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the collections of a dump directory: one file each, in a directory for each database. */
final class DumpDirectory {

    /** What mongodump --oplog writes beside the databases' directories. */
    private static final String OPLOG = "oplog";

    private DumpDirectory() {}

    static DumpContents open(Path directory, @Nullable String database) throws IOException {
        SortedMap<String, DumpFile> own = files(directory);
        SortedMap<String, Path> databases = databases(directory);
        boolean isRoot = own.isEmpty() || (own.keySet().equals(Set.of(OPLOG)) && !databases.isEmpty());
        if (!isRoot) {
            String name = String.valueOf(directory.toAbsolutePath().normalize().getFileName());
            if (database != null && databases.containsKey(database)) {
                return contents(directory, files(directory.resolve(database)));
            }
            if (database != null && !database.equals(name)) {
                throw new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        "The dump directory " + directory + " is that of the database \"" + name + "\", not \""
                                + database + "\". Leave the database's name out, or give another directory.");
            }
            return contents(directory, own);
        }
        if (databases.isEmpty()) {
            throw DumpContents.unavailable("The directory " + directory + " holds no .bson file.");
        }
        String chosen = DumpContents.choose(
                databases.keySet(),
                database,
                directory,
                "Give the directory of one of them, as in " + directory.resolve(databases.firstKey()) + ".");
        return contents(directory, files(directory.resolve(chosen)));
    }

    private static DumpContents contents(Path directory, SortedMap<String, DumpFile> files) {
        SortedMap<String, DumpFile> users = new TreeMap<>(files);
        users.keySet().removeIf(DumpContents::isSystem);
        return new DumpContents(directory, users);
    }

    private static SortedMap<String, Path> databases(Path root) throws IOException {
        SortedMap<String, Path> databases = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, Files::isDirectory)) {
            for (Path entry : entries) {
                if (!files(entry).isEmpty()) {
                    databases.put(String.valueOf(entry.getFileName()), entry);
                }
            }
        }
        return databases;
    }

    private static SortedMap<String, DumpFile> files(Path directory) throws IOException {
        SortedMap<String, DumpFile> files = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isRegularFile)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!DumpFormat.isBsonName(name)) {
                    continue;
                }
                DumpFormat format = name.endsWith(DumpFormat.GZIP_SUFFIX) ? DumpFormat.BSON_GZIP : DumpFormat.BSON;
                DumpFile twin = files.put(collectionOf(name), new DumpFile(entry, format, null));
                if (twin != null) {
                    throw new DocrowsException(
                            ErrorCode.INVALID_OPTION,
                            "The dump directory " + directory + " holds the collection \"" + collectionOf(name)
                                    + "\" twice, as " + twin.name() + " and " + name + ". Move one of them away.");
                }
            }
        }
        return files;
    }

    /**
     * The collection's name: the file's without its suffix, percent-decoded, for mongodump encodes what paths cannot
     * hold.
     */
    static String collectionOf(String fileName) {
        String suffix = fileName.endsWith(DumpFormat.GZIP_SUFFIX) ? DumpFormat.GZIP_SUFFIX : DumpFormat.BSON_SUFFIX;
        String name = fileName.endsWith(suffix) ? fileName.substring(0, fileName.length() - suffix.length()) : fileName;
        if (name.indexOf('%') < 0) {
            return name;
        }
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                decoded.write(bytes[i]);
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return name;
            }
            decoded.write(high << 4 | low);
            i += 2;
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }

    /** The inverse: what is no letter, digit or harmless sign is percent-encoded. */
    static String fileNameOf(String collection) {
        StringBuilder name = new StringBuilder();
        for (byte b : collection.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || "-_.$".indexOf(b) >= 0;
            if (plain) {
                name.append((char) b);
            } else {
                name.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return name.toString();
    }
}
