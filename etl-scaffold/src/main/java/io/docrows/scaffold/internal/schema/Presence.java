package io.docrows.scaffold.internal.schema;

import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.scaffold.choice.ProjectName;
import io.docrows.scaffold.internal.choose.Links;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether the tables and columns that somebody chose are among those that are there already. Used once. */
public final class Presence {

    private static final List<String> KEY_TYPES = List.of("text", "bigint", "integer", "uuid");

    private final List<String> problems = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();
    private final Choices choices;
    private final Tables tables;

    private Presence(Choices choices, Tables tables) {
        this.choices = choices;
        this.tables = tables;
    }

    /**
     * What is not there, and what else no project can be made of.
     *
     * @param choices what somebody chose
     * @param tables what is there
     * @return sentences; empty if all is there
     */
    public static List<String> problems(Choices choices, Tables tables) {
        Presence presence = new Presence(choices, tables);
        try {
            new ProjectName(choices.pipeline(), choices.packageName());
        } catch (IllegalArgumentException e) {
            presence.problems.add(String.valueOf(e.getMessage()));
        }
        for (CollectionChoice one : choices.collections()) {
            presence.collection(one, one.collection());
            if (one.split().isPresent()) {
                presence.problems.add(one.collection() + ": split makes tables, and these are there already");
            }
        }
        presence.problems.addAll(Links.problems(choices, false));
        if (choices.collections().isEmpty()) {
            presence.problems.add("all collections are left out");
        }
        return presence.problems;
    }

    private void collection(CollectionChoice one, String where) {
        Optional<ExistingTable> table = table(one.table(), where);
        Set<String> used = new HashSet<>();
        Optional<ExistingColumn> key = column(table, one.key(), used, where);
        if (!KEY_TYPES.contains(one.keyType())) {
            problems.add(where + ": the type of a key is text, bigint, integer or uuid");
        } else {
            key.ifPresent(column -> type(column, one.keyType(), where));
        }
        if (key.isPresent() && table.filter(there -> !there.isUnique(one.key())).isPresent()) {
            problems.add(where + ": no unique constraint covers exactly the key " + one.key());
        }
        one.rest().flatMap(rest -> column(table, rest, used, where)).ifPresent(column -> type(column, "jsonb", where));
        choice(one.fields(), table, used, where);
    }

    private Optional<ExistingTable> table(String name, String where) {
        Optional<ExistingTable> table = tables.table(name);
        if (table.isEmpty()) {
            problems.add(where + ": there is no table " + name);
        } else if (!taken.add(name)) {
            problems.add(where + ": the table " + name + " is there twice");
        }
        return table;
    }

    private Optional<ExistingColumn> column(
            Optional<ExistingTable> table, String name, Set<String> used, String where) {
        if (table.isEmpty()) {
            return Optional.empty();
        }
        Optional<ExistingColumn> column = table.get().column(name);
        if (column.isEmpty()) {
            problems.add(where + ": the table " + table.get().name() + " has no column " + name);
        } else if (!used.add(name)) {
            problems.add(where + ": the column " + name + " is there twice");
        } else if (column.get().absent()) {
            problems.add(where + ": the project's own tables cannot have the column " + name + ", which is of type "
                    + column.get().type());
        } else if (column.get().computed()) {
            problems.add(where + ": PostgreSQL computes the column " + name + ", which takes no value");
        }
        return column;
    }

    private void type(ExistingColumn column, String type, String where) {
        if (!plain(column.type()).equals(plain(type))) {
            problems.add(where + ": the column " + column.name() + " is of type " + column.type()
                    + ", so that has to be its type");
        }
    }

    /** A type as far as values are read differently for it. */
    private static String plain(String type) {
        String name =
                type.toLowerCase(Locale.ROOT).replaceAll("\\([\\d, ]*\\)", "").strip();
        String array = name.endsWith("[]") ? "[]" : "";
        String element = name.substring(0, name.length() - array.length());
        return array
                + switch (element) {
                    case "varchar", "character varying", "char", "character", "citext" -> "text";
                    case "int" -> "integer";
                    case "decimal" -> "numeric";
                    case "timestamptz" -> "timestamp with time zone";
                    case "timestamp" -> "timestamp without time zone";
                    default -> element;
                };
    }

    private void choice(Choice choice, Optional<ExistingTable> table, Set<String> used, String where) {
        if (choice instanceof Choice.Fields document) {
            document.fields().forEach((name, field) -> choice(field, table, used, where + "." + name));
        } else if (choice instanceof Choice.Column column) {
            column(table, column.column(), used, where).ifPresent(there -> type(there, column.type(), where));
            if (column.lookup().isPresent()) {
                problems.add(where + ": lookup makes a table, and these are there already; write it in the mapping");
            }
            if (!column.references().isEmpty()) {
                table.ifPresent(there -> reference(column, there, where));
            } else if (column.whenMissing().isPresent()) {
                problems.add(where + ": when-missing needs references, which says where to look");
            }
        } else if (choice instanceof Choice.Rows rows) {
            rows(rows, table, where);
        }
    }

    private void reference(Choice.Column column, ExistingTable table, String where) {
        Optional<CollectionChoice> target =
                choices.collection(column.references().get(0));
        Optional<ExistingTable.ForeignKey> key = table.foreignKey(column.column());
        if (target.isPresent()
                && key.filter(one -> one.target().equals(target.get().table())).isEmpty()) {
            problems.add(where + ": the column " + column.column() + " has no foreign key to the table "
                    + target.get().table());
        }
    }

    private void rows(Choice.Rows rows, Optional<ExistingTable> above, String where) {
        Optional<ExistingTable> table = table(rows.table(), where);
        Set<String> used = new HashSet<>();
        rows.by().ifPresent(by -> column(table, by, used, where));
        if (table.isPresent() && above.isPresent()) {
            Optional<ExistingTable.ForeignKey> key = table.get().parentKey(above.get(), rows.by());
            if (key.isEmpty()) {
                problems.add(where + ": the table " + rows.table() + " has no unique key of a foreign key to "
                        + above.get().name()
                        + rows.by().map(by -> " and " + by).orElse(""));
            }
            key.ifPresent(one -> used.addAll(one.columns()));
        }
        choice(rows.row(), table, used, where);
    }
}
