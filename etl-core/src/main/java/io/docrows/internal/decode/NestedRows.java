package io.docrows.internal.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that one document has in one child table, in the document's order: their values and whose children they are.
 * Filled by one decoder, then only read.
 */
public final class NestedRows {

    /** No rows. */
    public static final NestedRows NONE = new NestedRows();

    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private int[] parents = new int[8];

    /** No rows yet. */
    public NestedRows() {}

    /**
     * How many rows there are.
     *
     * @return the number
     */
    public int size() {
        return rows.size();
    }

    /**
     * The values of one row.
     *
     * @param row the row's number, from 0
     * @return the values of its columns, then the natural keys of its references; not to be changed
     */
    public @Nullable Object[] values(int row) {
        return rows.get(row);
    }

    /**
     * Whose child a row is.
     *
     * @param row the row's number
     * @return the number of a row of the parent table; 0 where the parent is the document itself
     */
    public int parent(int row) {
        return parents[row];
    }

    /**
     * Adds a row.
     *
     * @param values its values; kept
     * @param parent the number of its parent's row
     */
    public void add(@Nullable Object[] values, int parent) {
        if (rows.size() == parents.length) {
            parents = Arrays.copyOf(parents, 2 * parents.length);
        }
        parents[rows.size()] = parent;
        rows.add(values);
    }

    /**
     * Takes the last rows away again.
     *
     * @param size how many rows stay
     */
    public void truncate(int size) {
        while (rows.size() > size) {
            rows.remove(rows.size() - 1);
        }
    }

    /**
     * Takes rows out, and has the others lead to parents of which some were taken out, too.
     *
     * @param gone whether each row goes
     * @param newParents the numbers that the parents' rows have now, or null if they have kept theirs
     */
    public void remove(boolean[] gone, int @Nullable [] newParents) {
        int kept = 0;
        for (int row = 0; row < gone.length; row++) {
            if (!gone[row]) {
                rows.set(kept, rows.get(row));
                parents[kept] = newParents == null ? parents[row] : newParents[parents[row]];
                kept++;
            }
        }
        truncate(kept);
    }
}
