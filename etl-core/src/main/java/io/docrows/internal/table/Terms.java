package io.docrows.internal.table;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.internal.target.TableCatalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Named;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * What statements on one mapping's tables are made of. Values are equal where their column's own operator holds them
 * equal; rows differ where any bit of them differs.
 *
 * @param catalog what the target says of the tables
 */
public record Terms(TableCatalog catalog) {

    /**
     * A table of the target, under an alias.
     *
     * @param table a generated table
     * @param alias the alias
     * @return the table
     */
    public static Table<Record> table(Table<?> table, String alias) {
        return DSL.table(QualifiedName.of(table)).as(DSL.name(alias));
    }

    /**
     * The table that a column belongs to, under an alias.
     *
     * @param column a generated column
     * @param alias the alias
     * @return the table
     */
    public static Table<Record> tableOf(TableField<?, ?> column, String alias) {
        return table(QualifiedName.tableOf(column), alias);
    }

    /**
     * A column of an aliased table.
     *
     * @param alias the table's alias
     * @param column a generated column
     * @return the column
     */
    public static Field<Object> field(String alias, TableField<?, ?> column) {
        return DSL.field(DSL.name(alias, column.getName()), Object.class);
    }

    /**
     * A column of an aliased staging table.
     *
     * @param alias the table's alias
     * @param column the column's name
     * @return the column
     */
    public static Field<Object> staged(String alias, String column) {
        return DSL.field(DSL.name(alias, column), Object.class);
    }

    /**
     * A value as text.
     *
     * @param value the value
     * @return an expression
     */
    public static Field<String> text(Field<?> value) {
        return DSL.field("{0}::text", String.class, value);
    }

    /**
     * A column where statements take no alias.
     *
     * @param column a generated column
     * @return the column
     */
    public static Field<Object> bare(TableField<?, ?> column) {
        return DSL.field(column.getUnqualifiedName(), Object.class);
    }

    /**
     * Whether two values are equal as a column compares them; unknown if one of them is NULL.
     *
     * @param column a generated column
     * @param left a value
     * @param right another one
     * @return a condition
     */
    public Condition same(TableField<?, ?> column, Field<?> left, Field<?> right) {
        return DSL.condition(equality(column).equal("{0}", "{1}"), left, right);
    }

    /**
     * Whether two values are not equal as a column compares them; unknown if one of them is NULL.
     *
     * @param column a generated column
     * @param left a value
     * @param right another one
     * @return a condition
     */
    public Condition other(TableField<?, ?> column, Field<?> left, Field<?> right) {
        return DSL.condition(equality(column).differ("{0}", "{1}"), left, right);
    }

    /**
     * Whether two values differ as a column compares them, where NULL is one like any other.
     *
     * @param column a generated column
     * @param left a value
     * @param right another one
     * @return a condition, never unknown
     */
    public Condition distinct(TableField<?, ?> column, Field<?> left, Field<?> right) {
        return DSL.condition(equality(column).distinct("{0}", "{1}"), left, right);
    }

    /**
     * A text as a value of a column's type.
     *
     * @param column a generated column
     * @param text the text
     * @return an expression
     */
    public Field<Object> cast(TableField<?, ?> column, Field<?> text) {
        return DSL.field(equality(column).cast("{0}"), Object.class, text);
    }

    ColumnEquality equality(TableField<?, ?> column) {
        return catalog.equality(column);
    }

    /** The default of a column, NULL if it has none. */
    Field<Object> defaultOf(TableField<?, ?> column) {
        return DSL.field(catalog.defaultOf(column), Object.class);
    }

    /**
     * Whether two lists of values differ, by PostgreSQL's comparison of record images: it sees every difference, also
     * those that a type's own equality hides (letter case in citext, the scale of a numeric), and treats NULLs as
     * equal.
     */
    static Condition differ(List<? extends Field<?>> left, List<? extends Field<?>> right) {
        if (left.isEmpty()) {
            return DSL.falseCondition();
        }
        // The casts keep PostgreSQL from comparing column by column, for which the operator does not exist.
        return DSL.condition("ROW({0})::record *<> ROW({1})::record", DSL.list(left), DSL.list(right));
    }

