package io.docrows.internal.table;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;

import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.ChildMapping;
import io.docrows.mapping.ChildMapping.ParentColumn;
import io.docrows.mapping.ColumnMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The statements that replace rows of a child table where elements pass on to each other what is unique beside their
 * identity: no order of updates would do. The rows are kept in a temporary table, {@code k}, deleted, and inserted as
 * their documents want them; in columns that no document fills, ids among them, they are as they were. For the other
 * aliases see {@link ChildTable}. Immutable and thread-safe.
 */
public final class ChildDisplacement {

    private static final Field<Object> ORD = ChildTable.ORD;

    private final ChildTable table;
    private final Rendered rendered = new Rendered();
    private final RowTable documents;
    private final ChildMapping mapping;
    private final Terms terms;
    private final RowImage image;

    ChildDisplacement(ChildTable table) {
        this.table = table;
        this.documents = table.documents();
        this.mapping = table.mapping();
        this.terms = table.terms();
        this.image = table.image();
    }

    /**
     * What else is unique in this table, beside the identity of its rows, and made of documents: an immediate
     * constraint would refuse two rows that swap their values in one statement.
     *
     * @return the columns of each such constraint
     */
    public List<List<TableField<?, ?>>> otherUniques() {
        Set<TableField<?, ?>> identity = new HashSet<>(mapping.identity());
        table.up().forEach(column -> identity.add(column.column()));
        Set<TableField<?, ?>> filled = new HashSet<>(table.merge().columnsUsed());
        table.up().forEach(column -> filled.add(column.column()));
        return UniqueConstraint.columns(mapping.table()).stream()
                .filter(columns -> filled.containsAll(columns) && !columns.containsAll(identity))
                .toList();
    }

    /**
     * Finds the staged documents with a row that is about to pass a unique value on to another staged row.
     *
     * @param unique the columns of a unique constraint
     * @return a query for their {@code ord}
     */
    public String displaced(List<TableField<?, ?>> unique) {
        return rendered.of("displaced " + unique, () -> renderDisplaced(unique));
    }

    private String renderDisplaced(List<TableField<?, ?>> unique) {
        List<Condition> moves = new ArrayList<>();
        List<Condition> taken = new ArrayList<>();
        Set<TableField<?, ?>> parents =
                table.up().stream().map(ParentColumn::column).collect(Collectors.toSet());
        for (TableField<?, ?> column : unique) {
            if (!parents.contains(column)) {
                moves.add(terms.distinct(column, Terms.field("z", column), table.stagedIdentity(column, "s")));
                taken.add(terms.same(column, Terms.field("z", column), table.stagedIdentity(column, "o")));
            }
        }
        if (unique.containsAll(parents)) {
            taken.add(Terms.staged("o", "ord").eq(ORD));
            taken.add(table.isOnTheWay("o"));
        }
        return Sql.text(DSL.selectDistinct(ORD)
                .from(table.stagedWithParents())
                .join(table.rows("z"))
                .on(table.isChildOf("z", table.above()).and(table.hasIdentity("z", "s")))
                .where(or(moves))
                .and(exists(selectOne().from(table.staged("o")).where(Terms.all(taken)))));
    }

    /**
     * Keeps all rows that some documents have in this table, as they are when nobody else can change them any more, in
     * a temporary table that is empty.
     *
     * @param ords the documents
     * @param kept the columns to keep
     * @return the statements
     */
    public List<String> keep(List<Integer> ords, List<String> kept) {
        List<Field<?>> columns = new ArrayList<>(table.merge().way());
        kept.forEach(column -> columns.add(Terms.staged("z", column)));
        Select<?> rows = DSL.select(columns).from(table.stored()).where(isOne(ords));
        // One table for all of a transaction: each new one would take locks. jOOQ would write ON COMMIT behind the
        // query.
        return List.of(
                "CREATE TEMP TABLE IF NOT EXISTS " + temporary() + " ON COMMIT DROP AS " + Sql.text(rows)
                        + " WITH NO DATA",
                "INSERT INTO pg_temp." + temporary() + " " + Sql.text(rows) + " FOR UPDATE OF z");
    }

    private String temporary() {
        return table.staged().substring(table.staged().indexOf('.') + 1) + "_kept";
    }

    private static Condition isOne(List<Integer> ords) {
        return Terms.staged("d", "ord").in(ords.stream().map(DSL::inline).toList());
    }

    /**
     * Deletes all rows that some documents have in this table. Rows below them are deleted first, by the tables below.
     *
     * @param ords the documents
     * @return the statement
     */
    public String delete(List<Integer> ords) {
        Table<?> above = table.rowsAbove(
                documents.documents("d").join(documents.rows("t")).on(documents.isRowOf("t", "d")));
        return Sql.text(Sql.dsl()
                .deleteFrom(table.rows("z"))
                .using(above)
                .where(table.isChildOf("z", table.above()))
                .and(isOne(ords)));
    }

    /**
     * Deletes all rows that some documents have in this table, and inserts those that were kept. In one statement:
     * foreign keys of other tables are checked at its end, when the rows are there again.
     *
     * @param ords the documents
     * @param columns the columns that were kept
     * @return the statement
     */
    public String replace(List<Integer> ords, List<String> columns) {
        return "WITH gone AS (" + delete(ords) + " RETURNING 1) " + restore(columns, Terms.allGone());
    }

    /**
     * Inserts the rows that were kept, as their documents want them.
     *
     * @param columns the columns that were kept
     * @return the statement
     */
    public String restore(List<String> columns) {
        return restore(columns, trueCondition());
    }

    private String restore(List<String> columns, Condition condition) {
        Map<String, Field<?>> values = new LinkedHashMap<>();
        columns.forEach(column -> values.put(column, Terms.staged("k", column)));
        for (int i = 0; i < mapping.columns().size(); i++) {
            ColumnMapping column = mapping.columns().get(i);
            values.put(column.column().getName(), image.expected(i, "k", "s"));
        }
        table.references()
                .forEach(reference -> values.put(reference.column().getName(), ChildMerge.stagedId(reference)));
        table.up()
                .forEach(column -> values.put(column.column().getName(), Terms.field(table.above(), column.parent())));
        return Terms.insertAgain(
                mapping.table(),
                values.keySet(),
                DSL.select(values.values()).from(keptRows()).where(condition));
    }

    private Table<?> keptRows() {
        return table.stagedWithParents()
                .join(Stage.table("pg_temp." + temporary(), "k"))
                .on(table.merge().isOf("k"));
    }

    /**
     * Finds those rows among the kept ones that are not as their documents want them.
     *
     * @return a query for the documents' {@code ord}, one for each row
     */
    public String differing() {
        return rendered.of(
                "differing",
                () -> Sql.text(DSL.select(ORD)
                        .from(keptRows())
                        .where(Terms.differ(image.stored("k", "s"), image.wanted("k", "s", ChildMerge::stagedId)))));
    }

    /**
     * Forgets the rows that were kept.
     *
     * @return the statement
     */
    public String forget() {
        return "DELETE FROM pg_temp." + temporary();
    }
}
