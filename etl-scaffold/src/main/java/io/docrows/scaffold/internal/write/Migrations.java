package io.docrows.scaffold.internal.write;

import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.internal.design.ColumnDesign;
import io.docrows.scaffold.internal.design.ProjectDesign;
import io.docrows.scaffold.internal.design.TableDesign;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Migrations: one for each collection, with the tables below it, and a last one for what refers from one to another.
 */
final class Migrations {

    private Migrations() {}

    /** The files, by name, in the order in which Flyway applies them. */
    static Map<String, String> of(ProjectDesign project) {
        Map<String, String> files = new LinkedHashMap<>();
        boolean linked = !project.foreignKeys().isEmpty();
        boolean looked = !project.lookups().isEmpty();
        int digits = Integer.toString(project.roots().size() + (linked ? 1 : 0) + (looked ? 1 : 0))
                .length();
        int version = 1;
        for (TableDesign root : project.roots()) {
            files.put(name(version++, digits, root.name()), tables(root));
        }
        if (looked) {
            files.put(
                    name(version++, digits, "lookups"),
                    project.lookups().stream().map(Migrations::lookup).collect(Collectors.joining("\n")));
        }
        if (linked) {
            files.put(name(version, digits, "references"), references(project));
        }
        return files;
    }

    private static String name(int version, int digits, String what) {
        return "V" + String.format(Locale.ROOT, "%0" + digits + "d", version) + "__" + what + ".sql";
    }

    private static String lookup(ProjectDesign.Lookup lookup) {
        return """
                -- Each different value once. A run adds those that are new.
                CREATE TABLE %s (
                    %s bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    %s %s NOT NULL UNIQUE
                );
                """.formatted(lookup.table(), ProjectDesign.Lookup.KEY, ProjectDesign.Lookup.VALUE, lookup.type());
    }

    private static String tables(TableDesign root) {
        return root.tree().stream().map(Migrations::table).collect(Collectors.joining("\n"));
    }

    private static String table(TableDesign table) {
        StringBuilder sql = new StringBuilder();
        table.notes().forEach(note -> comment(sql, "", note));
        sql.append("CREATE TABLE ").append(table.name()).append(" (\n");
        int width = table.columns().stream()
                .mapToInt(one -> one.name().length())
                .max()
                .orElse(0);
        for (ColumnDesign column : table.columns()) {
            // The first note is what was counted; the schema says what has to be known for good.
            column.notes().stream()
                    .skip(1)
                    .filter(note -> !note.startsWith(Choice.OR))
                    .forEach(note -> comment(sql, "    ", note));
            sql.append("    ")
                    .append(column.name())
                    .append(" ".repeat(width - column.name().length() + 1));
            sql.append(column.type())
                    .append(column.notNull() ? " NOT NULL" : "")
                    .append(",\n");
        }
        sql.append("    PRIMARY KEY (").append(list(table.primaryKey())).append(")");
        table.parent()
                .ifPresent(parent -> sql.append(",\n    FOREIGN KEY (")
                        .append(list(parent.columns()))
                        .append(") REFERENCES ")
                        .append(parent.table())
                        .append(" (")
                        .append(list(parent.key()))
                        .append(")"));
        return sql.append("\n);\n").toString();
    }

    private static void comment(StringBuilder sql, String indent, String note) {
        Comments.lines(note)
                .forEach(line -> sql.append(indent).append("-- ").append(line).append('\n'));
    }

    private static String references(ProjectDesign project) {
        StringBuilder sql = new StringBuilder(
                "-- References from table to table. Docrows takes them away while it fills empty tables, and checks all then.\n");
        Set<String> unique = new LinkedHashSet<>();
        for (ProjectDesign.Link link : project.foreignKeys()) {
            if (link.unique()) {
                unique.add("ALTER TABLE " + link.target() + " ADD UNIQUE (" + link.targetColumn() + ");\n");
            }
        }
        unique.forEach(sql::append);
        for (ProjectDesign.Link link : project.foreignKeys()) {
            sql.append("ALTER TABLE ").append(link.table());
            sql.append(" ADD FOREIGN KEY (").append(link.column()).append(") REFERENCES ");
            sql.append(link.target()).append(" (").append(link.targetColumn()).append(");\n");
        }
        for (ProjectDesign.Link link : project.foreignKeys()) {
            sql.append("CREATE INDEX ON ")
                    .append(link.table())
                    .append(" (")
                    .append(link.column())
                    .append(");\n");
        }
        return sql.toString();
    }

    private static String list(List<String> columns) {
        return String.join(", ", columns);
    }
}
