package io.docrows.benchmarks.data;

import java.nio.file.Path;

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
}
