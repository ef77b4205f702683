package io.docrows.history;

import java.util.Optional;

/**
 * Documents that one run rejected for one reason at one place. Immutable.
 *
 * @param collection the collection's name
 * @param code the {@link io.docrows.error.RejectCode}; text, since a newer release may have written it
 * @param path where in the document, names joined by dots; empty when the whole document is meant
 * @param column the column the value was meant for, as schema.table.column, if there is one
 * @param documents how many documents
 */
public record RejectPlace(
        String collection, String code, Optional<String> path, Optional<String> column, long documents) {}
