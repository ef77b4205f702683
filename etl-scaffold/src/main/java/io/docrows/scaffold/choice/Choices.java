package io.docrows.scaffold.choice;

import java.util.List;
import java.util.Optional;

/**
 * All that a project is made from, beside what was found in the source. Immutable.
 *
 * @param pipeline the pipeline's name, also that of the project
 * @param packageName the Java package
 * @param collections what becomes of each collection, in the order of their names
 */
public record Choices(String pipeline, String packageName, List<CollectionChoice> collections) {

    /** Copies the list. */
    public Choices {
        collections = List.copyOf(collections);
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
