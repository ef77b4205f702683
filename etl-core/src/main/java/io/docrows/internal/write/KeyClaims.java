package io.docrows.internal.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jooq.impl.DSL.asterisk;
import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.firstValue;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;

import io.docrows.error.RejectCode;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.metadata.KeyClaimStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.StoredText;
import io.docrows.internal.table.OwnedRows;
import io.docrows.internal.table.RowKey;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.Terms;
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
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

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

    private static final Field<Object> ORD = Terms.staged("s", "ord");

    /** The hash that a writer stages with each document. */
    private static final Field<byte[]> STAGED_HASH = field(name("s", "d"), byte[].class);

    private static final String HASH = "hash";

    private static final Condition IS_ANOTHERS = Terms.staged("q", "owner").ne(Terms.staged("q", "own"));

    private final Table<?> stage;
    private final CollectionMapping<?> mapping;
    private final RowKey key;
    private final OwnedRows own;
    private final Terms terms;
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
        this.stage = Stage.table(stage.documents(), "s");
        this.mapping = mapping;
        this.key = new RowKey(mapping, catalog);
        this.own = new OwnedRows(mapping, catalog);
        this.terms = new Terms(catalog);
        this.text = catalog.text();
        this.statements = new KeyClaimStatements(mapping.table(), mapping.key(), text.stored(mapping.collection()));
    }

    private Table<?> rows(String alias) {
        return Terms.table(mapping.table(), alias);
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
            try (ResultSet rows = statement.executeQuery(Sql.text(owned()))) {
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
        return statements.release(stage, STAGED_HASH, rows("x"), "x", key.isRowOf("x", "s"), isOwn());
    }

    /** Claims the rows with the keys of the staged documents. */
    String claim() {
        return statements.claim(stage.join(rows("t")).on(key.isRowOf("t", "s")), STAGED_HASH, "t");
    }

    /**
     * Whether a claim is to one of the mapping's own rows: one document may have rows of several mappings. Where
     * nothing tells them apart, none is given up.
     */
    private Condition isOwn() {
        if (CompiledMapping.sharesRows(mapping)) {
            return falseCondition();
        }
        return mapping.owned().isEmpty()
                ? noCondition()
                : exists(selectOne().from(rows("o")).where(isClaimed("o")).and(own.isOwn("o")));
    }

    /** Whether a claim is to a row of another mapping. */
    private Condition isOfOthers() {
        return mapping.owned().isEmpty()
                ? falseCondition()
                : exists(selectOne().from(rows("o")).where(isClaimed("o")).and(not(own.isOwn("o"))));
    }

    /** Whether a row is the one that is claimed. */
    private Condition isClaimed(String row) {
        List<Field<?>> claimed = statements.rowKey(terms::cast);
        Condition same = noCondition();
        for (int i = 0; i < claimed.size(); i++) {
            TableField<?, ?> column = mapping.key().get(i);
            same = same.and(terms.same(column, Terms.field(row, column), claimed.get(i)));
        }
        return same;
    }

    /**
     * Makes a table of the documents of a whole staged collection by the hashes under which claims know them, with an
     * index: each claim is looked up in it, where PostgreSQL would compare it with all documents.
     *
     * @param documents the table they are in, with {@code id} and the key as {@code c0, …}
     * @param hashed the temporary table to be made
     * @return the statements
     */
    public List<String> hash(String documents, String hashed) {
        List<Field<?>> columns = new ArrayList<>(key.staged("s"));
        columns.add(
                KeyClaimStatements.hash(field(name("s", "id"), String.class)).as(HASH));
        Select<?> all = select(columns).from(Stage.table(documents, "s"));
        return List.of(
                Stage.drop(hashed),
                Stage.createForSession(hashed, all),
                Sql.text(Sql.dsl().insertInto(Stage.table(hashed)).select(all)),
                "CREATE INDEX ON " + hashed + " (" + HASH + ")",
                "ANALYZE " + hashed);
    }

    /**
     * Finds the documents of a whole staged collection whose row is another document's.
     *
     * @param documents the table they are in, with {@code ord}, {@code id} and the key as {@code c0, …}
     * @param hashed the table that {@link #hash} made of them, or null if there are no claims, as the table of them is
     *     not there
     * @return a query for their {@code ord}
     */
    public Select<?> ofOthers(String documents, @Nullable String hashed) {
        Table<?> staged = Stage.table(documents, "s");
        Field<byte[]> hash = KeyClaimStatements.hash(field(name("s", "id"), String.class));
        if (hashed == null) {
            Table<?> owners = owners(staged, hash, castNull(SQLDataType.BLOB));
            return select(Terms.staged("q", "ord")).from(owners).where(IS_ANOTHERS);
        }
        // What a document has that comes with another key now, it gives up.
        Condition stays = notExists(selectOne()
                .from(Stage.table(hashed, "o"))
                .where(KeyClaimStatements.isOf(field(name("o", HASH), byte[].class)))
                .and(not(key.isRowOf("t", "o"))));
        Table<?> owners = owners(
                statements.joined(staged.leftJoin(rows("t")).on(key.isRowOf("t", "s")), "t", stays),
                hash,
                statements.claimant());
        return select(Terms.staged("q", "ord")).from(owners).where(IS_ANOTHERS);
    }

    /** Documents with their owners, each row found by a look-up of its own, as {@link RowTable#lookedUp} does it. */
    private Select<?> owned() {
        Table<?> row = lateral(select(asterisk())
                        .from(rows("x"))
                        .where(key.isRowOf("x", "s"))
                        .limit(inline(1)))
                .as(name("t"));
        Table<?> owners = owners(
                statements.joined(stage.leftJoin(row).on(trueCondition()), "t", noCondition()),
                STAGED_HASH,
                statements.claimant());
        return select(Terms.staged("q", "ord"), field(IS_ANOTHERS))
                .from(owners)
                .where(IS_ANOTHERS.or(Terms.staged("q", "claimed").isNull()));
    }

    /** Each document, its owner's hash and its own, of documents {@code s} and what is joined to them. */
    private Table<?> owners(Table<?> documents, Field<byte[]> hash, Field<byte[]> claimed) {
        Field<byte[]> first =
                firstValue(hash).over().partitionBy(key.staged("s")).orderBy(ORD);
        return select(
                        ORD,
                        hash.as("own"),
                        claimed.as("claimed"),
                        coalesce(claimed, first).as("owner"))
                .from(documents)
                .asTable("q");
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
     * Drops the claims of documents that exist no longer, and of those that the mapping does not take any more: the
     * latter's to rows of other mappings stay.
     *
     * @param connection the connection of a transaction
     * @param seen a table with the {@code _id} of every document, as it is stored, as {@code id}, and whether the
     *     mapping takes it, as {@code holds}
     * @return how many there were
     * @throws SQLException if PostgreSQL fails
     */
    public long releaseOrphans(Connection connection, String seen) throws SQLException {
        return Statements.update(connection, statements.releaseOrphans(Stage.table(seen), isOfOthers()));
    }

    /**
     * Whether a row is claimed by a document that keeps it.
     *
     * @param row the row's alias
     * @param seen a table with the {@code _id} of every document, as it is stored, as {@code id}, and whether it keeps
     *     the rows that it has claimed, as {@code holds}
     * @return a condition
     */
    public Condition isHeld(String row, String seen) {
        return statements.isHeld(row, Stage.table(seen));
    }

    /**
     * Finds those of some documents that keep the rows that they have, as they are rejected. A document whose row is
     * another one's gives up what it had all the same, lest documents that exchange their keys be in each other's way
     * for ever.
     *
     * @param rejects the table they are in, with {@code ord}, {@code code}, {@code id} and the key as {@code c0, …}
     * @param loaded a table of documents that are not rejected, with {@code id}
     * @return whether a document {@code s} of the first table is one of them
     */
    public Condition keepsRows(String rejects, String loaded) {
        Condition refused = Terms.staged("s", "code").ne(inline(RejectCode.DUPLICATE_KEY.name()));
        if (own.canMeetOthers()) {
            refused = refused.or(ORD.in(
                    select(Terms.staged("m", "ord")).from(own.ofOthers(rejects).asTable("m"))));
        }
        return refused.and(notExists(selectOne()
                .from(Stage.table(loaded, "l"))
                .where(Terms.staged("l", "id").eq(Terms.staged("s", "id")))));
    }

    /**
     * Whether a row is claimed by another document than {@code s}, of which {@code id} is the {@code _id} as it is
     * stored.
     *
     * @param row the row's alias
     * @return a condition
     */
    public Condition isOfAnother(String row) {
        return statements.isOfAnother(row);
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
        return Statements.update(connection, statements.abandon(Stage.table(gone), isOwn()));
    }

    /**
     * Finds the rows that documents have given up.
     *
     * @return a query for their keys as {@code c0, …}, of the columns' types
     */
    public Select<?> abandoned() {
        return statements.abandoned(terms::cast);
    }

    /**
     * Drops the claims to rows that documents have given up and that are not there any longer.
     *
     * @param connection the connection of a transaction
     * @param live the condition that a row {@code t} counts as there
     * @throws SQLException if PostgreSQL fails
     */
    public void forgetAbandoned(Connection connection, Condition live) throws SQLException {
        Statements.update(
                connection, statements.forgetAbandoned(rows("t"), isClaimed("t").and(live)));
    }

    /**
     * Drops the claims of some documents.
     *
     * @param connection the connection of a transaction
     * @param gone a table with the {@code _id} of each, as it is stored, as {@code id}
     * @throws SQLException if PostgreSQL fails
     */
    public void release(Connection connection, String gone) throws SQLException {
        Statements.update(connection, statements.releaseOf(Stage.table(gone)));
    }
}
