package io.docrows.source.json;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * How JSON is read. Immutable.
 *
 * @param collection the name of the collection that a single file or a stream holds; empty for the file's name
 * @param numbered whether the documents get a number as their {@code _id}, see {@link #withNumbers()}
 * @param idFields the fields of which an {@code _id} is made, see {@link #withIdOf}; none if none is made
 */
public record JsonOptions(Optional<String> collection, boolean numbered, List<String> idFields) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if an {@code _id} is to be made in two ways, or of a field that cannot be
     */
    public JsonOptions {
        idFields = List.copyOf(idFields);
        if (numbered && !idFields.isEmpty()) {
            throw new IllegalArgumentException("an _id is either a number or made of fields, not both");
        }
        if (new HashSet<>(idFields).size() < idFields.size()) {
            throw new IllegalArgumentException("an _id is made of different fields; one is named twice");
        }
        if (idFields.stream().anyMatch(name -> name.equals("_id") || name.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("an _id is made of fields that have another name than _id");
        }
    }

    /**
     * The name of the file is the collection's, and documents are read as they are.
     *
     * @return the defaults
     */
    public static JsonOptions defaults() {
        return new JsonOptions(Optional.empty(), false, List.of());
    }

    /**
     * Names the collection that a single file or a stream holds.
     *
     * @param collection the name
     * @return options with that name
     */
    public JsonOptions withCollection(String collection) {
        return new JsonOptions(Optional.of(collection), numbered, idFields);
    }

    /**
     * Makes the {@code _id} of documents that have none of fields at their top: of one field its value, of several a
     * document of them in this order. So a document stays the same one when something else in it changes; one without
     * an {@code _id} is known by all that it holds. A document that lacks one of the fields gets no {@code _id}; one
     * that has an {@code _id} of its own is an error.
     *
     * @param fields the names of the fields
     * @return options with these fields
     * @throws IllegalArgumentException if there are numbers already, or a field is named twice or {@code _id}
     */
    public JsonOptions withIdOf(String... fields) {
        return new JsonOptions(collection, numbered, List.of(fields));
    }

    /**
     * Gives every document a number as its {@code _id}, as an int64, for documents that have no {@code _id}: that of
     * the line on which it begins, or its own number within an array, both from 1. The number tells a document from the
     * others as long as the file stays as it is, and no longer: another export may have another order.
     *
     * <p>A document that has an {@code _id} of its own, or begins on the same line as the one before, is an error.
     *
     * @return options with numbers
     * @throws IllegalArgumentException if the {@code _id} is made of fields already
     */
    public JsonOptions withNumbers() {
        return new JsonOptions(collection, true, idFields);
    }
}
