package io.docrows.internal.table;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;

import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.ChildMapping;
import io.docrows.mapping.ChildMapping.ParentColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
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
    private final RowImage image;

    ChildMerge(ChildTable table) {
        this.table = table;
        this.documents = table.documents();
        this.mapping = table.mapping();
        this.terms = table.terms();
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
        List<Field<?>> columns = new ArrayList<>(way());
        for (TableField<?, ?> column : columnsUsed()) {
            columns.add(Terms.field("z", column).as(column.getName()));
        }
        Select<?> rows = DSL.select(columns)
                .from(table.lookedUpBelow(
                        documents
                                .documents("d")
                                .join(documents.lookedUp("t", "d"))
                                .on(trueCondition()),
                        "z"));
        Condition differs = Terms.differ(image.stored(stored, "s"), image.wanted(stored, "s", ChildMerge::stagedId));
        return Sql.text(DSL.selectDistinct(DSL.coalesce(ORD, Terms.staged(stored, STORED_ORD)))
                .from(table.staged("s").fullJoin(rows.asTable(stored)).on(isOf(stored)))
                .where(or(ORD.isNull(), Terms.staged(stored, STORED_ORD).isNull(), differs, table.isUnresolved())));
    }

    /** The document of a stored row, {@code z}, and the way from it to that row. */
    List<Field<?>> way() {
        List<Field<?>> way = new ArrayList<>();
        for (TableField<?, ?> column : table.way()) {
            way.add(Terms.field(table.aliasOf(column), column).as(STORED_WAY + way.size()));
        }
        way.add(Terms.staged("d", "ord").as(STORED_ORD));
        return way;
    }

    /** Whether a stored row, selected with the way to it, is that of a staged one. */
    Condition isOf(String stored) {
        List<Condition> same =
                new ArrayList<>(List.of(Terms.staged(stored, STORED_ORD).eq(ORD)));
        int way = 0;
        for (TableField<?, ?> column : table.way()) {
            same.add(terms.same(column, Terms.staged(stored, STORED_WAY + way), Terms.staged("s", "a" + way)));
            way++;
        }
        same.add(table.hasIdentity(stored, "s"));
        return Terms.all(same);
    }

    /** The columns of this table that statements compare. */
    List<TableField<?, ?>> columnsUsed() {
        List<TableField<?, ?>> used = new ArrayList<>();
        mapping.columns().forEach(column -> used.add(column.column()));
        table.references().forEach(reference -> used.add(reference.column()));
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

    static Field<?> stagedId(Reference reference) {
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
