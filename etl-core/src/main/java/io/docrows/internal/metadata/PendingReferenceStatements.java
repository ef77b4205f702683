package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.PENDING_REFERENCE;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.table;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.db.tables.PendingReference;
import io.docrows.internal.db.tables.records.PendingReferenceRecord;
import io.docrows.internal.postgres.Sql;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.InsertOnConflictDoUpdateStep;
import org.jooq.Named;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The SQL on {@code docrows.pending_reference} for one reference of one table, rendered for whoever stages rows. What
 * is staged is the caller's: the key of a row and the key that it refers to come as expressions of type text. In the
 * statements, {@code w} is the pending reference.
 */
public final class PendingReferenceStatements {

    private static final PendingReference W = PENDING_REFERENCE.as("w");

    /** The key of the row that it waits for, as text. */
    public static final Field<String> REFERENCED_KEY = W.REFERENCED_KEY;

    /** The key of the row that waited, as text, where {@link #fillIn} has found it. */
    public static final Field<String> FOUND_KEY = field(name("found", "row_key"), String.class);

    private final Field<String> table;
    private final Field<String> column;

    /**
     * The statements for one reference.
     *
     * @param table the table of the rows that wait
     * @param columns the reference's columns in it
     */
    public PendingReferenceStatements(Table<?> table, List<? extends Named> columns) {
        this.table = inline(QualifiedName.text(table));
        this.column = inline(columns.stream().map(Named::getName).collect(Collectors.joining(", ")));
    }

    private Condition ofThis(PendingReference pending) {
        return pending.TABLE_NAME.eq(table).and(pending.COLUMN_NAME.eq(column));
    }

    /**
     * A part of what a row is known by.
     *
     * @param rowKey what it is known by: the key, or the keys as a JSON array, as text
     * @param number the number of the key's column
     * @param columns how many columns the key has
     * @return the column's value, as text
     */
    public static Field<String> partOf(Field<String> rowKey, int number, int columns) {
        return columns == 1 ? rowKey : field("({0}::jsonb ->> {1})", String.class, rowKey, inline(number));
    }

    /**
     * Whether any row waits.
     *
     * @return a query that returns a row if one does, and else none
     */
    public String any() {
        return Sql.text(selectOne().from(W).where(ofThis(W)).limit(inline(1)));
    }

    /**
     * Forgets what staged rows waited for and wait for no longer.
     *
     * @param staged the staged rows
     * @param rowKey the key of a staged row, as text
     * @param referencedKey the key that it refers to now, as text, or NULL
     * @param missing whether the row with that key is missing
     * @return the statement
     */
    public String settle(Table<?> staged, Field<String> rowKey, Field<String> referencedKey, Condition missing) {
        return Sql.text(Sql.dsl()
                .deleteFrom(W)
                .using(staged)
                .where(ofThis(W))
                .and(W.ROW_KEY.eq(rowKey))
                .and(referencedKey.isDistinctFrom(W.REFERENCED_KEY).or(not(missing))));
    }

    /**
     * Remembers what rows wait for, unless they are known to wait for something.
     *
     * @param rows the rows
     * @param which which of them wait
     * @param rowKey the key of a row, as text
     * @param referencedKey the key that it waits for, as text
     * @param run the number of the run that met it
     * @return the statement
     */
    public String remember(
            Table<?> rows, Condition which, Field<String> rowKey, Field<String> referencedKey, long run) {
        return Sql.text(insert(rows, which, rowKey, referencedKey, run).doNothing());
    }

    /**
     * Remembers what rows wait for from now on, whatever they waited for before.
     *
     * @param rows the rows
     * @param which which of them wait
     * @param rowKey the key of a row, as text
     * @param referencedKey the key that it waits for, as text
     * @param run the number of the run that found so
     * @return the statement
     */
    public String replace(Table<?> rows, Condition which, Field<String> rowKey, Field<String> referencedKey, long run) {
        return Sql.text(insert(rows, which, rowKey, referencedKey, run)
                .doUpdate()
                .set(PENDING_REFERENCE.REFERENCED_KEY, excluded(PENDING_REFERENCE.REFERENCED_KEY))
                .set(PENDING_REFERENCE.RUN_ID, excluded(PENDING_REFERENCE.RUN_ID)));
    }

