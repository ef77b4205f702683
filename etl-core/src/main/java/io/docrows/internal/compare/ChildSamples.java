package io.docrows.internal.compare;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.not;

import io.docrows.internal.table.ChildDifference;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.Terms;
import io.docrows.report.Difference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of one document's rows in a child table: which of them are missing or too many, and which columns
 * differ. Immutable.
 *
 * @param child how rows of the table differ
 * @param values whether both sides are shown
 */
record ChildSamples(ChildDifference child, boolean values) {

    /** The most rows of one document that are shown of each column. */
    private static final int ROWS = 10;

    private static final Field<String> LABEL = DSL.field(DSL.name("x", "label"), String.class);

    private String alias() {
        return "g" + child.table().number();
    }

    /** How many columns {@link #selected} has. */
    int size() {
        int names = child.names().size() + 1;
        return values ? 3 * names : names;
    }

    /** Whether rows are missing or too many, whether each column differs, then both sides of each. */
    List<Field<?>> selected() {
        List<String> names = new ArrayList<>(List.of("rows"));
        for (int i = 0; i < child.names().size(); i++) {
            names.add("d" + i);
        }
        if (values) {
            names.addAll(List.of("missing", "extra"));
            for (int i = 0; i < child.names().size(); i++) {
                names.addAll(List.of("s" + i, "t" + i));
            }
        }
        return names.stream().<Field<?>>map(name -> Terms.staged(alias(), name)).toList();
    }

    /** What those are made of, to be joined to the document with a number. */
    Table<?> of(Field<Object> ord) {
        List<Field<?>> made = new ArrayList<>();
        made.add(DSL.boolOr(not(is(ChildDifference.DIFFERENT))).as("rows"));
        for (int i = 0; i < child.names().size(); i++) {
            made.add(DSL.boolOr(Terms.flag("x", "d" + i)).as("d" + i));
        }
        if (values) {
            Field<String> row = DSL.coalesce(DSL.nullif(LABEL, inline("")), inline("1 row"));
            made.add(shown(row, is(ChildDifference.MISSING)).as("missing"));
            made.add(shown(row, is(ChildDifference.EXTRA)).as("extra"));
            for (int i = 0; i < child.names().size(); i++) {
                made.add(shown(side("source", i), Terms.flag("x", "d" + i)).as("s" + i));
                made.add(shown(side("target", i), Terms.flag("x", "d" + i)).as("t" + i));
            }
        }
        return DSL.lateral(DSL.select(made)
                        .from(Stage.table(child.differences(), "x"))
                        .where(Terms.staged("x", "ord").eq(ord)))
                .as(DSL.name(alias()));
    }

    private static Condition is(String kind) {
        return Terms.staged("x", "kind").eq(inline(kind));
    }

    private static Field<String> side(String side, int column) {
        Field<String> value = DSL.arrayGet(DSL.field(DSL.name("x", side), String[].class), inline(column + 1));
        return DSL.when(LABEL.eq(inline("")), value)
                .otherwise(DSL.concat(inline("["), LABEL, inline("] "), DSL.coalesce(value, inline("NULL"))));
    }

    /** A slice of an array is PostgreSQL's own. */
    private static Field<String> shown(Field<String> text, Condition which) {
        return DSL.field(
                "array_to_string(({0})[:{1}], ', ')",
                String.class, DSL.arrayAgg(text).orderBy(LABEL).filterWhere(which), inline(ROWS));
    }

    /** What differs in a document; {@code first} is the number of the first of {@link #selected}. */
    List<Difference.Column> read(ResultSet row, int first) throws SQLException {
        List<Difference.Column> columns = new ArrayList<>();
        int names = child.names().size() + 1;
        for (int i = 0; i < names; i++) {
            if (row.getBoolean(first + i)) {
                String name = i == 0
                        ? child.tableName()
                        : child.tableName() + "." + child.names().get(i - 1);
                @Nullable String source = values ? row.getString(first + names + 2 * i) : null;
                @Nullable String target = values ? row.getString(first + names + 2 * i + 1) : null;
                columns.add(new Difference.Column(name, empty(source), empty(target)));
            }
        }
        return columns;
    }

    /** Arrays of nothing, or of NULL alone, are written as nothing. */
    private static @Nullable String empty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
