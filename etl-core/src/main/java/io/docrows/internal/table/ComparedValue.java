package io.docrows.internal.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * One of the values that are unique together.
 *
 * @param expression what the server makes it of, SQL on a row's columns; null if the next two say where it is
 * @param staged where it is staged, in rows {@code s}
 * @param stored where it is stored, in rows {@code t} or {@code z}; null if stored rows are not compared
 * @param column the column that compares it; null for the equality of its type
 */
record ComparedValue(
        @Nullable String expression,
        @Nullable Field<?> staged,
        @Nullable Field<?> stored,
        @Nullable TableField<?, ?> column) {

    /** What the server makes of a row's columns. */
    static ComparedValue ofExpression(String expression) {
        return new ComparedValue(expression, null, null, null);
    }

    /** A column that is filled from the document. */
    static ComparedValue ofColumn(Field<?> staged, Field<?> stored, TableField<?, ?> column) {
        return new ComparedValue(null, staged, stored, column);
    }

    /** What tells the parent of a staged row: its document, and the way to it. */
    static List<ComparedValue> ofParent(ChildTable child) {
        List<ComparedValue> values = new ArrayList<>(List.of(new ComparedValue(null, ChildTable.ORD, null, null)));
        int way = 0;
        for (TableField<?, ?> column : child.way()) {
            values.add(new ComparedValue(null, Terms.staged("s", "a" + way++), null, column));
        }
        return values;
    }

    /** A reference of a row, as the natural key that it leads to: the row with that key may not be there yet. */
    static ComparedValue ofReference(Terms terms, Reference reference, String row) {
        TableField<?, ?> key = reference.mapping().parentKey();
        Field<?> natural = DSL.field(DSL.select(Terms.field("p", key))
                .from(Terms.tableOf(key, "p"))
                .where(terms.same(
                        reference.mapping().parentId(), reference.idOf("p"), Terms.field(row, reference.column()))));
        return ofColumn(Terms.staged("s", reference.key()), natural, key);
    }

    /** Values where they are staged, or where they are stored, under the names that they get with a prefix. */
    static List<Field<?>> named(
            List<ComparedValue> values, Function<ComparedValue, @Nullable Field<?>> side, String prefix) {
        List<Field<?>> fields = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Field<?> field = side.apply(values.get(i));
            if (field != null) {
                fields.add(field.as(prefix + i));
            }
        }
        return fields;
    }

    /** Values of a row that has them as {@code v0, v1, …}. */
    static List<Field<Object>> of(List<ComparedValue> values, String alias) {
        List<Field<Object>> fields = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            fields.add(Terms.staged(alias, "v" + i));
        }
        return fields;
    }

    /** Those of some rows that have all their values: the others may be there any number of times. */
    static Select<?> present(List<ComparedValue> values, Select<?> rows) {
        return DSL.select(DSL.asterisk())
                .from(rows.asTable("w"))
                .where(of(values, "w").stream().map(Field::isNotNull).toList());
    }

    /** Whether two rows have the same values; unknown where one is NULL, unless two NULLs are equal. */
    static Condition equal(List<ComparedValue> values, Terms terms, String one, String other, boolean nullsEqual) {
        List<Condition> equal = new ArrayList<>();
        List<Field<Object>> left = of(values, one);
        List<Field<Object>> right = of(values, other);
        for (int i = 0; i < values.size(); i++) {
            Condition same = values.get(i).equal(terms, left.get(i), right.get(i));
            equal.add(
                    nullsEqual ? left.get(i).isNull().and(right.get(i).isNull()).or(same) : same);
        }
        return Terms.all(equal);
    }

    private Condition equal(Terms terms, Field<Object> one, Field<Object> other) {
        return column == null ? one.eq(other) : terms.same(column, one, other);
    }
}
