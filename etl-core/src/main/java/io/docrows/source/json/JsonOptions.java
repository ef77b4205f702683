package io.docrows.source.json;

import java.util.Optional;

/**
 * How JSON is read. Immutable.
 *
 * @param collection the name of the collection that a single file or a stream holds; empty for the file's name
 * @param numbered whether the documents get a number as their {@code _id}, see {@link #withNumbers()}
 */
public record JsonOptions(Optional<String> collection, boolean numbered) {

    /**
     * The name of the file is the collection's, and documents are read as they are.
     *
     * @return the defaults
     */
    public static JsonOptions defaults() {
        return new JsonOptions(Optional.empty(), false);
    }

    /**
     * Names the collection that a single file or a stream holds.
     *
     * @param collection the name
     * @return options with that name
     */
    public JsonOptions withCollection(String collection) {
        return new JsonOptions(Optional.of(collection), numbered);
    }

    /**
     * Gives every document a number as its {@code _id}, as an int64, for documents that have no {@code _id}: that of
     * the line on which it begins, or its own number within an array, both from 1. The number tells a document from the
     * others as long as the file stays as it is, and no longer: another export may have another order.
     *
     * <p>A document that has an {@code _id} of its own, or begins on the same line as the one before, is an error.
     *
     * @return options with numbers
     */
    public JsonOptions withNumbers() {
        return new JsonOptions(collection, true);
    }
}
