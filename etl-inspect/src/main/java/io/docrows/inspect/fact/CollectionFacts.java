package io.docrows.inspect.fact;

import java.util.List;
import java.util.Optional;

/**
 * A collection. Immutable.
 *
 * @param name its name
 * @param documents how many were read
 * @param bytes how many bytes they have
 * @param largest how many bytes the largest has
 * @param damaged how many are not valid BSON inside, and were measured in part
 * @param complete whether every document was read
 * @param paths all paths, each before those below it, the fields of a document in the order of their presence
 * @param keys paths that were read a second time as possible keys
 * @param discriminators fields that decide which other fields there are
 * @param entities embedded documents that repeat
 * @param findings what whoever moves the collection should know, the weightiest first
 */
public record CollectionFacts(
        String name,
        long documents,
        long bytes,
        int largest,
        long damaged,
        boolean complete,
        List<PathFacts> paths,
        List<KeyFacts> keys,
        List<DiscriminatorFacts> discriminators,
        List<EntityFacts> entities,
        List<Finding> findings) {

    /** Copies the lists. */
    public CollectionFacts {
        paths = List.copyOf(paths);
        keys = List.copyOf(keys);
        discriminators = List.copyOf(discriminators);
        entities = List.copyOf(entities);
        findings = List.copyOf(findings);
    }

    /**
     * A path.
     *
     * @param path as {@link PathFacts#path()} writes it
     * @return what was measured, or empty if there is no such path
     */
    public Optional<PathFacts> path(String path) {
        return paths.stream().filter(one -> one.path().equals(path)).findFirst();
    }

    /**
     * A path that was counted as a possible key.
     *
     * @param path the path
     * @return the counts, or empty if it was not counted
     */
    public Optional<KeyFacts> key(String path) {
        return keys.stream().filter(one -> one.path().equals(path)).findFirst();
    }
}
