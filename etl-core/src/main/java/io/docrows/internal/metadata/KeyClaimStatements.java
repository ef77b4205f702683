package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.KEY_CLAIM;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.when;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.db.tables.KeyClaim;
import io.docrows.internal.postgres.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Named;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The SQL on {@code docrows.key_claim} for the rows of one table, known by one key. Rows and documents are the
 * caller's; a row is known by the hash of its key, a document by that of its {@code _id}. In the statements, {@code c}
 * is the claim.
 */
public final class KeyClaimStatements {

    private static final KeyClaim C = KEY_CLAIM.as("c");
    private static final Field<byte[]> HASH_OF_ID = hash(field(name("s", "id"), String.class));

    private static final Condition HOLDS = condition(field(name("s", "holds"), Boolean.class));

    private static final Field<String[]> ROW_KEY = field(name("c", "row_key"), String[].class);

    /** What stands for the document of a row that its document gave up. */
    private static final Field<byte[]> NOBODY = field("''::bytea", byte[].class);

    private final List<? extends TableField<?, ?>> key;
    private final Field<String> table;
    private final Field<String> column;
    private final Field<String> collection;
    private final String lock;

    /**
     * The statements for one table.
     *
     * @param table the table
     * @param key the columns of its key
     * @param collection the collection's name as it is stored
     */
    public KeyClaimStatements(Table<?> table, List<? extends TableField<?, ?>> key, String collection) {
        this.key = List.copyOf(key);
        this.table = inline(QualifiedName.text(table));
        this.column = inline(key.stream().map(Named::getName).collect(Collectors.joining(", ")));
        this.collection = inline(collection, SQLDataType.CLOB);
        this.lock = Sql.text(select(field(
                "pg_advisory_xact_lock(hashtextextended({0}, 0))",
                inline("docrows.key_claim " + QualifiedName.text(table)))));
    }

    private Condition ofKey() {
        return row(C.TABLE_NAME, C.COLUMN_NAME).eq(row(table, column));
    }

    private Condition ofCollection() {
        return C.COLLECTION.eq(collection);
    }

