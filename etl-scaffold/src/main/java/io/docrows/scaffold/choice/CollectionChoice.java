package io.docrows.scaffold.choice;

import java.util.List;
import java.util.Optional;

/**
 * What becomes of a collection. Immutable.
 *
 * @param collection its name
 * @param table the table that holds a row for each document
 * @param key the column of the {@code _id}
 * @param keyType its type: {@code text}, {@code bigint} or {@code uuid}
 * @param fields the fields of its documents
 * @param rest the column, of type {@code jsonb}, that holds all other fields
 * @param notes comments
 * @param split documents that have tables of their own; the rest of this is about all others then
 */
public record CollectionChoice(
        String collection,
        String table,
        String key,
        String keyType,
        Choice.Fields fields,
        Optional<String> rest,
        List<String> notes,
        Optional<Split> split) {

    /** Copies the list. */
    public CollectionChoice {
        notes = List.copyOf(notes);
    }

    /**
     * The same with other fields.
     *
     * @param other the fields
     * @return a copy
     */
    public CollectionChoice withFields(Choice.Fields other) {
        return new CollectionChoice(collection, table, key, keyType, other, rest, notes, split);
    }

    /**
     * The same with other comments.
     *
     * @param other the comments
     * @return a copy
     */
    public CollectionChoice withNotes(List<String> other) {
        return new CollectionChoice(collection, table, key, keyType, fields, rest, other, split);
    }

    /**
     * The same with documents that have tables of their own.
     *
     * @param other these documents
     * @return a copy
     */
    public CollectionChoice withSplit(Split other) {
        return new CollectionChoice(collection, table, key, keyType, fields, rest, notes, Optional.of(other));
    }

    /**
     * What becomes of a field.
     *
     * @param path the names that lead to it
     * @return empty if nothing is chosen for it, or it is not in the documents' own table
     */
    public Optional<Choice> at(List<String> path) {
        Choice here = fields;
        for (String name : path) {
            if (!(here instanceof Choice.Fields document) || !document.fields().containsKey(name)) {
                return Optional.empty();
            }
            here = document.fields().get(name);
        }
        return Optional.of(here);
    }
}
