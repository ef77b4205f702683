package io.docrows.source;

import java.util.List;
import java.util.Optional;
import org.bson.BsonValue;

/**
 * Which documents of a collection are wanted. Immutable.
 *
 * @param ids the {@code _id}s to read, compared as MongoDB compares them (numbers by value); empty for all
 * @param partitions how many partitions are welcome, at least 1; a source may make fewer, or more when one cannot cover
 *     every {@code _id} type
 * @param fields top-level fields of which the reader is in need; empty for all. A source may hand out more of a
 *     document than that, and always hands out its {@code _id}
 * @param changedSince which documents are enough; empty for all. A source may hand out others as well: it is for those
 *     that can save themselves the reading
 */
public record ReadRequest(
        List<BsonValue> ids, int partitions, List<String> fields, Optional<ChangedSince> changedSince) {

    /**
     * Checks the range and copies the lists.
     *
     * @throws IllegalArgumentException if {@code partitions} is less than 1
     */
    public ReadRequest {
        if (partitions < 1) {
            throw new IllegalArgumentException("at least 1 partition is needed, not " + partitions);
        }
        ids = List.copyOf(ids);
        fields = List.copyOf(fields);
    }

    /**
     * Whole documents.
     *
     * @param ids the {@code _id}s to read; empty for all
     * @param partitions how many partitions are welcome, at least 1
     */
    public ReadRequest(List<BsonValue> ids, int partitions) {
        this(ids, partitions, List.of(), Optional.empty());
    }

    /**
     * Returns every document, in as few partitions as the source can.
     *
     * @return the request
     */
    public static ReadRequest everything() {
        return new ReadRequest(List.of(), 1);
    }
}
