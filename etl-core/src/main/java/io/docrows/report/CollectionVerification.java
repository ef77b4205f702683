package io.docrows.report;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How one collection and its rows agree. Every document and every row is accounted for: {@code documents = equal +
 * different + missing + rejected + superseded} and {@code rows = equal + different + extra + outdated + marked}; a
 * value of this type cannot say otherwise. Immutable.
 *
 * @param collection the collection's name
 * @param table the mapped table's name
 * @param partial whether only chosen documents were compared; then rows without a document were not looked for
 * @param documents documents read that the mapping takes
 * @param rows rows compared
 * @param equal documents whose row, join rows and child rows say the same
 * @param different documents whose row, join rows or child rows say something else
 * @param missing documents without a row
 * @param rejected documents that stand in the reject table, byte for byte as they are now
 * @param superseded documents that another one with the same key follows, which is the one that counts
 * @param unmatched documents of the collection that no mapping takes; they are not among the others
 * @param extra rows whose document is gone
 * @param outdated rows of documents that are rejected as they are now: they show what the document was before
 * @param marked rows whose document is gone, and that are marked as such
 * @param waiting references to documents that are not in the target, remembered until they arrive
 * @param columns how often each column or foreign key differs, by name
 * @param joins join tables with missing rows or with rows too many, by name
 * @param children child tables with rows that are missing, too many or different, by name
 * @param differences the first of them
 * @param duration the time it took to read and compare
 */
public record CollectionVerification(
        String collection,
        String table,
        boolean partial,
        long documents,
        long rows,
        long equal,
        long different,
        long missing,
        long rejected,
        long superseded,
        long unmatched,
        long extra,
        long outdated,
        long marked,
        long waiting,
        Map<String, Long> columns,
        Map<String, JoinRows> joins,
        Map<String, ChildRows> children,
        List<Difference> differences,
        Duration duration) {

    /**
     * Checks the accounting and copies the collections.
     *
     * @throws IllegalArgumentException if a sum does not hold
     */
    public CollectionVerification {
        if (documents != equal + different + missing + rejected + superseded
                || rows != equal + different + extra + outdated + marked) {
            throw new IllegalArgumentException("the accounting does not hold: documents " + documents + ", rows " + rows
                    + ", equal " + equal + ", different " + different + ", missing " + missing + ", rejected "
                    + rejected + ", superseded " + superseded + ", extra " + extra + ", outdated " + outdated
                    + ", marked "
                    + marked);
        }
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        joins = Collections.unmodifiableMap(new LinkedHashMap<>(joins));
        children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
        differences = List.copyOf(differences);
    }

    /**
     * Returns whether nothing differs but for documents that are rejected, and known to be.
     *
     * @return true if every document is in the target or, byte for byte, in the reject table, and no row is too many
     */
    public boolean isAccountedFor() {
        return different == 0 && missing == 0 && extra == 0;
    }

    /**
     * Returns whether source and target hold the same.
     *
     * @return true if every document that counts has its row, and every row its document
     */
    public boolean isEqual() {
        return isAccountedFor() && rejected == 0;
    }

    /**
     * Rows of a join table that differ, of documents that have a row. Immutable.
     *
     * @param missing rows that an array asks for and that are not there
     * @param extra rows that no array asks for
     */
    public record JoinRows(long missing, long extra) {}

    /**
     * Rows of a child table that differ, of documents that have a row. Immutable.
     *
     * @param missing rows that a document asks for and that are not there
     * @param extra rows that no document asks for
     * @param different rows that say something else than the document
     * @param columns how often each column or foreign key of them differs, by name
     */
    public record ChildRows(long missing, long extra, long different, Map<String, Long> columns) {

        /** Copies the map. */
        public ChildRows {
            columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        }
    }
}
