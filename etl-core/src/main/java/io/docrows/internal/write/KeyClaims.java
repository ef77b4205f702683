package io.docrows.internal.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.metadata.KeyClaimStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.StoredText;
import io.docrows.internal.table.OwnedRows;
import io.docrows.internal.table.Stage;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.DocumentId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.TableField;

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

    private final String stage;
    private final String table;
    private final CollectionMapping<?> mapping;
    private final TableCatalog catalog;
    private final StoredText text;
    private final KeyClaimStatements statements;

    /**
     * The claims of one mapping's documents.
     *
     * @param mapping the mapping
     * @param catalog what the target says of its table
     */
    public KeyClaims(CollectionMapping<?> mapping, TableCatalog catalog) {
        this(mapping, catalog, Stage.ofBatch());
    }

    /** The claims of documents that a writer has staged. */
    KeyClaims(CollectionMapping<?> mapping, TableCatalog catalog, Stage stage) {
        this.stage = stage.documents();
        this.table = Sql.table(mapping.table());
        this.mapping = mapping;
        this.catalog = catalog;
        this.text = catalog.text();
        this.statements = new KeyClaimStatements(mapping.table(), mapping.key(), text.literal(mapping.collection()));
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
                || mapping.key().stream()
                        .anyMatch(column -> !catalog.equality(column).exact())
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
            statement.execute(statements.lock());
            String stored =
                    " LEFT JOIN LATERAL (SELECT x.* FROM " + table + " x WHERE " + isRow("x") + " LIMIT 1) t ON true";
            try (ResultSet rows = statement.executeQuery("SELECT q.ord, q.owner <> q.own FROM ("
                    + owners(stage, "s.d", stored + statements.joined("t"))
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
        return statements.release(stage + " s", "s.d", "x", table + " x WHERE " + isRow("x"), andIsOwn());
    }

    /** Claims the rows with the keys of the staged documents. */
    String claim() {
        return statements.claim(stage + " s JOIN " + table + " t ON " + isRow("t"), "s.d", "t");
    }

    /** Whether a row is the one with the key of the document {@code s}. */
    private String isRow(String row) {
        return isRow(row, number -> "s.c" + number);
    }

    private String isRow(String row, IntFunction<String> value) {
        List<String> same = new ArrayList<>();
        for (int i = 0; i < mapping.key().size(); i++) {
            TableField<?, ?> column = mapping.key().get(i);
            same.add(catalog.equality(column).equal(row + "." + Sql.column(column), value.apply(i)));
        }
        return String.join(" AND ", same);
    }

    /**
     * That a claim is to one of the mapping's own rows: one document may have rows of several mappings in the table.
     */
    private String andIsOwn() {
        Condition own = new OwnedRows(mapping, catalog).isOwn("o");
        return mapping.owned().isEmpty()
                ? ""
                : " AND EXISTS (SELECT FROM " + table + " o WHERE " + isClaimed("o") + " AND " + Sql.text(own) + ")";
    }

    /** Whether a row is the one that is claimed. */
    private String isClaimed(String row) {
        return isRow(row, rowKey()::get);
    }

    private List<String> rowKey() {
        return statements.rowKey(mapping.key().stream()
                .<UnaryOperator<String>>map(column -> catalog.equality(column)::cast)
                .toList());
    }

    /**
     * Finds the documents of a whole staged collection whose row is another document's.
     *
     * @param documents the table they are in, with {@code ord}, {@code id} and the key as {@code c0, …}
     * @param stored whether there may be claims, as the table of them is there
     * @return a query for their {@code ord}
     */
    public String ofOthers(String documents, boolean stored) {
        // What a document has that comes with another key now, it gives up.
        String rows = " LEFT JOIN " + table + " t ON " + isRow("t") + statements.joined("t") + " AND NOT EXISTS (SELECT"
                + " FROM " + documents + " o WHERE " + KeyClaimStatements.hash("o.id") + " = c.document_hash AND NOT ("
                + isRow("t", number -> "o.c" + number) + "))";
        return "SELECT q.ord FROM (" + owners(documents, KeyClaimStatements.hash("s.id"), stored ? rows : "")
                + ") q WHERE q.owner <> q.own";
    }

    /** Each document, its owner's hash and its own; rows and claims are joined to the documents {@code s}. */
    private String owners(String documents, String hash, String joined) {
        String claimed = joined.isEmpty() ? "NULL::bytea" : statements.claimant();
        return "SELECT s.ord, " + hash + " AS own, " + claimed + " AS claimed, COALESCE(" + claimed + ", first_value("
                + hash + ")  OVER (PARTITION BY " + stagedKey() + " ORDER BY s.ord)) AS owner FROM " + documents + " s"
                + joined;
    }

    private String stagedKey() {
        return IntStream.range(0, mapping.key().size())
                .mapToObj(number -> "s.c" + number)
                .collect(Collectors.joining(", "));
    }

    /**
     * Whether any row has an owner in the collection.
     *
     * @param connection the connection to use
     * @return true if so
     * @throws SQLException if PostgreSQL fails
     */
    public boolean any(Connection connection) throws SQLException {
        return Statements.count(connection, statements.countAny()) > 0;
    }

    /**
     * Drops the claims of documents that exist no longer.
     *
     * @param connection the connection of a transaction
     * @param seen a table with the {@code _id} of every document, as it is stored, as {@code id}
     * @return how many there were
     * @throws SQLException if PostgreSQL fails
     */
    public long releaseOrphans(Connection connection, String seen) throws SQLException {
        return Statements.update(connection, statements.releaseOrphans(seen));
    }

    /**
     * Whether there are rows that documents have given up.
     *
     * @param connection the connection of a transaction
     * @return true if some document is gone, or came with another key, since
     * @throws SQLException if PostgreSQL fails
     */
    public boolean anyAbandoned(Connection connection) throws SQLException {
        return Statements.count(connection, statements.countAbandoned()) > 0;
    }

    /**
     * Gives up the rows of documents that are gone.
     *
     * @param connection the connection of a transaction
     * @param gone a table with the {@code _id} of each, as it is stored, as {@code id}
     * @return how many there were
     * @throws SQLException if PostgreSQL fails
     */
    public long abandon(Connection connection, String gone) throws SQLException {
        return Statements.update(connection, statements.abandon(gone, andIsOwn()));
    }

    /**
     * Finds the rows that documents have given up.
     *
     * @return a query for their keys as {@code c0, …}, of the columns' types
     */
    public String abandoned() {
        List<String> keys = rowKey();
        return "SELECT "
                + IntStream.range(0, keys.size())
                        .mapToObj(number -> keys.get(number) + " AS c" + number)
                        .collect(Collectors.joining(", "))
                + " FROM " + statements.abandonedClaims();
    }

    /**
     * Drops the claims to rows that documents have given up and that are not there any longer.
     *
     * @param connection the connection of a transaction
     * @param live the condition that a row {@code t} counts as there
     * @throws SQLException if PostgreSQL fails
     */
    public void forgetAbandoned(Connection connection, Condition live) throws SQLException {
        String rows = table + " t WHERE " + isClaimed("t") + " AND " + Sql.text(live);
        Statements.update(connection, statements.forgetAbandoned(rows));
    }

    /**
     * Drops the claims of some documents.
     *
     * @param connection the connection of a transaction
     * @param gone a table with the {@code _id} of each, as it is stored, as {@code id}
     * @throws SQLException if PostgreSQL fails
     */
    public void release(Connection connection, String gone) throws SQLException {
        Statements.update(connection, statements.releaseOf(gone));
    }
}
