package io.docrows.source;

import java.util.List;
import org.bson.BsonValue;

/**
 * Which documents of a collection are wanted. Immutable.
 *
 * @param ids the {@code _id}s to read, compared as MongoDB compares them (numbers by value); empty for all
 * @param partitions how many partitions are welcome, at least 1; a source may make fewer, or more when one cannot cover
 *     every {@code _id} type
 */
public record ReadRequest(List<BsonValue> ids, int partitions) {

    /**
     * Checks the range and copies the list.
     *
     * @throws IllegalArgumentException if {@code partitions} is less than 1
     */
    public ReadRequest {
        if (partitions < 1) {
            throw new IllegalArgumentException("at least 1 partition is needed, not " + partitions);
        }
        ids = List.copyOf(ids);
    }

    /**
     * Every document, in as few partitions as the source can.
     *
     * @return the request
     */
    public static ReadRequest everything() {
        return new ReadRequest(List.of(), 1);
    }
}
