package io.docrows.internal.column;

import org.jspecify.annotations.Nullable;

/**
 * A column's type as the target's catalog knows it, below all domains. Immutable.
 *
 * @param number its number
 * @param schema the schema of the type
 * @param name the name of the type
 * @param category its {@code typcategory}
 * @param modifier what is declared of its precision or length, as in {@code atttypmod}; -1 if nothing is
 * @param sql the type as SQL, with its schema and without a modifier
 * @param element the type of an array's elements, below all domains, or null
 * @param elementNumber the number of their type, which may be a domain; 0 without elements
 */
public record TargetType(
        long number,
        String schema,
        String name,
        String category,
        int modifier,
        String sql,
        @Nullable TargetType element,
        long elementNumber) {

    private static final int RANGE_SHIFT = 16;
    private static final int RANGE = 0x7FFF;
    private static final int PRECISION = 0xFFFF;
    private static final int MICROSECOND_DIGITS = 6;

    /**
     * Whether it is one of PostgreSQL's own types.
     *
     * @param type its name there
     * @return true if so
     */
    public boolean is(String type) {
        return name.equals(type) && schema.equals("pg_catalog");
    }

    /**
     * Whether it is an interval of some fields only, as {@code interval year to month}: PostgreSQL drops all others of
     * a value ({@code INTERVAL_RANGE} in its {@code timestamp.h}).
     *
     * @return true if so
     */
    public boolean dropsFields() {
        return is("interval") && modifier >= 0 && (modifier >> RANGE_SHIFT & RANGE) != RANGE;
    }

    /** The expression that makes a value of a text {@code %s}. */
    String input() {
        String read = "%s::" + sql;
        if (is("interval") && modifier >= 0 && (modifier & PRECISION) <= MICROSECOND_DIGITS) {
            // It would be rounded without a word. What is not a constant is not computed before it is needed.
            return "CASE WHEN " + read + " = " + read + "(" + RANGE + ", " + (modifier & PRECISION) + ") THEN " + read
                    + " ELSE ('finer than the column' || pg_catalog.left(%s, 0))::" + sql + " END";
        }
        // PostGIS reads GeoJSON with a function of its own, which is where the type is.
        return name.equals("geometry") || name.equals("geography")
                ? "CASE WHEN %s ^@ '{' THEN " + sql.substring(0, sql.lastIndexOf('.') + 1) + "ST_GeomFromGeoJSON(%s)"
                        + (name.equals("geography") ? "::" + sql : "") + " ELSE " + read + " END"
                : read;
    }
}
