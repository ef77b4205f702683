package io.docrows.internal.compare;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.ChildDifference;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkDifference;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.RowDifference;
import io.docrows.internal.table.Stage;
import io.docrows.mapping.CollectionMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL around a temporary table of differences between staged documents {@code s} and the mapped table {@code t}:
 * {@code ord}, the key as {@code c0} and so on, what is wrong as {@code kind}, and a boolean for each thing that can
 * differ: columns {@code d0…}, references {@code r0…}, joins {@code j0…}, child tables {@code k0…}; and {@code w0…} for
 * references that wait. Beside it there is a table of rows that differ for each join and each child table.
 */
final class DifferenceStatements {

    /** The kind of documents whose row, or rows in other tables, differ. */
    static final String DIFFERENT = "d";

    private final CollectionMapping<?> mapping;
    private final StageTables tables;
    private final RowDifference row;
    private final List<LinkDifference> links = new ArrayList<>();
    private final List<ChildDifference> children = new ArrayList<>();

    DifferenceStatements(StageTables tables) {
        this.mapping = tables.tree().documents().mapping();
        this.tables = tables;
        this.row = new RowDifference(tables.tree().documents());
        for (LinkTable link : tables.tree().links()) {
            links.add(new LinkDifference(link, tables.links(link.number())));
        }
        for (ChildTable child : tables.tree().children()) {
            children.add(new ChildDifference(child, tables.rows(child.number())));
        }
    }

    /** How the rows of the documents' own table differ. */
    RowDifference row() {
        return row;
    }

    /** How those of join tables do. */
    List<LinkDifference> links() {
        return links;
    }

    /** How those of child tables do. */
    List<ChildDifference> children() {
        return children;
    }

    /** Makes the tables of differences. */
    List<String> create() {
        List<String> statements = new ArrayList<>(drop());
        String flags = flags().stream().map(flag -> ", false AS " + flag).collect(Collectors.joining());
        statements.add(StageTables.create(
                tables.differences(),
                "SELECT 0::int8 AS ord, " + tables.key().selected("t") + ", ''::text AS kind" + flags + " FROM "
                        + Sql.table(mapping.table()) + " t WITH NO DATA"));
        links.forEach(link -> statements.add(StageTables.create(link.differences(), link.columns())));
        children.forEach(child -> statements.add(StageTables.create(child.differences(), child.columns())));
        return statements;
    }

    /** Removes the tables of differences. */
    List<String> drop() {
        List<String> statements = new ArrayList<>();
        statements.add(Stage.drop(tables.differences()));
        links.forEach(link -> statements.add(Stage.drop(link.differences())));
        children.forEach(child -> statements.add(Stage.drop(child.differences())));
        return statements;
    }

    /** Names of the booleans, in order. */
    List<String> flags() {
        List<String> flags = new ArrayList<>(differing());
        for (int i = 0; i < mapping.references().size(); i++) {
            flags.add("w" + i);
        }
        return flags;
    }

    /** Names of the booleans that say that something differs. */
    List<String> differing() {
        List<String> flags = new ArrayList<>();
        row.columns().forEach(column -> flags.add("d" + column));
        for (int i = 0; i < mapping.references().size(); i++) {
            flags.add("r" + i);
        }
        links.forEach(link -> flags.add("j" + link.link().number()));
        children.forEach(child -> flags.add("k" + child.table().number()));
        return flags;
    }

    /** The things that {@link #differing()} stands for: columns, join tables and child tables, by name. */
    List<String> names() {
        List<String> names = new ArrayList<>(columns());
        links.forEach(link -> names.add(link.link().mapping().join().table().getName()));
        children.forEach(child -> names.add(child.tableName()));
        return names;
    }

    /** Those of them that are columns of the documents' own table. */
    List<String> columns() {
        List<String> names = new ArrayList<>();
        row.columns()
                .forEach(column ->
                        names.add(mapping.columns().get(column).column().getName()));
        mapping.references().forEach(reference -> names.add(reference.column().getName()));
        return names;
    }

    /** Whether each column but the key differs, in the order of {@link #flags()}. */
    List<String> columnsDiffer() {
        return row.columns().stream().map(row::differs).toList();
    }

    /** What rows of join tables and of child tables say before they are looked at. */
    List<String> othersDiffer() {
        List<String> booleans = new ArrayList<>();
        links.forEach(link -> booleans.add("false"));
        children.forEach(child -> booleans.add("false"));
        return booleans;
    }

    /** Marks documents as different whose rows in a join table are. */
    List<String> mark(LinkDifference link) {
        return mark(link.differences(), "j" + link.link().number());
    }

    /** Marks documents as different whose rows in a child table are. */
    List<String> mark(ChildDifference child) {
        return mark(child.differences(), "k" + child.table().number());
    }

    private List<String> mark(String rows, String flag) {
        String d = tables.differences();
        String zeroes = flags().stream().map(other -> ", false").collect(Collectors.joining());
        return List.of(
                "INSERT INTO " + d + " SELECT s.ord, " + tables.key().staged("s") + ", '" + DIFFERENT + "'" + zeroes
                        + " FROM " + tables.documents() + " s WHERE s.ord IN (SELECT ord FROM " + rows
                        + ") AND NOT EXISTS (SELECT FROM " + d + " d WHERE d.ord = s.ord)",
                "UPDATE " + d + " SET " + flag + " = true, kind = '" + DIFFERENT + "' WHERE ord IN (SELECT ord FROM "
                        + rows + ")");
    }

    /** How many rows of a join table are missing and too many, of documents that differ. */
    String count(LinkDifference link) {
        return "SELECT count(*) FILTER (WHERE x.missing), count(*) FILTER (WHERE NOT x.missing)"
                + ofDocumentsThatDiffer(link.differences());
    }

    /**
     * How many rows of a child table are missing, too many, and different, of documents that differ, and how often each
     * column of it differs.
     */
    String count(ChildDifference child) {
        StringBuilder counts = new StringBuilder();
        for (String kind : List.of(ChildDifference.MISSING, ChildDifference.EXTRA, ChildDifference.DIFFERENT)) {
            counts.append(counts.isEmpty() ? "" : ", ");
            counts.append("count(*) FILTER (WHERE x.kind = '").append(kind).append("')");
        }
        for (int i = 0; i < child.names().size(); i++) {
            counts.append(", count(*) FILTER (WHERE x.d").append(i).append(")");
        }
        return "SELECT " + counts + ofDocumentsThatDiffer(child.differences());
    }

    private String ofDocumentsThatDiffer(String rows) {
        return " FROM " + rows + " x JOIN " + tables.differences() + " d ON d.ord = x.ord WHERE d.kind = '" + DIFFERENT
                + "'";
    }
}
