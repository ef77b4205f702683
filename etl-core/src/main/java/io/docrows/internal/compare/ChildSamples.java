package io.docrows.internal.compare;

import io.docrows.internal.table.ChildDifference;
import io.docrows.report.Difference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

    private String alias() {
        return "g" + child.table().number();
    }

    /** How many columns {@link #selected} has. */
    int size() {
        int names = child.names().size() + 1;
        return values ? 3 * names : names;
    }

    /** Whether rows are missing or too many, whether each column differs, then both sides of each. */
    List<String> selected() {
        List<String> selected = new ArrayList<>(List.of(alias() + ".rows"));
        for (int i = 0; i < child.names().size(); i++) {
            selected.add(alias() + ".d" + i);
        }
        if (values) {
            selected.add(alias() + ".missing");
            selected.add(alias() + ".extra");
            for (int i = 0; i < child.names().size(); i++) {
                selected.add(alias() + ".s" + i);
                selected.add(alias() + ".t" + i);
            }
        }
        return selected;
    }

    /** What those are made of, to be joined to the document with a number. */
    String joined(String ord) {
        String different = "x.kind = '" + ChildDifference.DIFFERENT + "'";
        StringBuilder made = new StringBuilder("bool_or(NOT ").append(different).append(") AS rows");
        for (int i = 0; i < child.names().size(); i++) {
            made.append(", bool_or(x.d").append(i).append(") AS d").append(i);
        }
        if (values) {
            String row = "COALESCE(NULLIF(x.label, ''), '1 row')";
            made.append(", ")
                    .append(shown(row, "x.kind = '" + ChildDifference.MISSING + "'"))
                    .append(" AS missing");
            made.append(", ")
                    .append(shown(row, "x.kind = '" + ChildDifference.EXTRA + "'"))
                    .append(" AS extra");
            for (int i = 0; i < child.names().size(); i++) {
                made.append(", ")
                        .append(shown(side("source", i), "x.d" + i))
                        .append(" AS s")
                        .append(i);
                made.append(", ")
                        .append(shown(side("target", i), "x.d" + i))
                        .append(" AS t")
                        .append(i);
            }
        }
        return " LEFT JOIN LATERAL (SELECT " + made + " FROM " + child.differences() + " x WHERE x.ord = " + ord + ") "
                + alias() + " ON true";
    }

    private static String side(String side, int column) {
        String value = "x." + side + "[" + (column + 1) + "]";
        return "CASE WHEN x.label = '' THEN " + value + " ELSE '[' || x.label || '] ' || COALESCE(" + value
                + ", 'NULL') END";
    }

    private static String shown(String text, String which) {
        return "array_to_string((array_agg(" + text + " ORDER BY x.label) FILTER (WHERE " + which + "))[:" + ROWS
                + "], ', ')";
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
