package io.docrows.mapping;

/** What becomes of a document that refers to another one which is not in the target (yet). */
public enum MissingReference {
    /**
     * The document is rejected with {@code MISSING_REFERENCE}. The default for NOT NULL columns, and their only choice.
     */
    REJECT,
    /**
     * The column is NULL for now, the reference is remembered in {@code docrows.pending_reference}, and is filled in by
     * the run in which the other document arrives. The default for nullable columns of the documents' own table.
     *
     * <p>In a child table, a row that is identified by the reference is left out for now; any other has NULL. The
     * document is kept in {@code docrows.pending_document} until then, and is loaded once more by the run in which the
     * other row arrives.
     */
    PENDING,
    /** The column is NULL and the reference is forgotten. */
    NULL,
    /**
     * The element is left out, and counted. Only for what a row of a child table or join table is identified by: there
     * is no row without it.
     */
    SKIP
}