    private InsertOnConflictDoUpdateStep<PendingReferenceRecord> insert(
            Table<?> rows, Condition which, Field<String> rowKey, Field<String> referencedKey, long run) {
        return Sql.dsl()
                .insertInto(
                        PENDING_REFERENCE,
                        PENDING_REFERENCE.TABLE_NAME,
                        PENDING_REFERENCE.COLUMN_NAME,
                        PENDING_REFERENCE.ROW_KEY,
                        PENDING_REFERENCE.REFERENCED_KEY,
                        PENDING_REFERENCE.RUN_ID)
                .select(select(table, column, rowKey, referencedKey, inline(run))
                        .from(rows)
                        .where(which))
                .onConflict(PENDING_REFERENCE.TABLE_NAME, PENDING_REFERENCE.COLUMN_NAME, PENDING_REFERENCE.ROW_KEY);
    }

    /**
     * Joins what rows wait for.
     *
     * @param rows the rows
     * @param alias the name of what is joined
     * @param rowKey the key of a row, as text
     * @param referencedKey the key that it refers to, as text
     * @return the rows, each with what it waits for, if it does
     */
    public Table<?> joined(Table<?> rows, String alias, Field<String> rowKey, Field<String> referencedKey) {
        PendingReference pending = PENDING_REFERENCE.as(alias);
        return rows.leftJoin(pending).on(waits(pending, rowKey, referencedKey));
    }

    private Condition waits(PendingReference pending, Field<String> rowKey, Field<String> referencedKey) {
        return ofThis(pending).and(pending.ROW_KEY.eq(rowKey)).and(pending.REFERENCED_KEY.eq(referencedKey));
    }

    /**
     * Whether what is {@linkplain #joined joined} is there.
     *
     * @param alias its name
     * @return a condition
     */
    public static Condition isPending(String alias) {
        return PENDING_REFERENCE.as(alias).ROW_KEY.isNotNull();
    }

    /**
     * Whether a row is known to wait for a key.
     *
     * @param rowKey the key of the row, as text
     * @param referencedKey the key, as text
     * @return a condition
     */
    public Condition isRemembered(Field<String> rowKey, Field<String> referencedKey) {
        return exists(selectOne().from(W).where(waits(W, rowKey, referencedKey)));
    }

    /**
     * Fills in references whose row has arrived, unless they lead somewhere already, and forgets that they waited.
     *
     * @param parents the rows that may have arrived
     * @param hasArrived whether one of them is the one that {@link #REFERENCED_KEY} names
     * @param parentId what the reference is set to: a value of the row that arrived
     * @param rows the table of the rows that wait
     * @param isRow whether one of them is the one that {@link #FOUND_KEY} names
     * @param reference the reference's column, without a table
     * @param value the same column of one of the rows
     * @param rowKeys which of the rows that wait, by their keys as text; null for all
     * @return the statement
     */
    public String fillIn(
            Table<?> parents,
            Condition hasArrived,
            Field<?> parentId,
            Table<?> rows,
            Condition isRow,
            Field<?> reference,
            Field<?> value,
            @Nullable List<String> rowKeys) {
        return Sql.text(Sql.dsl()
                .with(name("found")
                        .as(Sql.dsl()
                                .deleteFrom(W)
                                .using(parents)
                                .where(ofThis(W))
                                .and(hasArrived)
                                .and(rowKeys == null ? noCondition() : W.ROW_KEY.in(inlined(rowKeys)))
                                .returning(W.ROW_KEY, parentId.as("id"))))
                .update(rows)
                .set(Map.of(reference, field(name("found", "id"))))
                .from(table(name("found")))
                .where(isRow)
                .and(value.isNull()));
    }

    private static List<Field<String>> inlined(List<String> texts) {
        return texts.stream().<Field<String>>map(DSL::inline).toList();
    }

    /**
     * Finds the rows that wait for what has arrived.
     *
     * @param parents the rows that may have arrived
     * @param hasArrived whether one of them is the one that {@link #REFERENCED_KEY} names
     * @return a query for their keys, as text
     */
    public String arrived(Table<?> parents, Condition hasArrived) {
        return Sql.text(select(W.ROW_KEY).from(W).join(parents).on(hasArrived).where(ofThis(W)));
    }

    /**
     * Forgets what rows waited for, by whichever reference of their table, because they are no more.
     *
     * @param table the table that they were in
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
