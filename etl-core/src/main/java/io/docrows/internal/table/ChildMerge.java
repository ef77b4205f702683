package io.docrows.internal.table;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The statements that make the rows of a child table equal to the staged ones. For their aliases see
 * {@link ChildTable}. Immutable and thread-safe.
 */
public final class ChildMerge {

    private static final Field<Object> ORD = ChildTable.ORD;

    /** Beside columns of the target, which may have any name. */
    private static final String STORED_ORD = "docrows_ord";

    private static final String STORED_WAY = "docrows_a";

    private final ChildTable table;
    private final Rendered rendered = new Rendered();
    private final RowTable documents;
    private final ChildMapping mapping;
    private final Terms terms;
    private final List<Reference> references;
    private final RowImage image;

    ChildMerge(ChildTable table) {
        this.table = table;
        this.documents = table.documents();
        this.mapping = table.mapping();
        this.terms = table.terms();
        this.references = table.references();
        this.image = table.image();
    }

    /**
     * Finds the staged documents whose rows in this table are not those of the document.
     *
     * @return a query for their {@code ord}
     */
    public String changed() {
        return rendered.of("changed", () -> renderChanged());
    }

    private String renderChanged() {
        String stored = "x";
        List<Field<?>> columns =
                new ArrayList<>(List.of(Terms.staged("d", "ord").as(STORED_ORD)));
        List<Condition> same =
                new ArrayList<>(List.of(Terms.staged(stored, STORED_ORD).eq(ORD)));
        int way = 0;
        for (TableField<?, ?> column : table.way()) {
            String alias = table.aliasOf(column);
            columns.add(Terms.field(alias, column).as(STORED_WAY + way));
            same.add(terms.same(column, Terms.staged(stored, STORED_WAY + way), Terms.staged("s", "a" + way)));
            way++;
        }
        for (TableField<?, ?> column : columnsUsed()) {
            columns.add(Terms.field("z", column).as(column.getName()));
        }
        same.add(table.hasIdentity(stored, "s"));
        Select<?> rows = DSL.select(columns)
                .from(table.lookedUpBelow(
                        documents
                                .documents("d")
                                .join(documents.lookedUp("t", "d"))
                                .on(trueCondition()),
                        "z"));
        Condition differs = Terms.differ(image.stored(stored, "s"), image.wanted(stored, "s", ChildMerge::stagedId));
        return Sql.text(DSL.selectDistinct(DSL.coalesce(ORD, Terms.staged(stored, STORED_ORD)))
                .from(table.staged("s").fullJoin(rows.asTable(stored)).on(Terms.all(same)))
                .where(or(ORD.isNull(), Terms.staged(stored, STORED_ORD).isNull(), differs, table.isUnresolved())));
    }

    /** The columns of this table that statements compare. */
    private List<TableField<?, ?>> columnsUsed() {
        List<TableField<?, ?>> used = new ArrayList<>();
        mapping.columns().forEach(column -> used.add(column.column()));
        references.forEach(reference -> used.add(reference.column()));
        return used;
    }

    /**
     * Deletes the rows that left their document. Rows below them are deleted first, by the tables below.
     *
     * @return a statement that returns the documents' {@code ord}
     */
    public String delete() {
        return rendered.of("delete", () -> renderDelete());
    }

