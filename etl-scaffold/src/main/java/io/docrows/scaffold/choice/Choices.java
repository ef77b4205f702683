package io.docrows.scaffold.choice;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that a project is made from, beside what was found in the source. Immutable.
 *
 * @param pipeline the pipeline's name, also that of the project
 * @param packageName the Java package
 * @param collections what becomes of each collection, in the order of their names
 * @param leftOut the collections that are not carried over, and why
 */
public record Choices(
        String pipeline, String packageName, List<CollectionChoice> collections, Map<String, List<String>> leftOut) {

    /** Copies both. */
    public Choices {
        collections = List.copyOf(collections);
        leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
    }

    /**
     * The type of a column that is referred to.
     *
     * @param references a collection, and the names that lead to a field there
     * @return empty if there is no such column
     */
    public Optional<String> typeAt(List<String> references) {
        List<String> field = references.subList(1, references.size());
        Optional<CollectionChoice> target = collection(references.get(0));
        return field.equals(List.of("_id"))
                ? target.map(CollectionChoice::keyType)
                : target.flatMap(one -> one.at(field)).flatMap(Choice::asColumn).map(Choice.Column::type);
    }

    /**
     * What becomes of a collection.
     *
     * @param name the collection
     * @return empty if it is not carried over
     */
    public Optional<CollectionChoice> collection(String name) {
        return collections.stream().filter(one -> one.collection().equals(name)).findFirst();
    }
}
