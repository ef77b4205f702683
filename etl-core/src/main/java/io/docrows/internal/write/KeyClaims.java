package io.docrows.internal.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.StoredText;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.DocumentId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.BitSet;

/**
 * Whose each row is, in the table {@code docrows.key_claim}: for mappings whose key does not tell by itself, because it
 * is not the {@code _id}, or because its column holds keys equal that MongoDB holds different. A row is of the document
 * that claimed it first, for as long as that document has its key; another one with the same key is refused, in
 * whatever batch, partition, run, collection or pipeline it comes. Claims are written in the batch's transaction. A
 * document is known by its collection and its {@code _id}, so that two pipelines over one collection share its rows.
 *
 * <p>A row that nobody has claimed, as of an earlier release, is taken by the first document that comes with its key.
 * Rows are known by the key as it is stored, which later documents never change, so that equality is only ever the
 * column's own. Both sides of a claim are hashes: an {@code _id} may be too long for an index.
 */
public final class KeyClaims {

    private final String table;
    private final String key;
    private final boolean bytes;
    private final boolean instant;
    private final ColumnEquality equality;
    private final StoredText text;
    private final String names;
    private final String ofKey;
    private final String ofCollection;
    private final String lock;

    /**
     * The claims of one mapping's documents.
     *
     * @param mapping the mapping
     * @param catalog what the target says of its table
     */
    public KeyClaims(CollectionMapping<?> mapping, TableCatalog catalog) {
        this.table = Sql.table(mapping.table());
        this.key = Sql.column(mapping.key());
        this.bytes = mapping.key().getType() == byte[].class;
        this.instant = mapping.key().getType() == Instant.class;
        this.equality = catalog.equality(mapping.key());
        this.text = catalog.text();
        String keyNames = Sql.nameLiteral(mapping.table()) + ", "
                + Sql.literal(mapping.key().getName());
        String collection = text.literal(mapping.collection());
        this.names = keyNames + ", " + collection;
        this.ofKey = "(c.table_name, c.column_name) = (" + keyNames + ")";
        this.ofCollection = "c.collection = " + collection;
        this.lock = "SELECT pg_advisory_xact_lock(hashtextextended("
                + Sql.literal("docrows.key_claim " + QualifiedName.text(mapping.table())) + ", 0))";
    }

    /**
     * Whether rows need owners, because the key does not tell which document a row is of.
     *
     * @param mapping a mapping
     * @param catalog what the target says of its table
     * @return false if the key is the {@code _id}, the column tells all keys apart, and no document of another mapping
     *     owns a row
     */
    public static boolean needed(CollectionMapping<?> mapping, TableCatalog catalog) {
        return !CompiledMapping.identifiedByKey(mapping)
                || !catalog.equality(mapping.key()).exact()
                || catalog.claimed();
    }

    /** The hash by which a document is known here. */
    byte[] hash(byte[] bson) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.stored(DocumentId.ofDocument(bson)).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String hashOf(String id) {
        return "sha256(convert_to(" + id + ", 'UTF8'))";
    }

    /**
     * What is found of the staged documents.
     *
     * @param others the {@code ord} of documents whose row is another document's
     * @param unclaimed whether any document has no claim to the row with its key, or no such row yet
     */
    record Found(BitSet others, boolean unclaimed) {}

    /**
     * Looks at the staged documents. From now on no other writer claims rows of the table in this transaction's way.
     */
    Found find(Connection connection) throws SQLException {
        BitSet others = new BitSet();
        boolean unclaimed = false;
        try (Statement statement = connection.createStatement()) {
            statement.execute(lock);
            String stored = " LEFT JOIN LATERAL (SELECT x." + key + " FROM " + table + " x WHERE "
                    + equality.equal("x." + key, "s.c0") + " LIMIT 1) t ON true";
            try (ResultSet rows = statement.executeQuery("SELECT q.ord, q.owner <> q.own FROM ("
                    + owners(StagingTables.DOCUMENTS, "s.d", stored + claims())
                    + ") q WHERE q.owner <> q.own OR q.claimed IS NULL")) {
                while (rows.next()) {
                    unclaimed = true;
                    if (rows.getBoolean(2)) {
                        others.set(rows.getInt(1));
                    }
                }
            }
        }
        return new Found(others, unclaimed);
    }

