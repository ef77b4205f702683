package io.docrows.internal.metadata;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.Sql;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Named;
import org.jooq.Table;
import org.jooq.TableField;

/**
 * The SQL on {@code docrows.key_claim} for the rows of one table, known by one key. Rows and documents are the
 * caller's; a row is known by the hash of its key, a document by that of its {@code _id}. In the statements, {@code c}
 * is the claim.
 */
public final class KeyClaimStatements {

    private static final String CLAIMS = "docrows.key_claim";
    private static final String ABANDONED = "c.document_hash = ''::bytea";

    private final List<? extends TableField<?, ?>> key;
    private final String names;
    private final String collection;
    private final String ofKey;
    private final String ofCollection;
    private final String lock;

    /**
     * The statements for one table.
     *
     * @param table the table
     * @param key the columns of its key
     * @param collection the collection's name as it is stored, as a literal
     */
    public KeyClaimStatements(Table<?> table, List<? extends TableField<?, ?>> key, String collection) {
        this.key = List.copyOf(key);
        this.names = Sql.nameLiteral(table) + ", "
                + Sql.literal(key.stream().map(Named::getName).collect(Collectors.joining(", ")));
        this.collection = collection;
        this.ofKey = "(c.table_name, c.column_name) = (" + names + ")";
        this.ofCollection = "c.collection = " + collection;
        this.lock = "SELECT pg_advisory_xact_lock(hashtextextended("
                + Sql.literal(CLAIMS + " " + QualifiedName.text(table)) + ", 0))";
    }

    /**
     * The hash of a document's {@code _id}.
     *
     * @param id the {@code _id} as it is stored, an expression of type text
     * @return an expression of type bytea
     */
    public static String hash(String id) {
        return "sha256(convert_to(" + id + ", 'UTF8'))";
    }

    /**
     * Lets no other transaction claim rows of the table before this one ends.
     *
     * @return the statement
     */
    public String lock() {
        return lock;
    }

    /**
     * The claim to a row, to be joined to it.
     *
     * @param row the row's alias
     * @return as after {@code FROM}, with the condition
     */
    public String joined(String row) {
        return " LEFT JOIN " + CLAIMS + " c ON " + ofKey + " AND c.row_hash = " + rowHash(row);
    }

    /**
     * The hash of the document that has claimed a row, where its claim is {@linkplain #joined joined}. What a document
     * of another collection has claimed is never this one's, though their {@code _id}s may be the same.
     *
     * @return an expression of type bytea: NULL if there is no claim, no bytes if it is another collection's
     */
    public String claimant() {
        return "CASE WHEN " + ABANDONED + " THEN NULL WHEN " + ofCollection
                + " THEN c.document_hash WHEN c.document_hash IS NOT NULL THEN ''::bytea END";
    }

    /**
     * Gives up the claims of staged documents to rows with other keys than theirs: the rows stay, as nobody's.
     *
     * @param staged the documents, as after {@code FROM}
     * @param document the hash of one of them
     * @param row the alias of the row with its key
     * @param rows the table with the alias and the condition that finds that row, as after {@code FROM}
     * @param own the condition that a claim is to a row of the mapping, beginning with AND, or nothing
     * @return the statement
     */
    public String release(String staged, String document, String row, String rows, String own) {
        return "UPDATE " + CLAIMS + " c SET document_hash = '' FROM " + staged + " WHERE " + ofKey + " AND "
                + ofCollection + " AND c.document_hash = " + document + " AND NOT EXISTS (SELECT FROM " + rows + " AND "
                + rowHash(row) + " = c.row_hash)" + own;
    }

    /**
     * Gives up the claims of documents that are gone: the rows stay, as nobody's.
     *
     * @param gone a table with the {@code _id} of each, as it is stored, as {@code id}
     * @param own the condition that a claim is to a row of the mapping, beginning with AND, or nothing
     * @return the statement
     */
    public String abandon(String gone, String own) {
        return "UPDATE " + CLAIMS + " c SET document_hash = '' FROM " + gone + " s WHERE " + ofKey + " AND "
                + ofCollection + " AND c.document_hash = " + hash("s.id") + own;
    }

    /**
     * Whether there are rows that documents of the collection have given up.
     *
     * @return a query for a number, which is above 0 if so
     */
    public String countAbandoned() {
        return "SELECT count(*) FROM (SELECT FROM " + abandonedClaims() + " LIMIT 1) one";
    }

    /**
     * The claims that documents of the collection have given up.
     *
     * @return as after {@code FROM}, with {@code WHERE}
     */
    public String abandonedClaims() {
        return CLAIMS + " c WHERE " + ofKey + " AND " + ofCollection + " AND " + ABANDONED;
    }

