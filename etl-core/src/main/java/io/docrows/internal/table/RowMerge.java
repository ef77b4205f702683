package io.docrows.internal.table;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;

import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.CollectionMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The statements that make the rows of the documents' own table equal to the staged ones. For their aliases see
 * {@link RowTable}. Immutable and thread-safe.
 *
 * <p>An upsert is an {@code UPDATE} of what is there and an {@code INSERT} of what is not, rather than one
 * {@code INSERT … ON CONFLICT}: the latter draws a sequence value for every row, changed or not, and would use up the
 * identity column of a table that is loaded every hour. The {@code INSERT} keeps its {@code ON CONFLICT} for rows that
 * someone else inserts meanwhile.
 */
public final class RowMerge {

    private static final Field<Object> ORD = Terms.staged("s", "ord");

    private final RowTable table;
    private final Rendered rendered = new Rendered();
    private final CollectionMapping<?> mapping;
    private final Terms terms;
    private final List<Reference> references;
    private final RowImage image;
    private final RowKey key;
    private final OwnedRows own;

    RowMerge(RowTable table) {
        this.table = table;
        this.mapping = table.mapping();
        this.terms = table.terms();
        this.references = table.references();
        this.image = table.image();
        this.key = table.key();
        this.own = new OwnedRows(mapping, terms.catalog());
    }

    /**
     * Finds the staged documents which may have something to write in this table or in a join table: whose row or links
     * are missing or differ, or which lead to a row that is not known. All others need no further look here.
     *
     * @param links the join tables
     * @return a query for the {@code ord} of each such document, and whether it has a row
     */
    public String changed(List<LinkTable> links) {
        return rendered.of("changed", () -> renderChanged(links));
    }

    private String renderChanged(List<LinkTable> links) {
        Table<?> from = table.documents("s").leftJoin(table.lookedUp("t", "s")).on(trueCondition());
        List<Condition> conditions = new ArrayList<>(List.of(table.keyOf("t").isNull()));
        for (Reference reference : references) {
            conditions.add(Terms.staged("s", reference.key())
                    .isNotNull()
                    .and(Terms.staged("s", reference.id()).isNull()));
        }
        if (!image.isEmpty()) {
            conditions.add(Terms.differ(
                    image.stored("t", "s"), image.wanted("t", "s", reference -> Terms.staged("s", reference.id()))));
        }
        for (LinkTable link : links) {
            from = link.merge().joinLinked(from);
            conditions.add(link.merge().linksDiffer());
        }
        return Sql.text(DSL.select(ORD, DSL.field(table.keyOf("t").isNotNull()))
                .from(from)
                .where(or(conditions)));
    }

    /**
     * Finds the staged documents that refer to a row that is not there.
     *
     * @param reference the reference
     * @return a query for their {@code ord}
     */
    public String missingParents(Reference reference) {
        return rendered.of("missingParents " + reference.number(), () -> renderMissingParents(reference));
    }

    private String renderMissingParents(Reference reference) {
        return Sql.text(DSL.select(ORD).from(table.documents("s")).where(table.parentIsMissing(reference)));
    }

    /**
     * Finds the staged documents that a unique constraint would refuse. Of those with the same value the one that holds
     * it already stays, else the first; a row that gives up its value in this very batch does not stand in the way of
     * another.
     *
     * @param unique the constraint
     * @param anyExisting whether any of the documents has a row
     * @return a query for their {@code ord}
     */
    public String duplicates(UniqueConstraint unique, boolean anyExisting) {
        return rendered.of(
                "duplicates " + unique.name() + " " + anyExisting, () -> renderDuplicates(unique, anyExisting));
    }

