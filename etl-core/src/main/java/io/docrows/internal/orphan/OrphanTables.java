package io.docrows.internal.orphan;

/**
 * The temporary tables of one collection.
 *
 * @param number the collection's number among those concerned
 */
public record OrphanTables(int number) {

    /**
     * The keys of all documents: {@code k}, and {@code id} where rejects must be told apart.
     *
     * @return the table's name
     */
    public String seen() {
        return "pg_temp.docrows_seen_" + number;
    }

    /**
     * Orphaned rows: {@code n}, counted from 1, the key as {@code k}, and whether the row is {@code kept}.
     *
     * @return the table's name
     */
    public String orphans() {
        return "pg_temp.docrows_orphans_" + number;
    }
}