    /**
     * The key of the row that is claimed.
     *
     * @param casts what makes a text a value of a column's type, for each column of the key
     * @return an expression for each column, of the column's type
     */
    public List<String> rowKey(List<? extends UnaryOperator<String>> casts) {
        return IntStream.range(0, key.size())
                .mapToObj(number -> value(key.get(number), "c.row_key[" + (number + 1) + "]", casts.get(number)))
                .toList();
    }

    /**
     * Claims rows for documents, whoever had claimed them before.
     *
     * @param from documents, each with the row that it claims, as after {@code FROM}, without {@code WHERE}
     * @param document the hash of a document
     * @param row the row's alias
     * @return the statement
     */
    public String claim(String from, String document, String row) {
        return "INSERT INTO " + CLAIMS + " AS c (table_name, column_name, collection, row_hash, document_hash, row_key)"
                + " SELECT " + names + ", " + collection + ", " + rowHash(row) + ", " + document + ", ARRAY["
                + String.join(", ", texts(row)) + "] FROM " + from
                + " WHERE NOT EXISTS (SELECT FROM " + CLAIMS + " c WHERE " + ofKey + " AND " + ofCollection
                + " AND c.row_hash = " + rowHash(row) + " AND c.document_hash = " + document + ")"
                + " ON CONFLICT (table_name, column_name, row_hash) DO UPDATE SET collection = EXCLUDED.collection,"
                + " document_hash = EXCLUDED.document_hash";
    }

    /**
     * Whether any document of the collection has claimed a row.
     *
     * @return a query for a number, which is above 0 if so
     */
    public String countAny() {
        return "SELECT count(*) FROM (SELECT FROM " + CLAIMS + " c WHERE " + ofKey + " AND " + ofCollection
                + " LIMIT 1) one";
    }

    /**
     * Whether any document of whichever collection has claimed a row of a table.
     *
     * @param table the table
     * @param key the columns of its key
     * @return a query for a number, which is above 0 if so
     */
    public static String countAny(Table<?> table, List<? extends TableField<?, ?>> key) {
        return "SELECT count(*) FROM (SELECT FROM " + CLAIMS + " c WHERE "
                + new KeyClaimStatements(table, key, "NULL").ofKey + " LIMIT 1) one";
    }

    /**
     * Drops the claims of documents that exist no longer.
     *
     * @param seen a table with the {@code _id} of every document, as it is stored, as {@code id}
     * @return the statement
     */
    public String releaseOrphans(String seen) {
        return "DELETE FROM " + CLAIMS + " c WHERE " + ofKey + " AND " + ofCollection + " AND NOT EXISTS (SELECT FROM "
                + seen + " s WHERE " + hash("s.id") + " = c.document_hash)";
    }

    /**
     * Drops the claims of some documents.
     *
     * @param gone a table with the {@code _id} of each, as it is stored, as {@code id}
     * @return the statement
     */
    public String releaseOf(String gone) {
        return "DELETE FROM " + CLAIMS + " c USING " + gone + " s WHERE " + ofKey + " AND " + ofCollection
                + " AND c.document_hash = " + hash("s.id");
    }

    /**
     * Drops the claims to rows that documents have given up and that are not there any longer.
     *
     * @param rows the table with the condition that finds the row of a claim, as after {@code FROM}
     * @return the statement
     */
    public String forgetAbandoned(String rows) {
        return "DELETE FROM " + abandonedClaims() + " AND NOT EXISTS (SELECT FROM " + rows + ")";
    }

    /** The hash by which a row is known: of the key as it is stored, whatever the session's settings. */
    private String rowHash(String row) {
        List<String> texts = texts(row);
        return hash(texts.size() == 1 ? texts.get(0) : "ROW(" + String.join(", ", texts) + ")::text");
    }

    private List<String> texts(String row) {
        return key.stream().map(column -> text(column, row)).toList();
    }

    private static String text(TableField<?, ?> column, String row) {
        String value = row + "." + Sql.column(column);
        if (column.getType() == byte[].class) {
            return "encode(" + value + ", 'hex')";
        }
        return column.getType() == Instant.class ? "(" + value + " AT TIME ZONE 'UTC')::text" : value + "::text";
    }

    /** The reverse of {@link #text}. */
    private static String value(TableField<?, ?> column, String text, UnaryOperator<String> cast) {
        if (column.getType() == byte[].class) {
            return "decode(" + text + ", 'hex')";
        }
        return column.getType() == Instant.class ? "(" + text + "::timestamp AT TIME ZONE 'UTC')" : cast.apply(text);
    }
}