    private String renderDuplicates(UniqueConstraint unique, boolean anyExisting) {
        List<Field<Object>> values = staged("s", unique);
        Condition present = Terms.all(values.stream().map(Field::isNotNull).toList());
        Condition sameAsTarget = sameValue("x", "s", unique);
        List<OrderField<?>> order = new ArrayList<>();
        if (anyExisting) {
            order.add(DSL.field(exists(selectOne()
                            .from(table.rows("x"))
                            .where(key.isRowOf("x", "s"))
                            .and(sameAsTarget)))
                    .desc());
        }
        order.add(ORD);
        Field<Integer> place =
                rowNumber().over().partitionBy(values).orderBy(order).as("n");
        Select<?> ranked = DSL.select(ORD, place).from(table.documents("s")).where(present);
        Condition taken = trueCondition();
        if (anyExisting) {
            taken = notExists(selectOne()
                    .from(table.documents("o"))
                    .where(key.isRowOf("x", "o"))
                    .and(movesAway("o", "x", unique)));
        }
        return Sql.text(DSL.select(DSL.field(DSL.name("ranked", "ord")))
                .from(ranked.asTable("ranked"))
                .where(DSL.field(DSL.name("ranked", "n"), Integer.class).gt(inline(1)))
                .union(DSL.select(ORD)
                        .from(table.documents("s"))
                        .join(table.rows("x"))
                        .on(sameAsTarget.and(key.isOther("x", "s")))
                        .where(taken)));
    }

    private List<Field<Object>> staged(String alias, UniqueConstraint unique) {
        return unique.columns().stream()
                .map(number -> Terms.staged(alias, "c" + number))
                .toList();
    }

    private Condition sameValue(String row, String document, UniqueConstraint unique) {
        return Terms.all(unique.columns().stream()
                .map(number -> terms.same(
                        column(number), Terms.staged(document, "c" + number), Terms.field(row, column(number))))
                .toList());
    }

    /** Whether a document gives up the value that a row has. */
    private Condition movesAway(String document, String row, UniqueConstraint unique) {
        return or(unique.columns().stream()
                .map(number -> terms.distinct(
                        column(number), Terms.staged(document, "c" + number), Terms.field(row, column(number))))
                .toList());
    }

    private TableField<?, ?> column(int number) {
        return mapping.columns().get(number).column();
    }

    /**
     * Sets a unique column to NULL in rows that are about to pass their value on to another row of this batch: an
     * immediate constraint would refuse two rows that swap their values in one statement.
     *
     * @param unique a constraint of which a column may be NULL
     * @return a statement that returns the {@code ord} of each
     */
    public String vacate(UniqueConstraint unique) {
        return rendered.of("vacate " + unique.name(), () -> renderVacate(unique));
    }

    private String renderVacate(UniqueConstraint unique) {
        Condition taken = sameValue("t", "o", unique);
        return Sql.text(Sql.dsl()
                .update(table.rows("t"))
                .set(Map.of(Terms.bare(column(unique.nullable())), DSL.inline((Object) null)))
                .from(table.documents("s"))
                .where(key.isRowOf("t", "s"))
                .and(movesAway("s", "t", unique))
                .and(exists(selectOne()
                        .from(table.documents("o"))
                        .where(key.differs("o", "s"))
                        .and(taken)))
                .returning(ORD));
    }

    /**
     * Updates the rows that differ.
     *
     * @return a statement that returns the {@code ord} of each
     */
    public String update() {
        return rendered.of(
                "update",
                () -> image.update(
                        table.rows("t"), "t", documentsWithParents(), key.isRowOf("t", "s"), this::parentId));
    }

    /**
     * Replaces the rows that differ: deletes them, and inserts them as their documents want them and, in columns that
     * no document fills, as they were. So they can pass unique values on to each other. In one statement: foreign keys
     * of other tables are checked at its end, when the rows are there again.
     *
     * @param columns all columns of the table that can be written
     * @return a statement that returns the {@code ord} of each
     */
    public String replace(List<String> columns) {
        return image.replace(
                mapping.table(), "t", documentsWithParents(), key.isRowOf("t", "s"), this::parentId, columns);
    }

    private Field<?> parentId(Reference reference) {
        return reference.idOf(reference.id());
    }

