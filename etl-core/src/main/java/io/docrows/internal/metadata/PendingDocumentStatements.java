package io.docrows.internal.metadata;

import io.docrows.internal.postgres.Sql;
import org.jooq.Named;
import org.jooq.Table;

/**
 * The SQL on {@code docrows.pending_document} and {@code docrows.pending_element} for the documents of one mapping,
 * rendered once. A document is kept as long as any of its elements refers to a row that has not arrived; it is loaded
 * once more when one has. What is staged is the caller's: the key of a document's row comes as an SQL expression of
 * type text. In the statements, {@code w} is the pending document and {@code e} one of its references.
 */
public final class PendingDocumentStatements {

    private static final String DOCUMENT = "docrows.pending_document";
    private static final String ELEMENT = "docrows.pending_element";

    /** The columns of a table of what staged documents wait for, beside their {@code ord}. */
    public static final String WAITING_COLUMNS = "table_name, column_name, referenced_key";

    private final String table;
    private final String collection;

    /**
     * The statements for the documents of one mapping.
     *
     * @param table the documents' own table
     * @param collection the name of the collection, as an SQL literal
     */
    public PendingDocumentStatements(Table<?> table, String collection) {
        this.table = Sql.nameLiteral(table);
        this.collection = collection;
    }

    private String isOf(String rowKey) {
        return "w.table_name = " + table + " AND w.row_key = " + rowKey;
    }

    /**
     * Whether any document waits.
     *
     * @return a query that returns a row if one does, and else none
     */
    public String any() {
        return "SELECT 0 FROM " + DOCUMENT + " w WHERE w.table_name = " + table + " LIMIT 1";
    }

    /**
     * A table for what staged documents wait for.
     *
     * @return a query without rows
     */
    public static String waiting() {
        return "SELECT 0::int4 AS ord, ''::text AS table_name, ''::text AS column_name, ''::text AS referenced_key"
                + " WITH NO DATA";
    }

    /**
     * What one row waits for, as a row of that table but for its {@code ord}.
     *
     * @param child the table of the elements' rows
     * @param column the column with the reference
     * @param key the key that it refers to, as text
     * @return expressions, separated by commas
     */
    public static String waitsFor(Table<?> child, Named column, String key) {
        return Sql.nameLiteral(child) + ", " + Sql.literal(column.getName()) + ", " + key;
    }

    /**
     * Forgets staged documents that wait for nothing any more.
     *
     * @param documents the table of staged documents
     * @param rowKey the key of such a document, {@code d}, as text
     * @param waiting the table of what they wait for
     * @return the statement
     */
    public String settle(String documents, String rowKey, String waiting) {
        return "DELETE FROM " + DOCUMENT + " w USING " + documents + " d WHERE " + isOf(rowKey)
                + " AND NOT EXISTS (SELECT FROM " + waiting + " x WHERE x.ord = d.ord)";
    }

    /**
     * Keeps a staged document, unless it is kept as it is.
     *
     * @param documents the table of staged documents
     * @param rowKey the key of such a document, {@code d}, as text
     * @param run the number of the run
     * @return the statement; its parameters are the document and its {@code ord}
     */
    public String keep(String documents, String rowKey, long run) {
        return "INSERT INTO " + DOCUMENT + " (collection, table_name, row_key, document, run_id) SELECT " + collection
                + ", " + table + ", n.row_key, n.document, " + run + " FROM (SELECT " + rowKey
                + " AS row_key, ?::bytea AS document FROM " + documents
                + " d WHERE d.ord = ?) n WHERE NOT EXISTS (SELECT FROM " + DOCUMENT + " w WHERE "
                + isOf("n.row_key") + " AND w.document = n.document AND w.collection = " + collection
                + ") ON CONFLICT (table_name, row_key) DO UPDATE SET document = EXCLUDED.document,"
                + " collection = EXCLUDED.collection, run_id = EXCLUDED.run_id";
    }

