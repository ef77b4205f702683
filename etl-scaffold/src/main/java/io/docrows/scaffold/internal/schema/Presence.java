package io.docrows.scaffold.internal.schema;

import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the tables and columns that somebody chose are among those that are there already. Used once. */
public final class Presence {

    private final List<String> problems = new ArrayList<>();
    private final Tables tables;

    private Presence(Tables tables) {
        this.tables = tables;
    }

    /**
     * What is not there.
     *
     * @param choices what somebody chose
     * @param tables what is there
     * @return sentences; empty if all is there
     */
    public static List<String> problems(Choices choices, Tables tables) {
        Presence presence = new Presence(tables);
        for (CollectionChoice one : choices.collections()) {
            presence.collection(one, one.collection());
            if (one.split().isPresent()) {
                presence.problems.add(one.collection() + ": split makes tables, and these are there already");
            }
        }
        return presence.problems;
    }

    private void collection(CollectionChoice one, String where) {
        Optional<ExistingTable> table = table(one.table(), where);
        column(table, one.key(), where);
        one.rest().ifPresent(rest -> column(table, rest, where));
        choice(one.fields(), table, where);
    }

    private Optional<ExistingTable> table(String name, String where) {
        Optional<ExistingTable> table = tables.table(name);
        if (table.isEmpty()) {
            problems.add(where + ": there is no table " + name);
        }
        return table;
    }

    private void column(Optional<ExistingTable> table, String name, String where) {
        if (table.isPresent() && table.get().column(name).isEmpty()) {
            problems.add(where + ": the table " + table.get().name() + " has no column " + name);
        }
    }

    private void choice(Choice choice, Optional<ExistingTable> table, String where) {
        if (choice instanceof Choice.Fields document) {
            document.fields().forEach((name, field) -> choice(field, table, where + "." + name));
        } else if (choice instanceof Choice.Column column) {
            column(table, column.column(), where);
            if (column.lookup().isPresent()) {
                problems.add(where + ": lookup makes a table, and these are there already; write it in the mapping");
            }
        } else if (choice instanceof Choice.Rows rows) {
            Optional<ExistingTable> child = table(rows.table(), where);
            rows.by().ifPresent(by -> column(child, by, where));
            choice(rows.row(), child, where);
        }
    }
}
