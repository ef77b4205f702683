package io.docrows.scaffold.internal.choose;

import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.scaffold.choice.ProjectName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether a project can be made of choices that somebody made. Not thread-safe; used once. */
public final class Soundness {

    private static final List<String> KEY_TYPES = List.of("text", "bigint", "integer", "uuid");

    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> lookups = new HashMap<>();
    private final Names tables = Names.ofTables();

    private Soundness() {}

    /**
     * Why no project can be made of choices.
     *
     * @return everything that is wrong; empty if nothing is
     */
    public static List<String> problems(Choices choices) {
        Soundness soundness = new Soundness();
        try {
            new ProjectName(choices.pipeline(), choices.packageName());
        } catch (IllegalArgumentException e) {
            soundness.problems.add(String.valueOf(e.getMessage()));
        }
        choices.collections().forEach(soundness::collection);
        soundness.problems.addAll(Links.problems(choices, true));
        if (choices.collections().isEmpty()) {
            soundness.problems.add("all collections are left out");
        }
        return soundness.problems;
    }

    private void collection(CollectionChoice one) {
        collection(one, one.collection());
        one.split()
                .ifPresent(split ->
                        split.tables().forEach((text, part) -> collection(part, one.collection() + ": " + text)));
    }

    private void collection(CollectionChoice one, String where) {
        table(one.table(), where);
        Names columns = Names.ofColumns(one.table());
        column(columns, one.key(), where);
        one.rest().ifPresent(rest -> column(columns, rest, where));
        if (!KEY_TYPES.contains(one.keyType())) {
            problems.add(where + ": the type of a key is text, bigint, integer or uuid");
        }
        choice(one.fields(), columns, where);
    }

    private void table(String name, String where) {
        if (!tables.takes(name)) {
            problems.add(where + ": the table " + name + " is there twice, or its name needs quotes");
        }
    }

    private void column(Names columns, String name, String where) {
        if (!columns.takes(name)) {
            problems.add(where + ": the column " + name
                    + " is there twice, or its name needs quotes or is that of its table");
        }
    }

    private void choice(Choice choice, Names columns, String where) {
        if (choice instanceof Choice.Fields document) {
            document.fields().forEach((name, field) -> choice(field, columns, where + "." + name));
        } else if (choice instanceof Choice.Column column) {
            column(columns, column.column(), where);
            if (!column.type().matches("[A-Za-z_][\\w (),.]*(\\[\\])?")) {
                problems.add(where + ": that is no type of PostgreSQL");
            }
            if (column.references().isEmpty() && column.whenMissing().isPresent()) {
                problems.add(where + ": when-missing needs references, which says where to look");
            }
            column.lookup().ifPresent(table -> lookup(table, column, where));
        } else if (choice instanceof Choice.Rows rows) {
            table(rows.table(), where);
            Names own = Names.ofColumns(rows.table());
            rows.by().ifPresent(by -> column(own, by, where));
            if (rows.source() == Choice.Rows.Source.ROW && rows.by().isPresent()) {
                problems.add(where + ": a document has one row, so there is nothing to tell apart: leave by out");
            }
            choice(rows.row(), own, where);
        }
    }

    private void lookup(String table, Choice.Column column, String where) {
        if (!column.references().isEmpty()) {
            problems.add(where + ": a column either refers to a collection or has a lookup table");
        }
        if (!KEY_TYPES.contains(column.type())) {
            problems.add(where + ": the type of a column with a lookup table, which is that of its values, is "
                    + "text, bigint, integer or uuid");
        }
        String before = lookups.putIfAbsent(table, column.type());
        if (before == null) {
            table(table, where);
        } else if (!before.equals(column.type())) {
            problems.add(where + ": the lookup table " + table + " holds values of the type " + before);
        }
    }
}
