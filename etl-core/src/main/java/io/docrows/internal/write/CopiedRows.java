package io.docrows.internal.write;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of one batch and table: where those of each document begin, and the ids drawn for them. */
final class CopiedRows {

    private final @Nullable GeneratedIds generated;
    private final int[] starts;
    private final int size;
    private @Nullable Object @Nullable [] ids;

    /**
     * Rows without ids.
     *
     * @param generated where ids come from, or null if none are wanted
     * @param starts the number of the first row of each document; null where each document has one row
     * @param size how many rows there are
     */
    CopiedRows(@Nullable GeneratedIds generated, int @Nullable [] starts, int size) {
        this.generated = generated;
        this.starts = starts == null ? new int[0] : starts;
        this.size = size;
    }

    int size() {
        return size;
    }

    /** Draws ids, if any are wanted. */
    void draw(Connection connection, int number) throws SQLException {
        if (generated != null && number > 0 && generated.isWanted(number)) {
            ids = generated.draw(connection, number);
        }
    }

    /** Whether rows are written with the ids that were drawn. */
    boolean hasIds() {
        return ids != null;
    }

    /** The number of a document's row among all rows of the batch. */
    int number(int document, int row) {
        return starts.length == 0 ? document : starts[document] + row;
    }

    /** The id drawn for a row. */
    @Nullable Object id(int number) {
        return ids == null ? null : ids[number];
    }
}
