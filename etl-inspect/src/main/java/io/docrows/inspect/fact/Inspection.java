package io.docrows.inspect.fact;

import java.util.List;
import java.util.Optional;

/**
 * What was found in a source. Immutable, and the same for every way in which the documents are shared between threads.
 *
 * @param source where the documents are, without secrets
 * @param sampled whether only some documents of each collection were read
 * @param collections the collections, sorted by name
 * @param references values that are found among the keys of other collections
 */
public record Inspection(
        String source, boolean sampled, List<CollectionFacts> collections, List<ReferenceFacts> references) {

    /** Copies the lists. */
    public Inspection {
        collections = List.copyOf(collections);
        references = List.copyOf(references);
    }

    /**
     * A collection.
     *
     * @param name its name
     * @return the collection, or empty if there is none of that name
     */
    public Optional<CollectionFacts> collection(String name) {
        return collections.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /**
     * How many documents were read.
     *
     * @return the sum over all collections
     */
    public long documents() {
        return collections.stream().mapToLong(CollectionFacts::documents).sum();
    }
}
