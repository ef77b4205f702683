package io.docrows.source;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place that holds collections of BSON documents. Implementations are safe for use by several threads; the readers
 * they open are not.
 */
public interface DocumentSource extends AutoCloseable {

    /**
     * Returns where this source is, in one line for people: a connection string without its credentials, or a path.
     *
     * @return the description; holds no secret
     */
    String description();

    /**
     * Returns the names of the collections this source holds.
     *
     * @return the names, sorted
     * @throws io.docrows.error.DocrowsException {@code SOURCE_UNAVAILABLE} or {@code SOURCE_CORRUPT}
     */
    Set<String> collections();

    /**
     * About how many documents a collection has, for progress bars; never used for accounting.
     *
     * @param collection a collection's name
     * @return the estimate, or empty when it cannot be had cheaply
     */
    OptionalLong estimatedCount(String collection);

    /**
     * Splits what is to be read of a collection into partitions. Together they cover every requested document exactly
     * once, whatever the types of the {@code _id}s.
     *
     * @param collection a collection's name
     * @param request which documents, and how many partitions are welcome
     * @return at least one partition, numbered from 0
     * @throws io.docrows.error.DocrowsException {@code SOURCE_COLLECTION_MISSING} when there is no such collection
     */
    List<Partition> partitions(String collection, ReadRequest request);

    /**
     * Opens a partition. The reader belongs to the calling thread.
     *
     * @param partition one that this source, or an equal source in another process, made
     * @param after the {@linkplain DocumentReader#position() position} after which to go on, or null for the start
     * @return a reader that the caller closes
     * @throws io.docrows.error.DocrowsException {@code SOURCE_UNAVAILABLE} or {@code SOURCE_CORRUPT}
     */
    DocumentReader open(Partition partition, byte @Nullable [] after);

    /** Releases connections and files. Idempotent; does not throw. */
    @Override
    void close();
}
