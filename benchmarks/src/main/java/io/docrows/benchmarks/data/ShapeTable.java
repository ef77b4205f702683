package io.docrows.benchmarks.data;

/**
 * A table of a shape. Immutable.
 *
 * @param name what it is called
 * @param columns its columns, separated by commas
 * @param numbered whether it has a column {@code id} whose numbers PostgreSQL gives
 * @param lines a query for its rows as one text each, {@code line}, told by natural keys
 */
public record ShapeTable(String name, String columns, boolean numbered, String lines) {

    /** A moment in microseconds since 1970, as text. */
    static String moment(String column) {
        return "coalesce((extract(epoch FROM " + column + ") * 1000000)::bigint::text, '-')";
    }
}
