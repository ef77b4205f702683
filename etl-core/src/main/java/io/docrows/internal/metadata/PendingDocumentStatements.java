package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.PENDING_DOCUMENT;
import static io.docrows.internal.db.Tables.PENDING_ELEMENT;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectDistinct;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.val;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.db.tables.PendingDocument;
import io.docrows.internal.db.tables.PendingElement;
import io.docrows.internal.postgres.Sql;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Named;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The SQL on {@code docrows.pending_document} and {@code docrows.pending_element} for the documents of one mapping,
 * rendered once. A document is kept as long as any of its elements refers to a row that has not arrived; it is loaded
 * once more when one has. What is staged is the caller's: the key of a document's row comes as an expression of type
 * text. In the statements, {@code w} is the pending document and {@code e} one of its references.
 */
public final class PendingDocumentStatements {

    private static final PendingDocument W = PENDING_DOCUMENT.as("w");
    private static final PendingElement E = PENDING_ELEMENT.as("e");

    /** The key that an element refers to, as text. */
    public static final Field<String> REFERENCED_KEY = E.REFERENCED_KEY;

    private static final String ORD = "ord";

    private final Field<String> table;
    private final Field<String> collection;

    /**
     * The statements for the documents of one mapping.
     *
     * @param table the documents' own table
     * @param collection the name of the collection, as it is stored
     */
    public PendingDocumentStatements(Table<?> table, String collection) {
        this.table = inline(QualifiedName.text(table));
        this.collection = inline(collection, SQLDataType.CLOB);
    }

    private Condition isOf(Field<String> rowKey) {
        return W.TABLE_NAME.eq(table).and(W.ROW_KEY.eq(rowKey));
    }

    private static Field<Integer> ord(String alias) {
        return field(name(alias, ORD), Integer.class);
    }

    private static Field<String> waitingText(Field<?> column) {
        return field(name("x", column.getName()), String.class);
    }

    /**
     * Whether any document waits.
     *
     * @return a query that returns a row if one does, and else none
     */
    public String any() {
        return Sql.text(selectOne().from(W).where(W.TABLE_NAME.eq(table)).limit(inline(1)));
    }

    /**
     * A table for what staged documents wait for.
     *
     * @return a query whose columns it gets
     */
    public static Select<?> waiting() {
        return select(
                DSL.castNull(SQLDataType.INTEGER).as(ORD),
                DSL.castNull(E.TABLE_NAME).as(E.TABLE_NAME),
                DSL.castNull(E.COLUMN_NAME).as(E.COLUMN_NAME),
                DSL.castNull(E.REFERENCED_KEY).as(E.REFERENCED_KEY));
    }

    /**
     * Notes what staged rows wait for.
     *
     * @param waiting the table of what staged documents wait for
     * @param child the table of the elements' rows
     * @param column the column with the reference
     * @param rows a query for the {@code ord} of each row and the {@code key} that it refers to, as text; it may change
     *     rows
     * @return a statement that returns the {@code ord} of each
     */
    public static String note(Table<?> waiting, Table<?> child, Named column, ResultQuery<?> rows) {
        return Sql.text(Sql.dsl()
                .with(name("missing").as(rows))
                .with(name("noted")
                        .as(Sql.dsl()
                                .insertInto(
                                        waiting,
                                        field(name(ORD), Integer.class),
                                        E.TABLE_NAME,
                                        E.COLUMN_NAME,
                                        E.REFERENCED_KEY)
                                .select(select(
                                                ord("missing"),
                                                inline(QualifiedName.text(child)),
                                                inline(column.getName()),
                                                field(name("missing", "key"), String.class))
                                        .from(DSL.table(name("missing"))))
                                .returning(field(name(ORD)))))
                .select(ord("noted"))
                .from(DSL.table(name("noted"))));
    }

    /**
     * Forgets staged documents that wait for nothing any more.
     *
     * @param documents the table of staged documents
     * @param rowKey the key of such a document, {@code d}, as text
     * @param waiting the table of what they wait for
     * @return the statement
     */
    public String settle(Table<?> documents, Field<String> rowKey, Table<?> waiting) {
        return Sql.text(Sql.dsl()
                .deleteFrom(W)
                .using(documents.as("d"))
                .where(isOf(rowKey))
                .and(notExists(selectOne().from(waiting.as("x")).where(ord("x").eq(ord("d"))))));
    }

    /**
     * Keeps a staged document, unless it is kept as it is.
     *
     * @param documents the table of staged documents
     * @param rowKey the key of such a document, {@code d}, as text
     * @param run the number of the run
     * @return the statement; its parameters are the document and its {@code ord}
     */
    public String keep(Table<?> documents, Field<String> rowKey, long run) {
        Field<String> newKey = field(name("n", "row_key"), String.class);
        Field<byte[]> newDocument = field(name("n", "document"), byte[].class);
        return Sql.prepared(Sql.dsl()
                .insertInto(
                        PENDING_DOCUMENT,
                        PENDING_DOCUMENT.COLLECTION,
                        PENDING_DOCUMENT.TABLE_NAME,
                        PENDING_DOCUMENT.ROW_KEY,
                        PENDING_DOCUMENT.DOCUMENT,
                        PENDING_DOCUMENT.RUN_ID)
                .select(select(collection, table, newKey, newDocument, inline(run))
                        .from(select(
                                        rowKey.as("row_key"),
                                        val(new byte[0]).cast(SQLDataType.BLOB).as("document"))
                                .from(documents.as("d"))
                                .where(ord("d").eq(val(0)))
                                .asTable("n"))
                        .where(notExists(selectOne()
                                .from(W)
                                .where(isOf(newKey))
                                .and(W.DOCUMENT.eq(newDocument))
                                .and(W.COLLECTION.eq(collection)))))
                .onConflict(PENDING_DOCUMENT.TABLE_NAME, PENDING_DOCUMENT.ROW_KEY)
                .doUpdate()
                .set(PENDING_DOCUMENT.DOCUMENT, excluded(PENDING_DOCUMENT.DOCUMENT))
                .set(PENDING_DOCUMENT.COLLECTION, excluded(PENDING_DOCUMENT.COLLECTION))
                .set(PENDING_DOCUMENT.RUN_ID, excluded(PENDING_DOCUMENT.RUN_ID)));
    }

