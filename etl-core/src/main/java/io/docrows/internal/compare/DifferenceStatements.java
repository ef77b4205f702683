package io.docrows.internal.compare;

import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.ChildDifference;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkDifference;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.RowDifference;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.Terms;
import io.docrows.mapping.CollectionMapping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The SQL around a temporary table of differences between staged documents {@code s} and the mapped table {@code t}:
 * {@code ord}, the key as {@code c0} and so on, what is wrong as {@code kind}, and a boolean for each thing that can
 * differ: columns {@code d0…}, references {@code r0…}, joins {@code j0…}, child tables {@code k0…}; and {@code w0…} for
 * references that wait. Beside it there is a table of rows that differ for each join and each child table.
 */
final class DifferenceStatements {

    /** The kind of documents whose row, or rows in other tables, differ. */
    static final String DIFFERENT = "d";

    private static final Field<Object> ORD = Terms.staged("s", "ord");

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
        List<Field<?>> columns = new ArrayList<>();
        columns.add(Terms.column(SQLDataType.BIGINT, "ord"));
        columns.addAll(tables.key().selected("t"));
        columns.add(Terms.column(SQLDataType.CLOB, "kind"));
        flags().forEach(flag -> columns.add(Terms.column(SQLDataType.BOOLEAN, flag)));
        Stage stage = tables.tree().stage();
        List<String> statements = new ArrayList<>(drop());
        statements.add(stage.create(
                tables.differences(),
                select(columns).from(tables.tree().documents().rows("t"))));
        links.forEach(link -> statements.add(stage.create(link.differences(), link.columns())));
        children.forEach(child -> statements.add(stage.create(child.differences(), child.columns())));
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

    /** How often each of {@link #differing()} is true of the differences {@code d}. */
    List<Field<?>> counts() {
        List<Field<?>> counts = new ArrayList<>();
        differing().forEach(flag -> counts.add(DSL.count().filterWhere(Terms.flag("d", flag))));
        return counts;
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
    List<Condition> columnsDiffer() {
        return row.columns().stream().map(row::differs).toList();
    }

    /** What rows of join tables and of child tables say before they are looked at. */
    List<Condition> othersDiffer() {
        return Collections.nCopies(links.size() + children.size(), falseCondition());
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
        Select<Record1<Object>> differing = select(Terms.staged("x", "ord")).from(Stage.table(rows, "x"));
        List<Field<?>> values = new ArrayList<>(List.of(ORD));
        values.addAll(tables.key().staged("s"));
        values.add(inline(DIFFERENT));
        flags().forEach(other -> values.add(inline(false)));
        return List.of(
                Sql.text(Sql.dsl()
                        .insertInto(Stage.table(tables.differences()))
                        .select(select(values)
                                .from(tables.documents("s"))
                                .where(ORD.in(differing))
                                .and(notExists(selectOne()
                                        .from(tables.differences("d"))
                                        .where(Terms.staged("d", "ord").eq(ORD)))))),
                Sql.text(Sql.dsl()
                        .update(tables.differences("d"))
                        .set(Map.of(
                                DSL.field(DSL.name(flag)),
                                inline(true),
                                DSL.field(DSL.name("kind")),
                                inline(DIFFERENT)))
                        .where(Terms.staged("d", "ord").in(differing))));
    }

    /** How many rows of a join table are missing and too many, of documents that differ. */
    String count(LinkDifference link) {
        Condition missing = Terms.flag("x", "missing");
        return ofDocumentsThatDiffer(
                List.of(DSL.count().filterWhere(missing), DSL.count().filterWhere(not(missing))), link.differences());
    }

    /**
     * How many rows of a child table are missing, too many, and different, of documents that differ, and how often each
     * column of it differs.
     */
    String count(ChildDifference child) {
        List<Field<?>> counts = new ArrayList<>();
        for (String kind : List.of(ChildDifference.MISSING, ChildDifference.EXTRA, ChildDifference.DIFFERENT)) {
            counts.add(DSL.count().filterWhere(Terms.staged("x", "kind").eq(inline(kind))));
        }
        for (int i = 0; i < child.names().size(); i++) {
            counts.add(DSL.count().filterWhere(Terms.flag("x", "d" + i)));
        }
        return ofDocumentsThatDiffer(counts, child.differences());
    }

    private String ofDocumentsThatDiffer(List<Field<?>> counts, String rows) {
        return Sql.text(select(counts)
                .from(Stage.table(rows, "x"))
                .join(tables.differences("d"))
                .on(Terms.staged("d", "ord").eq(Terms.staged("x", "ord")))
                .where(Terms.staged("d", "kind").eq(inline(DIFFERENT))));
    }
}