    /** The staged documents and the rows that their references lead to. */
    private Table<?> documentsWithParents() {
        Table<?> from = table.documents("s");
        for (Reference reference : references) {
            from = from.leftJoin(Terms.tableOf(reference.mapping().parentKey(), reference.id()))
                    .on(reference.leadsTo(terms, reference.id(), "s"));
        }
        return from;
    }

    /**
     * Inserts the rows that are not there, in the order of the documents.
     *
     * @param anyExisting whether any of the documents has a row
     * @return the statement
     */
    public String insert(boolean anyExisting) {
        return rendered.of("insert " + anyExisting, () -> renderInsert(anyExisting));
    }

    private String renderInsert(boolean anyExisting) {
        Map<Field<?>, Field<?>> values = image.inserts(terms, this::parentId);
        Condition isNew = anyExisting
                ? notExists(selectOne().from(table.rows("x")).where(key.isRowOf("x", "s")))
                : trueCondition();
        var insert = Sql.dsl()
                .insertInto(table.rows("t"), values.keySet())
                .select(DSL.select(values.values())
                        .from(documentsWithParents())
                        .where(isNew)
                        .orderBy(ORD))
                .onConflict(mapping.key().stream().map(Terms::bare).toList());
        List<TableField<?, ?>> others = image.targets();
        if (others.isEmpty()) {
            return Sql.text(insert.doNothing());
        }
        Map<Field<?>, Field<?>> excluded = new LinkedHashMap<>();
        others.forEach(column -> excluded.put(Terms.bare(column), Terms.field("excluded", column)));
        return Sql.text(insert.doUpdate()
                .set(excluded)
                .where(Terms.differ(
                        others.stream().map(column -> Terms.field("t", column)).toList(),
                        List.copyOf(excluded.values())))
                .and(own.mayBeOwn("t")));
    }

    /**
     * Finds out whether another mapping has meanwhile inserted a row with the key of a staged document.
     *
     * @return a query that returns a row if one has; none where no row can be another mapping's
     */
    public Optional<String> takenByOthers() {
        return own.canMeetOthers()
                ? Optional.of(rendered.of(
                        "takenByOthers",
                        () -> Sql.text(own.ofOthers(table.stage().documents()).limit(DSL.inline(1)))))
                : Optional.empty();
    }

    /**
     * Finds out whether a row was left out that was to be inserted.
     *
     * @return a query that returns a row if one was
     */
    public String leftOut() {
        return rendered.of(
                "leftOut",
                () -> Sql.text(selectOne()
                        .from(table.documents("s"))
                        .where(notExists(selectOne().from(table.rows("x")).where(key.isRowOf("x", "s"))))
                        .limit(DSL.inline(1))));
    }

    /**
     * Inserts what a reference with {@code insertMissing} leads to and what is not there.
     *
     * @param reference such a reference
     * @return the statement
     */
    public String insertLookups(Reference reference) {
        return rendered.of(
                "insertLookups " + reference.number(),
                () -> new LookupTable(reference.mapping().parentKey(), terms)
                        .insertMissing(table.documents("s"), Terms.staged("s", reference.key())));
    }

    /**
     * Fills in references to rows that this very batch inserted.
     *
     * @param reference a reference that leads to this table itself
     * @return a statement that returns the {@code ord} of each document concerned
     */
    public String referWithin(Reference reference) {
        return rendered.of("referWithin " + reference.number(), () -> renderReferWithin(reference));
    }

    private String renderReferWithin(Reference reference) {
        return Sql.text(Sql.dsl()
                .update(table.rows("t"))
                .set(Map.of(Terms.bare(reference.column()), reference.idOf("p")))
                .from(table.documents("s").join(table.rows("p")).on(reference.leadsTo(terms, "p", "s")))
                .where(key.isRowOf("t", "s"))
                .and(terms.distinct(
                        reference.mapping().parentId(), Terms.field("t", reference.column()), reference.idOf("p")))
                .returning(ORD));
    }
}