    /** Gives up claims of the staged documents to rows with other keys than theirs. */
    String release() {
        return "DELETE FROM docrows.key_claim c USING " + StagingTables.DOCUMENTS + " s WHERE " + ofKey + " AND "
                + ofCollection + " AND c.document_hash = s.d AND NOT EXISTS (SELECT FROM " + table + " x WHERE "
                + equality.equal("x." + key, "s.c0") + " AND " + rowHash("x") + " = c.row_hash)";
    }

    /** Claims the rows with the keys of the staged documents. */
    String claim() {
        return "INSERT INTO docrows.key_claim AS c (table_name, column_name, collection, row_hash, document_hash)"
                + " SELECT "
                + names + ", " + rowHash("t") + ", s.d FROM " + StagingTables.DOCUMENTS + " s JOIN " + table
                + " t ON " + equality.equal("t." + key, "s.c0")
                + " WHERE NOT EXISTS (SELECT FROM docrows.key_claim c WHERE " + ofKey + " AND " + ofCollection
                + " AND c.row_hash = " + rowHash("t") + " AND c.document_hash = s.d)"
                + " ON CONFLICT (table_name, column_name, row_hash) DO UPDATE SET collection = EXCLUDED.collection,"
                + " document_hash = EXCLUDED.document_hash";
    }

    /**
     * Finds the documents of a whole staged collection whose row is another document's.
     *
     * @param documents the table they are in, with {@code ord}, {@code id} and the key as {@code c0}
     * @param stored whether there may be claims, as the table of them is there
     * @return a query for their {@code ord}
     */
    public String ofOthers(String documents, boolean stored) {
        String rows = " LEFT JOIN " + table + " t ON " + equality.equal("t." + key, "s.c0") + claims();
        return "SELECT q.ord FROM (" + owners(documents, hashOf("s.id"), stored ? rows : "")
                + ") q WHERE q.owner <> q.own";
    }

    /** Each document, its owner's hash and its own; rows and claims are joined to the documents {@code s}. */
    private String owners(String documents, String hash, String joined) {
        // What a document of another collection has claimed is never this one's, though their _ids may be the same.
        String claimed = joined.isEmpty()
                ? "NULL::bytea"
                : "CASE WHEN " + ofCollection
                        + " THEN c.document_hash WHEN c.document_hash IS NOT NULL THEN ''::bytea END";
        return "SELECT s.ord, " + hash + " AS own, " + claimed + " AS claimed, COALESCE(" + claimed + ", first_value("
                + hash + ") OVER (PARTITION BY s.c0 ORDER BY s.ord)) AS owner FROM " + documents + " s" + joined;
    }

    private String claims() {
        return " LEFT JOIN docrows.key_claim c ON " + ofKey + " AND c.row_hash = " + rowHash("t");
    }

    /** The hash by which a row is known here: of the key as it is stored, whatever the session's settings. */
    private String rowHash(String row) {
        String column = row + "." + key;
        String stored = bytes
                ? "encode(" + column + ", 'hex')"
                : instant ? "(" + column + " AT TIME ZONE 'UTC')::text" : column + "::text";
        return hashOf(stored);
    }

    /**
     * Whether any row has an owner in the collection.
     *
     * @return a query for a number
     */
    public String count() {
        return "SELECT count(*) FROM (SELECT FROM docrows.key_claim c WHERE " + ofKey + " AND " + ofCollection
                + " LIMIT 1) one";
    }

    /**
     * Drops the claims of documents that are gone.
     *
     * @param seen a table with the {@code _id} of every document, as it is stored, as {@code id}
     * @return the statement
     */
    public String releaseGone(String seen) {
        return "DELETE FROM docrows.key_claim c WHERE " + ofKey + " AND " + ofCollection
                + " AND NOT EXISTS (SELECT FROM " + seen + " s WHERE " + hashOf("s.id") + " = c.document_hash)";
    }
}
