package io.docrows.inspect.fact;

import java.util.List;

/**
 * Values of one path that are found among the unique values of another one; counted exactly. Immutable.
 *
 * @param collection the collection that refers
 * @param path the path of its values
 * @param target the collection that is referred to
 * @param targetPath the path of the unique values
 * @param values how many values, nulls left out
 * @param found how many of them are there
 * @param distinctFound how many different ones are there; about that many above 1,024
 * @param targetValues how many values there are to be referred to
 * @param orphanDocuments how many documents have a value that is not there
 * @param orphanIds the smallest {@code _id}s of these documents, at most three
 * @param convertsType whether the values have another type than those they refer to, such as text for an ObjectId
 */
public record ReferenceFacts(
        String collection,
        String path,
        String target,
        String targetPath,
        long values,
        long found,
        long distinctFound,
        long targetValues,
        long orphanDocuments,
        List<String> orphanIds,
        boolean convertsType) {

    /** Copies the list. */
    public ReferenceFacts {
        orphanIds = List.copyOf(orphanIds);
    }

    /**
     * How many values are not found.
     *
     * @return 0 if the reference is complete
     */
    public long orphans() {
        return values - found;
    }
}
