package io.docrows.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.util.List;
import java.util.Set;
import org.bson.BsonValue;

/**
 * What to compare. Immutable and thread-safe; each method that takes a value returns changed options and leaves these
 * as they are.
 */
public final class VerifyOptions {

    private static final int MOST_SAMPLES = 10_000;

    private final Set<String> collections;
    private final List<BsonValue> ids;
    private final int samples;
    private final boolean values;

    private VerifyOptions(Set<String> collections, List<BsonValue> ids, int samples, boolean values) {
        this.collections = Set.copyOf(collections);
        this.ids = List.copyOf(ids);
        this.samples = samples;
        this.values = values;
    }

    /**
     * Everything, with the first ten differences of each kind and collection, and no values.
     *
     * @return the defaults
     */
    public static VerifyOptions defaults() {
        return new VerifyOptions(Set.of(), List.of(), 10, false);
    }

    /**
     * Compares only some collections.
     *
     * @param names their names; empty for all, which is the default
     * @return changed options
     */
    public VerifyOptions collections(Set<String> names) {
        return new VerifyOptions(names, ids, samples, values);
    }

    /**
     * Returns the collections to compare.
     *
     * @return their names, empty for all
     */
    public Set<String> collections() {
        return collections;
    }

    /**
     * Compares only some documents. Orphaned rows are not looked for then.
     *
     * @param documentIds their {@code _id}s, compared as MongoDB compares them; empty for all, which is the default
     * @return changed options
     */
    public VerifyOptions ids(List<BsonValue> documentIds) {
        return new VerifyOptions(collections, documentIds, samples, values);
    }

    /**
     * Returns the documents to compare.
     *
     * @return their {@code _id}s, empty for all
     */
    public List<BsonValue> ids() {
        return ids;
    }

    /**
     * Sets how many differences are listed one by one. All are counted in any case.
     *
     * @param number the most of each kind and collection, 0 to 10,000; default 10
     * @return changed options
     * @throws DocrowsException {@code INVALID_OPTION} if the number is out of range
     */
    public VerifyOptions samples(int number) {
        if (number < 0 || number > MOST_SAMPLES) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION, "samples must be 0 to " + MOST_SAMPLES + ", not " + number + ".");
        }
        return new VerifyOptions(collections, ids, number, values);
    }

    /**
     * Returns how many differences are listed one by one.
     *
     * @return the most of each kind and collection
     */
    public int samples() {
        return samples;
    }

    /**
     * Includes the values that differ. They come from documents: keep them out of logs.
     *
     * @param told true to include them; default false
     * @return changed options
     */
    public VerifyOptions values(boolean told) {
        return new VerifyOptions(collections, ids, samples, told);
    }

    /**
     * Returns whether the values that differ are included.
     *
     * @return true if they are
     */
    public boolean values() {
        return values;
    }
}