    /**
     * The hash of a document's {@code _id}.
     *
     * @param id the {@code _id} as it is stored
     * @return an expression
     */
    public static Field<byte[]> hash(Field<String> id) {
        return field("sha256(convert_to({0}, 'UTF8'))", byte[].class, id);
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
     * Joins the claims to rows.
     *
     * @param rows the rows
     * @param row their alias
     * @param which which claims count
     * @return the rows, each with its claim, if it has one
     */
    public Table<?> joined(Table<?> rows, String row, Condition which) {
        return rows.leftJoin(C).on(ofKey().and(C.ROW_HASH.eq(rowHash(row))).and(which));
    }

    /**
     * Whether a claim is that of a document.
     *
     * @param document the document's hash
     * @return a condition
     */
    public static Condition isOf(Field<byte[]> document) {
        return C.DOCUMENT_HASH.eq(document);
    }

    private static Condition isAbandoned() {
        return isOf(NOBODY);
    }

    /**
     * The hash of the document that has claimed a row, where its claim is {@linkplain #joined joined}. What a document
     * of another collection has claimed is never this one's, though their {@code _id}s may be the same.
     *
     * @return NULL if there is no claim, no bytes if it is another collection's
     */
    public Field<byte[]> claimant() {
        return when(isAbandoned(), inline((byte[]) null))
                .when(ofCollection(), C.DOCUMENT_HASH)
                .when(C.DOCUMENT_HASH.isNotNull(), NOBODY);
    }

    /**
     * Gives up the claims of staged documents to rows with other keys than theirs: the rows stay, as nobody's.
     *
     * @param staged the documents
     * @param document the hash of one of them
     * @param rows the table of the rows
     * @param row the alias of the rows
     * @param isRow whether a row has the document's key
     * @param own whether a claim is to a row of the mapping
     * @return the statement
     */
    public String release(
            Table<?> staged, Field<byte[]> document, Table<?> rows, String row, Condition isRow, Condition own) {
        return giveUp(
                staged,
                isOf(document)
                        .and(notExists(selectOne()
                                .from(rows)
                                .where(isRow)
                                .and(rowHash(row).eq(C.ROW_HASH))))
                        .and(own));
    }

    /**
     * Gives up the claims of documents that are gone: the rows stay, as nobody's.
     *
     * @param gone a table with the {@code _id} of each, as it is stored, as {@code id}
     * @param own whether a claim is to a row of the mapping
     * @return the statement
     */
    public String abandon(Table<?> gone, Condition own) {
        return giveUp(gone.as("s"), isOf(HASH_OF_ID).and(own));
    }

    private String giveUp(Table<?> documents, Condition which) {
        return Sql.text(Sql.dsl()
                .update(C)
                .set(Map.of(field(C.DOCUMENT_HASH.getUnqualifiedName()), NOBODY))
                .from(documents)
                .where(ofKey())
                .and(ofCollection())
                .and(which));
    }

    /**
     * Whether there are rows that documents of the collection have given up.
     *
     * @return a query for a number, which is above 0 if so
     */
    public String countAbandoned() {
        return countAny(ofKey().and(ofCollection()).and(isAbandoned()));
    }

    /**
     * The rows that documents of the collection have given up.
     *
     * @param cast makes a text a value of a column's type
     * @return a query for their keys, as {@code c0, …}, of the columns' types
     */
    public Select<?> abandoned(BiFunction<TableField<?, ?>, Field<String>, Field<?>> cast) {
        List<Field<?>> columns = new ArrayList<>();
        rowKey(cast).forEach(column -> columns.add(column.as("c" + columns.size())));
        return select(columns).from(C).where(ofKey()).and(ofCollection()).and(isAbandoned());
    }

    /**
     * The key of the row that is claimed.
     *
     * @param cast makes a text a value of a column's type
     * @return an expression for each column, of the column's type
     */
    public List<Field<?>> rowKey(BiFunction<TableField<?, ?>, Field<String>, Field<?>> cast) {
        List<Field<?>> values = new ArrayList<>();
        for (TableField<?, ?> column : key) {
            values.add(value(column, DSL.arrayGet(ROW_KEY, inline(values.size() + 1)), cast));
        }
        return values;
    }

    /**
     * Claims rows for documents, whoever had claimed them before.
     *
     * @param from documents, each with the row that it claims
     * @param document the hash of a document
     * @param row the row's alias
     * @return the statement
     */
    public String claim(Table<?> from, Field<byte[]> document, String row) {
        return Sql.text(Sql.dsl()
                .insertInto(
                        KEY_CLAIM,
                        KEY_CLAIM.TABLE_NAME,
                        KEY_CLAIM.COLUMN_NAME,
                        KEY_CLAIM.COLLECTION,
                        KEY_CLAIM.ROW_HASH,
                        KEY_CLAIM.DOCUMENT_HASH,
                        field(name("row_key"), String[].class))
                .select(select(table, column, collection, rowHash(row), document, DSL.array(texts(row)))
                        .from(from)
                        .where(notExists(selectOne()
                                .from(C)
                                .where(ofKey())
                                .and(ofCollection())
                                .and(C.ROW_HASH.eq(rowHash(row)))
                                .and(isOf(document)))))
                .onConflict(KEY_CLAIM.TABLE_NAME, KEY_CLAIM.COLUMN_NAME, KEY_CLAIM.ROW_HASH)
                .doUpdate()
                .set(KEY_CLAIM.COLLECTION, excluded(KEY_CLAIM.COLLECTION))
                .set(KEY_CLAIM.DOCUMENT_HASH, excluded(KEY_CLAIM.DOCUMENT_HASH)));
    }

    /**
     * Whether any document of the collection has claimed a row.
     *
     * @return a query for a number, which is above 0 if so
     */
    public String countAny() {
        return countAny(ofKey().and(ofCollection()));
    }

    /**
     * Whether any document of whichever collection has claimed a row of a table.
     *
     * @param table the table
     * @param key the columns of its key
     * @return a query for a number, which is above 0 if so
     */
    public static String countAny(Table<?> table, List<? extends TableField<?, ?>> key) {
        return countAny(new KeyClaimStatements(table, key, "").ofKey());
    }

    private static String countAny(Condition which) {
        return Sql.text(selectCount()
                .from(selectOne().from(C).where(which).limit(inline(1)).asTable("one")));
    }

    /**
     * Drops the claims of documents that exist no longer, or have a row no longer.
     *
     * @param seen a table with the {@code _id} of every document, as it is stored, as {@code id}, and whether it may
     *     have a row, as {@code holds}
     * @param kept which claims are kept of documents that have no row
     * @return the statement
     */
    public String releaseOrphans(Table<?> seen, Condition kept) {
        return Sql.text(Sql.dsl()
                .deleteFrom(C)
                .where(ofKey())
                .and(ofCollection())
                .and(notExists(
                        selectOne().from(seen.as("s")).where(isOf(HASH_OF_ID)).and(HOLDS.or(kept)))));
    }

    /**
     * Whether a row is claimed by a document that keeps it.
     *
     * @param row the row's alias
     * @param seen a table with the {@code _id} of every document, as it is stored, as {@code id}, and whether it keeps
     *     the rows that it has claimed, as {@code holds}
     * @return a condition
     */
    public Condition isHeld(String row, Table<?> seen) {
        return exists(selectOne()
                .from(C)
                .join(seen.as("s"))
                .on(isOf(HASH_OF_ID))
                .where(ofKey())
                .and(ofCollection())
                .and(C.ROW_HASH.eq(rowHash(row)))
                .and(HOLDS));
    }

    /**
     * Drops the claims of some documents.
     *
     * @param gone a table with the {@code _id} of each, as it is stored, as {@code id}
     * @return the statement
     */
    public String releaseOf(Table<?> gone) {
        return Sql.text(Sql.dsl()
                .deleteFrom(C)
                .using(gone.as("s"))
                .where(ofKey())
                .and(ofCollection())
                .and(isOf(HASH_OF_ID)));
    }

    /**
     * Drops the claims to rows that documents have given up and that are not there any longer.
     *
     * @param rows the table of the rows
     * @param isRow whether one of them is the row of a claim
     * @return the statement
     */
    public String forgetAbandoned(Table<?> rows, Condition isRow) {
        return Sql.text(Sql.dsl()
                .deleteFrom(C)
                .where(ofKey())
                .and(ofCollection())
                .and(isAbandoned())
                .and(notExists(selectOne().from(rows).where(isRow))));
    }

    /**
     * Whether a row is claimed by another document than {@code s}, of which {@code id} is the {@code _id} as it is
     * stored.
     *
     * @param row the row's alias
     * @return a condition
     */
    public Condition isOfAnother(String row) {
        return exists(selectOne()
                .from(C)
                .where(ofKey())
                .and(C.ROW_HASH.eq(rowHash(row)))
                .and(not(isAbandoned()))
                .and(not(ofCollection().and(isOf(HASH_OF_ID)))));
    }

    /** The hash by which a row is known: of the key as it is stored, whatever the session's settings. */
    private Field<byte[]> rowHash(String row) {
        List<Field<String>> texts = texts(row);
        return hash(texts.size() == 1 ? texts.get(0) : field("ROW({0})::text", String.class, DSL.list(texts)));
    }

    private List<Field<String>> texts(String row) {
        return key.stream().map(column -> text(column, row)).toList();
    }

    private static Field<String> text(TableField<?, ?> column, String row) {
        Field<?> value = field(name(row, column.getName()));
        if (column.getType() == byte[].class) {
            return field("encode({0}, 'hex')", String.class, value);
        }
        return column.getType() == Instant.class
                ? field("({0} AT TIME ZONE 'UTC')::text", String.class, value)
                : field("{0}::text", String.class, value);
    }

    /** The reverse of {@link #text}. */
    private static Field<?> value(
            TableField<?, ?> column, Field<String> text, BiFunction<TableField<?, ?>, Field<String>, Field<?>> cast) {
        if (column.getType() == byte[].class) {
            return field("decode({0}, 'hex')", text);
        }
        return column.getType() == Instant.class
                ? field("({0}::timestamp AT TIME ZONE 'UTC')", text)
                : cast.apply(column, text);
    }
}