    /**
     * Forgets what staged documents that wait have ceased to wait for.
     *
     * @param documents the table of staged documents
     * @param rowKey the key of such a document, {@code d}, as text
     * @param waiting the table of what they wait for
     * @return the statement
     */
    public String settleElements(String documents, String rowKey, String waiting) {
        return "DELETE FROM " + ELEMENT + " e USING " + DOCUMENT + " w, " + documents + " d WHERE " + isOf(rowKey)
                + " AND e.document_id = w.id AND NOT EXISTS (SELECT FROM " + waiting
                + " x WHERE x.ord = d.ord AND (x.table_name, x.column_name, x.referenced_key) ="
                + " (e.table_name, e.column_name, e.referenced_key))";
    }

    /**
     * Remembers what kept documents wait for.
     *
     * @param documents the table of staged documents
     * @param rowKey the key of such a document, {@code d}, as text
     * @param waiting the table of what they wait for
     * @return the statement
     */
    public String keepElements(String documents, String rowKey, String waiting) {
        return "INSERT INTO " + ELEMENT + " (document_id, " + WAITING_COLUMNS
                + ") SELECT DISTINCT w.id, x.table_name, x.column_name, x.referenced_key FROM " + waiting + " x JOIN "
                + documents + " d ON d.ord = x.ord JOIN " + DOCUMENT + " w ON " + isOf(rowKey)
                + " ON CONFLICT DO NOTHING";
    }

    /**
     * Whether an element of a document is known to wait for a row.
     *
     * @param child the table of the element's row
     * @param column the column with the reference
     * @param rowKey the key of the document's row, as text
     * @param referencedKey the key that it refers to, as text
     * @return a condition
     */
    public String isRemembered(Table<?> child, Named column, String rowKey, String referencedKey) {
        return "EXISTS (SELECT FROM " + DOCUMENT + " w JOIN " + ELEMENT + " e ON e.document_id = w.id WHERE "
                + isOf(rowKey) + " AND e.table_name = " + Sql.nameLiteral(child) + " AND e.column_name = "
                + Sql.literal(column.getName()) + " AND e.referenced_key = " + referencedKey + ")";
    }

    /**
     * Whether a pending document, {@code w}, waits by one reference for a row that is there.
     *
     * @param child the table of the elements' rows
     * @param column the column with the reference
     * @param parents the table that it leads to
     * @param isParent whether one of its rows, {@code p}, is the one that {@code e.referenced_key} names
     * @return a condition
     */
    public static String hasArrived(Table<?> child, Named column, String parents, String isParent) {
        return "EXISTS (SELECT FROM " + ELEMENT + " e WHERE e.document_id = w.id AND e.table_name = "
                + Sql.nameLiteral(child) + " AND e.column_name = " + Sql.literal(column.getName())
                + " AND EXISTS (SELECT FROM " + parents + " p WHERE " + isParent + "))";
    }

    /**
     * Reads documents that wait.
     *
     * @param which a condition on such a document, {@code w}
     * @return a query for numbers and documents, in the order of their numbers; its parameters are the number behind
     *     which to go on, how many documents are wanted at most, and how many bytes of documents, unless the first has
     *     more
     */
    public String read(String which) {
        return "SELECT q.id, q.document FROM (SELECT w.id, w.document, row_number() OVER (ORDER BY w.id) AS n,"
                + " sum(octet_length(w.document)) OVER (ORDER BY w.id) AS bytes FROM " + DOCUMENT
                + " w WHERE w.table_name = " + table + " AND w.collection = " + collection + " AND w.id > ? AND ("
                + which + ") ORDER BY w.id LIMIT ?) q WHERE q.n = 1 OR q.bytes <= ? ORDER BY q.id";
    }

    /**
     * Forgets documents because their rows are no more.
     *
     * @param table the documents' own table
     * @param rows the rows, as after {@code USING}
     * @param rowKey the key of one of them, as text
     * @param condition which of them; {@code true} for all
     * @return the statement
     */
    public static String forget(Table<?> table, String rows, String rowKey, String condition) {
        return "DELETE FROM " + DOCUMENT + " w USING " + rows + " WHERE w.table_name = " + Sql.nameLiteral(table)
                + " AND w.row_key = " + rowKey + " AND " + condition;
    }
}
