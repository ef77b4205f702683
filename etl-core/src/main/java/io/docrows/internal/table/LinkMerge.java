package io.docrows.internal.table;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;

import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.Join;
import io.docrows.mapping.JoinMapping;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The statements that make the rows of a join table equal to the staged elements. For their aliases see
 * {@link LinkTable}. Immutable and thread-safe.
 */
public final class LinkMerge {

    private static final Field<Object> ORD = Terms.staged("s", "ord");

    private final LinkTable table;
    private final Rendered rendered = new Rendered();
    private final JoinMapping mapping;
    private final Join<?> join;
    private final RowTable documents;
    private final Terms terms;
    private final LookupTable lookup;

    LinkMerge(LinkTable table) {
        this.table = table;
        this.mapping = table.mapping();
        this.join = mapping.join();
        this.documents = table.documents();
        this.terms = documents.terms();
        this.lookup = new LookupTable(join.lookup(), terms);
    }

    /**
     * Finds the staged documents with an element that the lookup table does not hold.
     *
     * @return a query for their {@code ord}
     */
    public String missingLookups() {
        return rendered.of("missingLookups", () -> renderMissingLookups());
    }

    private String renderMissingLookups() {
        return Sql.text(DSL.selectDistinct(Terms.staged("e", "ord"))
                .from(table.elements("e"))
                .where(lookup.isMissing("l", Terms.staged("e", "value"))));
    }

    /**
     * Inserts the elements that the lookup table does not hold.
     *
     * @return the statement
     */
    public String insertLookups() {
        return rendered.of(
                "insertLookups", () -> lookup.insertMissing(table.elements("e"), Terms.staged("e", "value")));
    }

    /**
     * Deletes the rows that left their document's array.
     *
     * @return a statement that returns the documents' {@code ord}
     */
    public String delete() {
        return rendered.of("delete", () -> renderDelete());
    }

    private String renderDelete() {
        return terms.deleteGone(
                table.links("j"),
                "j",
                List.of(join.owner(), join.other()),
                List.of(join.owner()),
                ORD,
                documents
                        .documents("s")
                        .join(documents.lookedUp("t", "s"))
                        .on(trueCondition())
                        .join(linksLookedUp("j", "t"))
                        .on(trueCondition()),
                notExists(selectOne()
                        .from(table.elements("e"))
                        .join(Terms.tableOf(join.lookup(), "l"))
                        .on(table.isNamed())
                        .where(Terms.staged("e", "ord").eq(ORD))
                        .and(table.leadsTo("j", "l"))));
    }

    /** The links of a row, looked up for each row where an index serves, whatever PostgreSQL believes of the table. */
    private Table<?> linksLookedUp(String link, String row) {
        var links = DSL.select(DSL.asterisk()).from(table.links("y")).where(table.isLinkOf("y", row));
        return lateral(table.isIndexed() ? links.offset(inline(0)) : links).as(name(link));
    }

    /**
     * Inserts the rows that are new.
     *
     * @param anyExisting whether any of the documents had a row before
     * @return a statement that returns the {@code ord} of the document of each row, if any had
     */
    public String insert(boolean anyExisting) {
        return rendered.of("insert " + anyExisting, () -> renderInsert(anyExisting));
    }

    private String renderInsert(boolean anyExisting) {
        Field<Object> owner = Terms.bare(join.owner());
        Field<Object> other = Terms.bare(join.other());
        Condition isNew = anyExisting
                ? notExists(selectOne()
                        .from(table.links("x"))
                        .where(table.isLinkOf("x", "t"))
                        .and(table.leadsTo("x", "l")))
                : trueCondition();
        var links = Sql.dsl()
                .insertInto(Terms.table(join.table(), "j"), owner, other)
                .select(DSL.select(Terms.field("t", mapping.ownerId()), Terms.field("l", mapping.otherId()))
                        .from(table.elements("e"))
                        .join(documents.documents("s"))
                        .on(ORD.eq(Terms.staged("e", "ord")))
                        .join(documents.rows("t"))
                        .on(documents.isRowOf("t", "s"))
                        .join(Terms.tableOf(join.lookup(), "l"))
                        .on(table.isNamed())
                        .where(isNew));
        // A row that another constraint refuses is not there already: that is the document's fault.
        var insert = terms.catalog().settles(join.table())
                ? links.onConflict(owner, other).doNothing()
                : links.onConflictDoNothing();
        if (!anyExisting) {
            return Sql.text(insert);
        }
        Field<Object> added = DSL.field(name("added", join.owner().getName()), Object.class);
        return Sql.text(Sql.dsl()
                .with(name("added").as(insert.returning(owner)))
                .select(ORD)
                .from(DSL.table(name("added")))
                .join(documents.rows("t"))
                .on(terms.same(mapping.ownerId(), added, Terms.field("t", mapping.ownerId())))
                .join(documents.documents("s"))
                .on(documents.isRowOf("t", "s")));
    }

    /**
     * Joins the ids that the documents' rows are linked to, where no index serves to look them up row by row: then the
     * join table is read once.
     */
    Table<?> joinLinked(Table<?> from) {
        if (table.isIndexed()) {
            return from;
        }
        Field<Object> other = Terms.field("j", join.other());
        Select<?> all = DSL.select(
                        Terms.staged("z", "ord"),
                        DSL.arrayAgg(other).orderBy(other).as("ids"))
                .from(documents.documents("z"))
                .join(documents.rows("o"))
                .on(documents.isRowOf("o", "z"))
                .join(table.links("j"))
                .on(table.isLinkOf("j", "o"))
                .groupBy(Terms.staged("z", "ord"));
        String linked = "y" + table.number();
        return from.leftJoin(all.asTable(linked)).on(Terms.staged(linked, "ord").eq(ORD));
    }

    /** Whether a document's links differ from those of its row, or one of its elements leads to no known row. */
    Condition linksDiffer() {
        Field<Object> stored = table.isIndexed()
                ? ids()
                : DSL.field("COALESCE({0}, '{}')", Object.class, Terms.staged("y" + table.number(), "ids"));
        return DSL.condition("{0} IS DISTINCT FROM {1}", wantedIds(), stored);
    }

    /** The ids that a document is to be linked to, in order; NULL if one of them is not known. */
    private Field<Object> wantedIds() {
        Field<Object> ids = Terms.staged("s", table.linkedIds());
        return Number.class.isAssignableFrom(join.other().getType())
                ? ids
                : DSL.field(
                        "CASE WHEN {0} IS NOT NULL THEN ARRAY(SELECT unnest({0}) ORDER BY 1) END", Object.class, ids);
    }

    /** The ids that one row is linked to, in order. */
    private Field<Object> ids() {
        return DSL.field(
                "ARRAY({0})",
                Object.class,
                DSL.select(Terms.field("j", join.other()))
                        .from(table.links("j"))
                        .where(table.isLinkOf("j", "t"))
                        .orderBy(inline(1)));
    }
}
