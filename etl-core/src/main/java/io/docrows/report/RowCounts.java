package io.docrows.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many rows of one table were written. Immutable.
 *
 * @param inserted new rows
 * @param updated rows of which a column changed
 * @param deleted rows that left their document
 */
public record RowCounts(long inserted, long updated, long deleted) {

    /** No rows. */
    public static final RowCounts NONE = new RowCounts(0, 0, 0);

    /**
     * Returns the sum of these rows and others.
     *
     * @param other other rows of the same table
     * @return the sum
     */
    public RowCounts plus(RowCounts other) {
        return new RowCounts(inserted + other.inserted, updated + other.updated, deleted + other.deleted);
    }

    /**
     * Returns the sum of two counts, table by table.
     *
     * @param one counts by table
     * @param other counts by table
     * @return a new map, in the order in which tables come first
     */
    public static Map<String, RowCounts> sum(Map<String, RowCounts> one, Map<String, RowCounts> other) {
        Map<String, RowCounts> sum = new LinkedHashMap<>(one);
        other.forEach((table, counts) -> sum.merge(table, counts, RowCounts::plus));
        return sum;
    }
}
