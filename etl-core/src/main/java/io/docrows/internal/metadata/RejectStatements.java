package io.docrows.internal.metadata;

import io.docrows.internal.postgres.StoredText;

/**
 * The SQL on {@code docrows.reject} for one collection, for whoever has its documents or their {@code _id}s in a table.
 * In the statements, {@code r} is the reject.
 */
public final class RejectStatements {

    private final String rejects;

    /**
     * The statements for one collection.
     *
     * @param text how the target stores names
     * @param pipeline the pipeline's name
     * @param collection the collection's name
     */
    public RejectStatements(StoredText text, String pipeline, String collection) {
        this.rejects = "docrows.reject r WHERE r.pipeline = " + text.literal(pipeline) + " AND r.collection = "
                + text.literal(collection);
    }

    /**
     * Whether a document is rejected as it is.
     *
     * @param key its {@code _id} as it is stored, an expression of type text
     * @param digest the SHA-256 of its bytes, an expression of type bytea
     * @return a condition
     */
    public String isRejected(String key, String digest) {
        return "EXISTS (SELECT FROM " + rejects + " AND r.document_key = " + key + " AND sha256(r.document) = " + digest
                + ")";
    }

    /**
     * Whether there are rejects.
     *
     * @return a query for a number, which is above 0 if so
     */
    public String countAny() {
        return "SELECT count(*) FROM (SELECT FROM " + rejects + " LIMIT 1) one";
    }

    /**
     * How many rejects there are.
     *
     * @return a query for a number
     */
    public String count() {
        return "SELECT count(*) FROM " + rejects;
    }

    /**
     * How many rejects have no document any more.
     *
     * @param seen a table with the {@code _id} of every document, as it is stored, as {@code id}
     * @return a query for a number
     */
    public String countOrphans(String seen) {
        return count() + isOrphan(seen);
    }

    /**
     * Forgets rejects that have no document any more.
     *
     * @param seen a table with the {@code _id} of every document, as it is stored, as {@code id}
     * @return the statement
     */
    public String deleteOrphans(String seen) {
        return "DELETE FROM " + rejects + isOrphan(seen);
    }

    private static String isOrphan(String seen) {
        return " AND NOT EXISTS (SELECT FROM " + seen + " s WHERE s.id = r.document_key)";
    }
}
