package io.docrows.internal.table;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.or;

import io.docrows.internal.postgres.Sql;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * How the rows of a child table differ from the staged ones, of documents that have a row: in a temporary table of
 * {@code ord}, the {@code kind} of the difference, a {@code label} that tells the row from others of its document, a
 * boolean {@code d0, d1, …} for each column that is compared, and both sides as text where they are wanted. Immutable
 * and thread-safe.
 */
public final class ChildDifference {

    /** The kind of rows that the document asks for and that are not there. */
    public static final String MISSING = "m";

    /** The kind of rows that the document does not ask for. */
    public static final String EXTRA = "x";

    /** The kind of rows that say something else. */
    public static final String DIFFERENT = "d";

    private static final Field<Object> STAGED_ORD = Terms.staged("s", "ord");
    private static final Field<Object> STORED_ORD = Terms.staged("d", "ord");

    private final ChildTable table;
    private final String differences;

    /**
     * The differences of one child table.
     *
     * @param table the child table
     * @param differences the qualified name of the table of differences
     */
    public ChildDifference(ChildTable table, String differences) {
        this.table = table;
        this.differences = differences;
    }

    /**
     * The child table.
     *
     * @return as it was given
     */
    public ChildTable table() {
        return table;
    }

    /**
     * The table of differences.
     *
     * @return its qualified name
     */
    public String differences() {
        return differences;
    }

    /**
     * The columns that are compared: all but those by which a row is found.
     *
     * @return their names
     */
    public List<String> names() {
        return table.image().targets().stream().map(TableField::getName).toList();
    }

    /**
     * The query that makes the table of differences.
     *
     * @return a query whose rows are not wanted
     */
    public Select<?> columns() {
        List<Field<?>> columns = new ArrayList<>(List.of(
                Terms.column(SQLDataType.BIGINT, "ord"),
                Terms.column(SQLDataType.CLOB, "kind"),
                Terms.column(SQLDataType.CLOB, "label")));
        for (int i = 0; i < names().size(); i++) {
            columns.add(Terms.column(SQLDataType.BOOLEAN, "d" + i));
        }
        columns.add(Terms.column(SQLDataType.CLOB.array(), "source"));
        columns.add(Terms.column(SQLDataType.CLOB.array(), "target"));
        return DSL.select(columns);
    }

    /**
     * Finds the rows that differ, once references are resolved: one that is not leads to a row that is not there, or
     * not yet.
     *
     * @param values whether both sides are wanted
     * @return the statement
     */
    public String find(boolean values) {
        RowTable documents = table.documents();
        // On both sides only documents that have a row: what the others lack, and what rows without a document have
        // too much, is told by the row itself.
        Table<?> staged = table.staged("s")
                .join(documents.documents("o"))
                .on(Terms.staged("o", "ord").eq(STAGED_ORD))
                .join(documents.rows("u"))
                .on(documents.isRowOf("u", "o"));
        Condition same = STAGED_ORD.eq(STORED_ORD).and(table.isOnTheWay("s")).and(table.hasIdentity("z", "s"));
        List<Condition> wrong =
                new ArrayList<>(List.of(STAGED_ORD.isNull(), STORED_ORD.isNull(), table.isUnresolved()));
        List<Condition> flags = flags();
        if (!flags.isEmpty()) {
            wrong.add(Terms.differ(table.image().stored("z", "s"), wanted()));
        }
        List<Field<?>> columns = new ArrayList<>();
        columns.add(coalesce(STAGED_ORD, STORED_ORD));
        columns.add(DSL.when(STORED_ORD.isNull(), inline(MISSING))
                .when(STAGED_ORD.isNull(), inline(EXTRA))
                .otherwise(inline(DIFFERENT)));
        columns.add(label());
        Condition both = STAGED_ORD.isNotNull().and(STORED_ORD.isNotNull());
        flags.forEach(flag -> columns.add(DSL.field(both.and(flag))));
        columns.add(values ? array(shown(true)) : DSL.castNull(SQLDataType.CLOB.array()));
        columns.add(values ? array(shown(false)) : DSL.castNull(SQLDataType.CLOB.array()));
        return Sql.text(Sql.dsl()
                .insertInto(Stage.table(differences))
                .select(DSL.select(columns)
                        .from(staged.fullJoin(table.stored()).on(same))
                        .where(or(wrong))));
    }

    private List<Field<?>> wanted() {
        return table.image().wanted("z", "s", reference -> Terms.staged("s", reference.id()));
    }

    /** Whether each compared column differs. */
    private List<Condition> flags() {
        List<Field<?>> stored = table.image().stored("z", "s");
        List<Field<?>> wanted = wanted();
        List<TableField<?, ?>> targets = table.image().targets();
        List<Condition> flags = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Condition differs = Terms.differ(List.of(stored.get(i)), List.of(wanted.get(i)));
            flags.add(table.referenceOf(targets.get(i))
                    .map(ChildPreparation::isUnresolved)
                    .map(differs::or)
                    .orElse(differs));
        }
        return flags;
    }

    /** What tells a row from the others of its document, as text. */
    private Field<?> label() {
        List<Field<?>> parts = new ArrayList<>();
        int way = 0;
        for (TableField<?, ?> column : table.way()) {
            parts.add(either(Terms.staged("s", "a" + way++), Terms.field(table.aliasOf(column), column)));
        }
        for (TableField<?, ?> column : table.mapping().identity()) {
            parts.add(table.referenceOf(column)
                    .<Field<?>>map(reference -> either(Terms.staged("s", reference.key()), keyOf(reference)))
                    .orElseGet(() -> either(table.stagedIdentity(column, "s"), Terms.field("z", column))));
        }
        return parts.isEmpty() ? inline("") : DSL.field("concat_ws('/', {0})", DSL.list(parts));
    }

    private static Field<?> either(Field<?> staged, Field<?> stored) {
        return coalesce(Terms.text(staged), Terms.text(stored));
    }

    /** The natural key of the row that a stored reference leads to. */
    private Field<?> keyOf(Reference reference) {
        return DSL.field(DSL.select(Terms.field("q", reference.mapping().parentKey()))
                .from(Terms.tableOf(reference.mapping().parentKey(), "q"))
                .where(table.terms()
                        .same(
                                reference.mapping().parentId(),
                                reference.idOf("q"),
                                Terms.field("z", reference.column()))));
    }

    /** The compared columns as text. */
    private List<Field<?>> shown(boolean source) {
        List<Field<?>> values = source ? wanted() : table.image().stored("z", "s");
        List<TableField<?, ?>> targets = table.image().targets();
        List<Field<?>> shown = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            Field<?> value = values.get(i);
            shown.add(Terms.text(table.referenceOf(targets.get(i))
                    .<Field<?>>map(reference -> source ? Terms.staged("s", reference.key()) : keyOf(reference))
                    .orElse(value)));
        }
        return shown;
    }

    private static Field<?> array(List<Field<?>> values) {
        return DSL.field("ARRAY[{0}]::text[]", DSL.list(values));
    }

    /**
     * The child table's name, for people.
     *
     * @return the name without its schema
     */
    public String tableName() {
        return table.mapping().table().getName();
    }
}
