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
    private final boolean whileFollowed;

    private VerifyOptions(
            Set<String> collections, List<BsonValue> ids, int samples, boolean values, boolean whileFollowed) {
        this.collections = Set.copyOf(collections);
        this.ids = List.copyOf(ids);
        this.samples = samples;
        this.values = values;
        this.whileFollowed = whileFollowed;
    }

    /**
     * Everything, with the first ten differences of each kind and collection, and no values.
     *
     * @return the defaults
     */
    public static VerifyOptions defaults() {
        return new VerifyOptions(Set.of(), List.of(), 10, false, false);
    }

    /**
     * Compares only some collections.
     *
     * @param names their names; empty for all, which is the default
     * @return changed options
     */
    public VerifyOptions collections(Set<String> names) {
        return new VerifyOptions(names, ids, samples, values, whileFollowed);
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
        return new VerifyOptions(collections, documentIds, samples, values, whileFollowed);
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
        return new VerifyOptions(collections, ids, number, values, whileFollowed);
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
        return new VerifyOptions(collections, ids, samples, told, whileFollowed);
    }

    /**
     * Returns whether the values that differ are included.
     *
     * @return true if they are
     */
    public boolean values() {
        return values;
    }

    /**
     * Compares while another process {@linkplain io.docrows.ConnectedPipeline#follow follows} the source, whose lock is
     * not asked for then. What differs is compared again when the changes until then are applied, up to three times:
     * every document and row that was equal once is equal, and one that differs each time is different. Documents that
     * change all the time may be among the latter. With more than 10,000 differences of a kind and collection nothing
     * is compared again.
     *
     * @param followed true to compare beside it; default false
     * @return changed options
     */
    public VerifyOptions whileFollowed(boolean followed) {
        return new VerifyOptions(collections, ids, samples, values, followed);
    }

    /**
     * Returns whether another process follows the source meanwhile.
     *
     * @return true if it does
     */
    public boolean whileFollowed() {
        return whileFollowed;
    }
}
