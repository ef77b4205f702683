package io.docrows.benchmarks.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A mongodump directory and the rows that must come of it. Immutable.
 *
 * @param dump the directory, with a file for each collection
 * @param documents how many documents it holds
 * @param content what the tables hold after it was loaded
 */
public record DataSet(Path dump, long documents, Content content) {

    /**
     * A data set, and the same one after some of its documents were changed.
     *
     * @param original as it was
     * @param changed as it became
     */
    public record Pair(DataSet original, DataSet changed) {}

    /** How many bytes the files of the dump have. */
    public long bytes() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(dump)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
