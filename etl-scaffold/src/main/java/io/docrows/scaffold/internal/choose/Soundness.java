package io.docrows.scaffold.internal.choose;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.scaffold.choice.ProjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a project can be made of choices that somebody made. Not thread-safe; used once. */
public final class Soundness {

    private final List<String> problems = new ArrayList<>();
    private final Names tables = Names.ofTables();
    private final Choices choices;

    private Soundness(Choices choices) {
        this.choices = choices;
    }

    /**
     * Refuses choices of which no project can be made.
     *
     * @throws DocrowsException {@code INVALID_OPTION}, telling everything that is wrong
     */
    public static void require(Choices choices) {
        Soundness soundness = new Soundness(choices);
        try {
            new ProjectName(choices.pipeline(), choices.packageName());
        } catch (IllegalArgumentException e) {
            soundness.problems.add(String.valueOf(e.getMessage()));
        }
        choices.collections().forEach(soundness::collection);
        if (choices.collections().isEmpty()) {
            soundness.problems.add("all collections are left out");
        }
        if (!soundness.problems.isEmpty()) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "no project can be made of these choices: " + String.join("; ", soundness.problems));
        }
    }

    private void collection(CollectionChoice one) {
        table(one.table(), one.collection());
        Names columns = Names.ofColumns(one.table());
        column(columns, one.key(), one.collection());
        one.rest().ifPresent(rest -> column(columns, rest, one.collection()));
        if (!List.of("text", "bigint", "integer", "uuid").contains(one.keyType())) {
            problems.add(one.collection() + ": the type of a key is text, bigint, integer or uuid");
        }
        choice(one.fields(), columns, one.collection());
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
            if (!column.references().isEmpty()) {
                reference(column, where);
            }
        } else if (choice instanceof Choice.Rows rows) {
            table(rows.table(), where);
            choice(rows.row(), Names.ofColumns(rows.table()), where);
        }
    }

    private void reference(Choice.Column column, String where) {
        List<String> names = column.references();
        Optional<CollectionChoice> target = choices.collection(names.get(0));
        List<String> field = names.subList(1, names.size());
        boolean key = field.equals(List.of("_id"));
        if (target.isEmpty()
                || (!key && target.get().at(field).flatMap(Choice::asColumn).isEmpty())) {
            problems.add(where + ": it refers to a field that has no column");
            return;
        }
        String type = key
                ? target.get().keyType()
                : target.get()
                        .at(field)
                        .flatMap(Choice::asColumn)
                        .map(Choice.Column::type)
                        .orElse("");
        if (!type.equals(column.type())) {
            problems.add(where + ": it refers to a column of type " + type + ", so that has to be its type");
        }
    }
}
