package io.docrows.source.json;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.source.internal.SourceFile;
import io.docrows.text.ForeignText;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the collections of a directory: one file each, named for the collection. */
final class JsonDirectory {

    private JsonDirectory() {}

    static SortedMap<String, JsonFile> files(Path directory) throws IOException {
        SortedMap<String, JsonFile> files = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (JsonName.isJson(name) && !JsonName.isOfDump(name) && Files.isRegularFile(entry)) {
                    JsonFile file = new JsonFile(SourceFile.of(entry, JsonFile.NOUN));
                    JsonFile twin = files.put(JsonName.collection(name), file);
                    if (twin != null) {
                        throw twice(
                                directory,
                                JsonName.collection(name),
                                twin.bytes().name(),
                                name);
                    }
                }
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return files;
    }

    private static DocrowsException twice(Path directory, String collection, String one, String other) {
        return new DocrowsException(
                ErrorCode.INVALID_OPTION,
                "The directory " + directory + " holds the collection \"" + ForeignText.name(collection)
                        + "\" twice, as " + one + " and " + other + ". Move one of them away.");
    }
}