    private String renderDelete() {
        List<TableField<?, ?>> key = new ArrayList<>();
        table.up().forEach(up -> key.add(up.column()));
        mapping.identity().stream().filter(column -> !key.contains(column)).forEach(key::add);
        return terms.deleteGone(
                table.rows("z"),
                "z",
                key,
                table.up().stream().map(ParentColumn::column).toList(),
                Terms.staged("d", "ord"),
                table.lookedUpBelow(
                        documents
                                .documents("d")
                                .join(documents.lookedUp("t", "d"))
                                .on(trueCondition()),
                        "z"),
                notExists(selectOne()
                        .from(table.staged("s"))
                        .where(ORD.eq(Terms.staged("d", "ord")))
                        .and(table.isOnTheWay("s"))
                        .and(table.hasIdentity("z", "s"))));
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
        Set<TableField<?, ?>> filled = new HashSet<>(columnsUsed());
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
     * Lets the staged rows of some documents keep what columns with a default hold, where a document has no value: the
     * rows are about to be deleted and inserted again.
     *
     * @param ords the documents
     * @return the statement; empty if this table has no such column
     */
    public Optional<String> keepOldValues(List<Integer> ords) {
        Map<Field<?>, Field<?>> kept = new LinkedHashMap<>();
        for (int i = 0; i < mapping.columns().size(); i++) {
            ColumnMapping column = mapping.columns().get(i);
            if (column.keepsOldValue()) {
                kept.put(
                        DSL.field(name("c" + i), Object.class),
                        DSL.coalesce(Terms.staged("w", "c" + i), Terms.field("z", column.column())));
            }
        }
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Sql.text(Sql.dsl()
                .update(table.staged("w"))
                .set(kept)
                .from(table.stagedWithParents()
                        .join(table.rows("z"))
                        .on(table.isChildOf("z", table.above()).and(table.hasIdentity("z", "s"))))
                .where(ORD.in(ords.stream().map(DSL::inline).toList()))
                .and(DSL.field(name("w", "ctid")).eq(DSL.field(name("s", "ctid"))))));
    }

    /**
     * Deletes all rows that some documents have in this table. Rows below them are deleted first, by the tables below.
     *
     * @param ords the documents
     * @return the statement
     */
    public String deleteAll(List<Integer> ords) {
        Table<?> above = table.rowsAbove(
                documents.documents("d").join(documents.rows("t")).on(documents.isRowOf("t", "d")));
        return Sql.text(Sql.dsl()
                .deleteFrom(table.rows("z"))
                .using(above)
                .where(table.isChildOf("z", table.above()))
                .and(Terms.staged("d", "ord").in(ords.stream().map(DSL::inline).toList())));
    }

    /**
     * Updates the rows that differ.
     *
     * @return a statement that returns the documents' {@code ord}
     */
    public String update() {
        return rendered.of(
                "update",
                () -> image.update(
                        table.rows("z"),
                        "z",
                        table.stagedWithParents(),
                        table.isChildOf("z", table.above()).and(table.hasIdentity("z", "s")),
                        ChildMerge::stagedId));
    }

    private static Field<?> stagedId(Reference reference) {
        return Terms.staged("s", reference.id());
    }

    /**
     * Inserts the rows that are not there.
     *
     * @param anyExisting whether any of the documents had a row before
     * @return a statement that returns the {@code ord} of the document of each row, if any had
     */
    public String insert(boolean anyExisting) {
        return rendered.of("insert " + anyExisting, () -> renderInsert(anyExisting));
    }

    private String renderInsert(boolean anyExisting) {
        Map<Field<?>, Field<?>> values = new LinkedHashMap<>();
        for (ParentColumn column : table.up()) {
            values.put(Terms.bare(column.column()), Terms.field(table.above(), column.parent()));
        }
        values.putAll(image.inserts(terms, ChildMerge::stagedId));
        Condition isNew = anyExisting
                ? notExists(selectOne()
                        .from(table.rows("x"))
                        .where(table.isChildOf("x", table.above()))
                        .and(table.hasIdentity("x", "s")))
                : trueCondition();
        if (!anyExisting) {
            return Sql.text(Sql.dsl()
                    .insertInto(table.rows("z"), values.keySet())
                    .select(DSL.select(values.values())
                            .from(table.stagedWithParents())
                            .orderBy(ORD)));
        }
        List<Field<?>> wanted = new ArrayList<>(List.of(ORD.as("ord")));
        List<Field<Object>> named = new ArrayList<>();
        int column = 0;
        for (Field<?> value : values.values()) {
            wanted.add(value.as("v" + column));
            named.add(Terms.staged("wanted", "v" + column++));
        }
        return Sql.text(Sql.dsl()
                .with(name("wanted")
                        .as(DSL.select(wanted).from(table.stagedWithParents()).where(isNew)))
                .with(name("added")
                        .as(Sql.dsl()
                                .insertInto(table.rows("z"), values.keySet())
                                .select(DSL.select(named).from(DSL.table(name("wanted"))))
                                .returning(inline(1))))
                .select(Terms.staged("wanted", "ord"))
                .from(DSL.table(name("wanted"))));
    }
}
