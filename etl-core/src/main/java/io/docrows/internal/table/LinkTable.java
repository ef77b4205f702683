package io.docrows.internal.table;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.Join;
import io.docrows.mapping.JoinMapping;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * A join table between the documents' own table and a lookup table, whose rows equal an array. In its statements
 * {@code t} are rows of the documents' table, {@code s} the staged documents, {@code e} staged elements, {@code l} the
 * lookup table and {@code j} the join table. Immutable and thread-safe.
 */
public final class LinkTable {

    private static final Field<Object> ORD = Terms.staged("s", "ord");

    private final int number;
    private final JoinMapping mapping;
    private final Join<?> join;
    private final RowTable documents;
    private final Rendered rendered = new Rendered();
    private final Terms terms;
    private final LookupTable lookup;

    LinkTable(int number, JoinMapping mapping, RowTable documents) {
        this.number = number;
        this.mapping = mapping;
        this.join = mapping.join();
        this.documents = documents;
        this.terms = documents.terms();
        this.lookup = new LookupTable(join.lookup(), terms);
    }

    /**
     * This table's number among the join tables of its mapping.
     *
     * @return from 0
     */
    public int number() {
        return number;
    }

    /**
     * What the mapping says of it.
     *
     * @return as it was built
     */
    public JoinMapping mapping() {
        return mapping;
    }

    /**
     * The staging table of the array's elements.
     *
     * @return its qualified name
     */
    public String elements() {
        return documents.stage().elements(number);
    }

    /**
     * The column of the staged documents that holds the ids which a document is to be linked to.
     *
     * @return its name
     */
    public String linkedIds() {
        return "l" + number;
    }

    /**
     * Makes the staging table of the elements.
     *
     * @return the statement
     */
    public String createElements() {
        Stage stage = documents.stage();
        return stage.create(
                elements(),
                DSL.select(stage.ord(), Terms.field("t", join.lookup()).as("value"))
                        .from(Terms.tableOf(join.lookup(), "t")));
    }

    Table<Record> elements(String alias) {
        return Stage.table(elements(), alias);
    }

    Table<Record> links(String alias) {
        return Terms.table(join.table(), alias);
    }

    RowTable documents() {
        return documents;
    }

    /** Whether a lookup table's row is the one that an element names. */
    Condition isNamed() {
        return terms.same(join.lookup(), Terms.field("l", join.lookup()), Terms.staged("e", "value"));
    }

    /**
     * Whether a join row belongs to a row of the documents' table.
     *
     * @param link the alias of the join row
     * @param row the alias of the other one
     * @return the condition
     */
    public Condition isLinkOf(String link, String row) {
        return terms.same(mapping.ownerId(), Terms.field(link, join.owner()), Terms.field(row, mapping.ownerId()));
    }

    /** Whether a join row leads to a row of the lookup table. */
    Condition leadsTo(String link, String other) {
        return terms.same(mapping.otherId(), Terms.field(other, mapping.otherId()), Terms.field(link, join.other()));
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
                .from(elements("e"))
                .where(lookup.isMissing("l", Terms.staged("e", "value"))));
    }

    /**
     * Inserts the elements that the lookup table does not hold.
     *
     * @return the statement
     */
    public String insertLookups() {
        return rendered.of("insertLookups", () -> lookup.insertMissing(elements("e"), Terms.staged("e", "value")));
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
                links("j"),
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
                        .from(elements("e"))
                        .join(Terms.tableOf(join.lookup(), "l"))
                        .on(isNamed())
                        .where(Terms.staged("e", "ord").eq(ORD))
                        .and(leadsTo("j", "l"))));
    }

    /** The links of a row, looked up for each row where an index serves, whatever PostgreSQL believes of the table. */
    private Table<?> linksLookedUp(String link, String row) {
        var links = DSL.select(DSL.asterisk()).from(links("y")).where(isLinkOf("y", row));
        return lateral(isIndexed() ? links.offset(inline(0)) : links).as(name(link));
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
                ? notExists(
                        selectOne().from(links("x")).where(isLinkOf("x", "t")).and(leadsTo("x", "l")))
                : trueCondition();
        var insert = Sql.dsl()
                .insertInto(Terms.table(join.table(), "j"), owner, other)
                .select(DSL.select(Terms.field("t", mapping.ownerId()), Terms.field("l", mapping.otherId()))
                        .from(elements("e"))
                        .join(documents.documents("s"))
                        .on(ORD.eq(Terms.staged("e", "ord")))
                        .join(documents.rows("t"))
                        .on(documents.isRowOf("t", "s"))
                        .join(Terms.tableOf(join.lookup(), "l"))
                        .on(isNamed())
                        .where(isNew))
                .onConflictDoNothing();
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
        if (isIndexed()) {
            return from;
        }
        Field<Object> other = Terms.field("j", join.other());
        Select<?> all = DSL.select(
                        Terms.staged("z", "ord"),
                        DSL.arrayAgg(other).orderBy(other).as("ids"))
                .from(documents.documents("z"))
                .join(documents.rows("o"))
                .on(documents.isRowOf("o", "z"))
                .join(links("j"))
                .on(isLinkOf("j", "o"))
                .groupBy(Terms.staged("z", "ord"));
        String linked = "y" + number;
        return from.leftJoin(all.asTable(linked)).on(Terms.staged(linked, "ord").eq(ORD));
    }

    /** Whether a document's links differ from those of its row, or one of its elements leads to no known row. */
    Condition linksDiffer() {
        Field<Object> stored =
                isIndexed() ? ids() : DSL.field("COALESCE({0}, '{}')", Object.class, Terms.staged("y" + number, "ids"));
        return DSL.condition("{0} IS DISTINCT FROM {1}", wantedIds(), stored);
    }

    /** The ids that a document is to be linked to, in order; NULL if one of them is not known. */
    private Field<Object> wantedIds() {
        Field<Object> ids = Terms.staged("s", linkedIds());
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
                        .from(links("j"))
                        .where(isLinkOf("j", "t"))
                        .orderBy(inline(1)));
    }

    /** Whether an index begins with the column that leads to the documents' table. */
    private boolean isIndexed() {
        return Terms.beginsWith(join.table(), List.of(join.owner()));
    }

    /**
     * What PostgreSQL calls the type of the linked ids, as a number.
     *
     * @return a query for it, once the table of documents is there
     */
    public String typeOfLinkedIds() {
        return "SELECT t.typelem::int8 FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid"
                + " WHERE a.attrelid = '" + documents.stage().documents() + "'::regclass AND a.attname = '"
                + linkedIds() + "'";
    }

    /**
     * The column of the linked ids, for the query that makes the table of documents.
     *
     * @return an expression with its name
     */
    public Field<?> linkedIdsColumn() {
        return DSL.field(DSL.select(DSL.array(Terms.field("x", join.other())))
                        .from(links("x"))
                        .limit(inline(1)))
                .as(linkedIds());
    }

    /**
     * Deletes the rows that belong to rows of the documents' table.
     *
     * @param rows a table of keys
     * @return the statement
     */
    public String deleteOf(DoomedRows rows) {
        return Sql.text(Sql.dsl()
                .deleteFrom(links("j"))
                .using(documents.rows("t").join(rows.table()).on(rows.isRow("t")))
                .where(isLinkOf("j", "t")));
    }

    /**
     * The lookup table's name, for people.
     *
     * @return schema and name
     */
    public String lookupName() {
        return QualifiedName.text(QualifiedName.tableOf(join.lookup()));
    }
}
