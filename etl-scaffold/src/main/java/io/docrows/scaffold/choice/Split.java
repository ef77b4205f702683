package io.docrows.scaffold.choice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Documents of a collection that have tables of their own, by a text in them. Immutable.
 *
 * @param by the names that lead to the text
 * @param tables what becomes of the documents with each text; all others are the collection's own
 */
public record Split(List<String> by, Map<String, CollectionChoice> tables) {

    /** Copies both. */
    public Split {
        by = List.copyOf(by);
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }
}