    /**
     * Deletes rows that are no longer wanted, found by a query that looks them up. They are mostly few or none, so that
     * only those are visited again: joined to the table, PostgreSQL would read all of one that it knows nothing of yet.
     *
     * @param table the table to delete from, under its alias
     * @param key what tells its rows apart
     * @param indexed those columns of the key by which rows are found
     * @param ord the number of a row's document
     * @param found documents and their rows, these under the same alias
     * @param isGone which of them are deleted
     * @return a statement that returns the documents' {@code ord}, for each deleted row
     */
    String deleteGone(
            Table<Record> table,
            String alias,
            List<TableField<?, ?>> key,
            List<TableField<?, ?>> indexed,
            Field<?> ord,
            Table<?> found,
            Condition isGone) {
        String gone = "gone";
        List<Field<?>> selected = new ArrayList<>(List.of(ord.as("ord")));
        List<Condition> isOne = new ArrayList<>();
        List<Condition> isNear = new ArrayList<>();
        for (TableField<?, ?> column : key) {
            String name = "k" + isOne.size();
            selected.add(field(alias, column).as(name));
            isOne.add(same(column, field(alias, column), staged(gone, name)));
            if (indexed.contains(column)) {
                isNear.add(same(
                        column,
                        field(alias, column),
                        DSL.field(
                                "ANY (ARRAY({0}))",
                                DSL.select(staged(gone, name)).from(DSL.table(DSL.name(gone))))));
            }
        }
        return Sql.text(Sql.dsl()
                .with(DSL.name(gone)
                        .asMaterialized(DSL.select(selected).from(found).where(isGone)))
                .with(DSL.name("deleted")
                        .as(Sql.dsl()
                                .deleteFrom(table)
                                .where(all(isNear))
                                .and(DSL.exists(DSL.selectOne()
                                        .from(DSL.table(DSL.name(gone)))
                                        .where(all(isOne))))
                                .returning(DSL.inline(1))))
                .select(staged(gone, "ord"))
                .from(DSL.table(DSL.name(gone))));
    }

    /** Where a statement deletes rows as {@code gone}: holds when all are deleted, before the first row is inserted. */
    static Condition allGone() {
        // A query on its own, which depends on no row.
        return DSL.condition("(SELECT count(*) FROM gone) >= 0");
    }

    /**
     * Inserts rows that were there before, with the values that only PostgreSQL may give: jOOQ's INSERT has no
     * OVERRIDING.
     *
     * @param target a generated table
     * @param columns the names of its columns
     * @param rows their values
     * @return the statement
     */
    static String insertAgain(Table<?> target, Collection<String> columns, Select<?> rows) {
        return Sql.text(DSL.query(
                "INSERT INTO {0} ({1}) OVERRIDING SYSTEM VALUE {2}",
                QualifiedName.of(target),
                DSL.list(columns.stream().map(DSL::name).toList()),
                rows));
    }

    /** Whether an index of a table begins with some columns, in any order. */
    static boolean beginsWith(Table<?> table, List<? extends Named> columns) {
        Set<String> names = columns.stream().map(Named::getName).collect(Collectors.toSet());
        Stream<List<String>> ofKeys = table.getKeys().stream()
                .map(key -> key.getFields().stream().map(Named::getName).toList());
        Stream<List<String>> ofIndexes = table.getIndexes().stream()
                .filter(index -> index.getWhere() == null)
                .map(index ->
                        index.getFields().stream().map(field -> field.getName()).toList());
        return Stream.concat(ofKeys, ofIndexes)
                .anyMatch(index -> index.size() >= names.size()
                        && Set.copyOf(index.subList(0, names.size())).equals(names));
    }

    /**
     * A boolean column of an aliased staging table.
     *
     * @param alias the table's alias
     * @param column the column's name
     * @return a condition
     */
    public static Condition flag(String alias, String column) {
        return DSL.condition(DSL.field(DSL.name(alias, column), Boolean.class));
    }

    /**
     * A column without rows, from which a table is made.
     *
     * @param type the column's type
     * @param name its name
     * @return an expression with that name
     */
    public static Field<?> column(DataType<?> type, String name) {
        return DSL.castNull(type).as(name);
    }

    /** All of some conditions. */
    static Condition all(List<Condition> conditions) {
        return DSL.and(conditions);
    }
}