    /**
     * Forgets what staged documents that wait have ceased to wait for.
     *
     * @param documents the table of staged documents
     * @param rowKey the key of such a document, {@code d}, as text
     * @param waiting the table of what they wait for
     * @return the statement
     */
    public String settleElements(Table<?> documents, Field<String> rowKey, Table<?> waiting) {
        return Sql.text(Sql.dsl()
                .deleteFrom(E)
                .using(W, documents.as("d"))
                .where(isOf(rowKey))
                .and(E.DOCUMENT_ID.eq(W.ID))
                .and(notExists(selectOne()
                        .from(waiting.as("x"))
                        .where(ord("x").eq(ord("d")))
                        .and(row(waitingText(E.TABLE_NAME), waitingText(E.COLUMN_NAME), waitingText(E.REFERENCED_KEY))
                                .eq(row(E.TABLE_NAME, E.COLUMN_NAME, E.REFERENCED_KEY))))));
    }

    /**
     * Remembers what kept documents wait for.
     *
     * @param documents the table of staged documents
     * @param rowKey the key of such a document, {@code d}, as text
     * @param waiting the table of what they wait for
     * @return the statement
     */
    public String keepElements(Table<?> documents, Field<String> rowKey, Table<?> waiting) {
        return Sql.text(Sql.dsl()
                .insertInto(
                        PENDING_ELEMENT,
                        PENDING_ELEMENT.DOCUMENT_ID,
                        PENDING_ELEMENT.TABLE_NAME,
                        PENDING_ELEMENT.COLUMN_NAME,
                        PENDING_ELEMENT.REFERENCED_KEY)
                .select(selectDistinct(
                                W.ID,
                                waitingText(E.TABLE_NAME),
                                waitingText(E.COLUMN_NAME),
                                waitingText(E.REFERENCED_KEY))
                        .from(waiting.as("x"))
                        .join(documents.as("d"))
                        .on(ord("d").eq(ord("x")))
                        .join(W)
                        .on(isOf(rowKey)))
                .onConflictDoNothing());
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
    public Condition isRemembered(Table<?> child, Named column, Field<String> rowKey, Field<String> referencedKey) {
        return exists(selectOne()
                .from(W)
                .join(E)
                .on(E.DOCUMENT_ID.eq(W.ID))
                .where(isOf(rowKey))
                .and(isBy(child, column))
                .and(E.REFERENCED_KEY.eq(referencedKey)));
    }

    private static Condition isBy(Table<?> child, Named column) {
        return E.TABLE_NAME.eq(inline(QualifiedName.text(child))).and(E.COLUMN_NAME.eq(inline(column.getName())));
    }

    /**
     * Whether a pending document, {@code w}, waits by one reference for a row that is there.
     *
     * @param child the table of the elements' rows
     * @param column the column with the reference
     * @param parents the table that it leads to
     * @param isParent whether one of its rows is the one that {@link #REFERENCED_KEY} names
     * @return a condition
     */
    public static Condition hasArrived(Table<?> child, Named column, Table<?> parents, Condition isParent) {
        return exists(selectOne()
                .from(E)
                .where(E.DOCUMENT_ID.eq(W.ID))
                .and(isBy(child, column))
                .and(exists(selectOne().from(parents).where(isParent))));
    }

    /**
     * Reads documents that wait.
     *
     * @param which a condition on such a document, {@code w}
     * @return a query for numbers and documents, in the order of their numbers; its parameters are the number behind
     *     which to go on, how many documents are wanted at most, and how many bytes of documents, unless the first has
     *     more
     */
    public String read(Condition which) {
        Field<Long> id = field(name("q", "id"), Long.class);
        Select<?> next = select(
                        W.ID,
                        W.DOCUMENT,
                        rowNumber().over().orderBy(W.ID).as("n"),
                        sum(field("octet_length({0})", Integer.class, W.DOCUMENT))
                                .over()
                                .orderBy(W.ID)
                                .as("bytes"))
                .from(W)
                .where(W.TABLE_NAME.eq(table))
                .and(W.COLLECTION.eq(collection))
                .and(W.ID.gt(val(0L)))
                .and(which)
                .orderBy(W.ID)
                .limit(val(0));
        return Sql.prepared(select(id, field(name("q", "document")))
                .from(next.asTable("q"))
                .where(field(name("q", "n"), Long.class)
                        .eq(inline(1L))
                        .or(field(name("q", "bytes"), Long.class).le(val(0L))))
                .orderBy(id));
    }

    /**
     * Forgets documents because their rows are no more.
     *
     * @param table the documents' own table
     * @param rows the rows
     * @param rowKey the key of one of them, as text
     * @param which which of them
     * @return the statement
     */
    public static String forget(Table<?> table, Table<?> rows, Field<String> rowKey, Condition which) {
        return Sql.text(Sql.dsl()
                .deleteFrom(W)
                .using(rows)
                .where(W.TABLE_NAME.eq(inline(QualifiedName.text(table))))
                .and(W.ROW_KEY.eq(rowKey))
                .and(which));
    }
}
