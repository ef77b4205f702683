package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.mapping.CollectionMapping;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which of a pipeline's collections somebody asked for. */
public final class Selection {

    private Selection() {}

    /**
     * Picks mappings by their collections.
     *
     * @param pipeline the pipeline's name
     * @param mappings all its mappings, in load order
     * @param collections names of collections; empty for all
     * @return the mappings asked for, in load order
     * @throws DocrowsException {@code INVALID_OPTION} if no mapping reads one of them
     */
    public static List<CollectionMapping<?>> of(
            String pipeline, List<CollectionMapping<?>> mappings, Set<String> collections) {
        Set<String> known = mappings.stream().map(CollectionMapping::collection).collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>(collections);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "No mapping reads " + String.join(", ", unknown) + ". The pipeline " + pipeline + " has "
                            + mappings.stream()
                                    .map(CollectionMapping::collection)
                                    .collect(Collectors.joining(", ", "", ".")));
        }
        return mappings.stream()
                .filter(mapping -> collections.isEmpty() || collections.contains(mapping.collection()))
                .toList();
    }
}
