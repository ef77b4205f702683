package io.docrows.internal.table;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.ReferenceMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The table that gets one row for each document. In its statements {@code t} is that table, {@code s} the staged
 * documents, and {@code pN} the table that reference N leads to. Immutable and thread-safe.
 *
 * <p>An upsert is an {@code UPDATE} of what is there and an {@code INSERT} of what is not, rather than one
 * {@code INSERT … ON CONFLICT}: the latter draws a sequence value for every row, changed or not, and would use up the
 * identity column of a table that is loaded every hour. The {@code INSERT} keeps its {@code ON CONFLICT} for rows that
 * someone else inserts meanwhile.
 */
public final class RowTable {

    private static final Field<Object> ORD = Terms.staged("s", "ord");

    private final CollectionMapping<?> mapping;
    private final Rendered rendered = new Rendered();
    private final Terms terms;
    private final Stage stage;
    private final List<Reference> references;
    private final RowImage image;
    private final RowKey key;

    RowTable(CollectionMapping<?> mapping, TableCatalog catalog, Stage stage) {
        this.mapping = mapping;
        this.terms = new Terms(catalog);
        this.key = new RowKey(mapping, catalog);
        this.stage = stage;
        this.references = references(mapping.references());
        this.image = new RowImage(mapping.columns(), references, Set.copyOf(mapping.key()));
    }

    static List<Reference> references(List<? extends ReferenceMapping<?>> mappings) {
        return IntStream.range(0, mappings.size())
                .mapToObj(number -> new Reference(number, mappings.get(number)))
                .toList();
    }

    /**
     * The mapping of the documents.
     *
     * @return as it was built
     */
    public CollectionMapping<?> mapping() {
        return mapping;
    }

    /**
     * How the documents find their rows.
     *
     * @return the key
     */
    public RowKey key() {
        return key;
    }

    /**
     * The references of the documents' rows.
     *
     * @return the references, by number
     */
    public List<Reference> references() {
        return references;
    }

    RowImage image() {
        return image;
    }

    /**
     * What statements on the table are made of.
     *
     * @return the terms
     */
    public Terms terms() {
        return terms;
    }

    Stage stage() {
        return stage;
    }

    /**
     * The staged documents.
     *
     * @param alias the alias that they get
     * @return the table
     */
    public Table<Record> documents(String alias) {
        return Stage.table(stage.documents(), alias);
    }

    /**
     * The documents' rows.
     *
     * @param alias the alias that they get
     * @return the table
     */
    public Table<Record> rows(String alias) {
        return Terms.table(mapping.table(), alias);
    }

    /**
     * Whether a row is that of a staged document.
     *
     * @param row the row's alias
     * @param document the document's alias
     * @return a condition
     */
    public Condition isRowOf(String row, String document) {
        return key.isRowOf(row, document);
    }

    /** A column of the key, of an aliased row. */
    Field<Object> keyOf(String row) {
        return Terms.field(row, mapping.key().get(0));
    }

    /**
     * The rows of staged documents, each found by a look-up of its own: a subquery with a limit is not merged into the
     * join. Where PostgreSQL has no statistics yet, it would rather read all of a table, for every batch anew.
     */
    Table<?> lookedUp(String alias, String document) {
        return lateral(DSL.select(DSL.asterisk())
                        .from(rows("x"))
                        .where(isRowOf("x", document))
                        .limit(inline(1)))
                .as(DSL.name(alias));
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
        Table<?> from = documents("s").leftJoin(lookedUp("t", "s")).on(trueCondition());
        List<Condition> conditions = new ArrayList<>(List.of(keyOf("t").isNull()));
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
            from = link.joinLinked(from);
            conditions.add(link.linksDiffer());
        }
        return Sql.text(
                DSL.select(ORD, DSL.field(keyOf("t").isNotNull())).from(from).where(or(conditions)));
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
        return Sql.text(DSL.select(ORD).from(documents("s")).where(parentIsMissing(reference)));
    }

    /**
     * Whether the row that a staged document {@code s} refers to is not there.
     *
     * @param reference the reference
     * @return a condition
     */
    public Condition parentIsMissing(Reference reference) {
        return Terms.staged("s", reference.key())
                .isNotNull()
                .and(notExists(selectOne()
                        .from(Terms.tableOf(reference.mapping().parentKey(), "p"))
                        .where(reference.leadsTo(terms, "p", "s"))));
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
            order.add(DSL.field(exists(
                            selectOne().from(rows("x")).where(isRowOf("x", "s")).and(sameAsTarget)))
                    .desc());
        }
        order.add(ORD);
        Field<Integer> place =
                rowNumber().over().partitionBy(values).orderBy(order).as("n");
        Select<?> ranked = DSL.select(ORD, place).from(documents("s")).where(present);
        Condition taken = trueCondition();
        if (anyExisting) {
            taken = notExists(
                    selectOne().from(documents("o")).where(isRowOf("x", "o")).and(movesAway("o", "x", unique)));
        }
        return Sql.text(DSL.select(DSL.field(DSL.name("ranked", "ord")))
                .from(ranked.asTable("ranked"))
                .where(DSL.field(DSL.name("ranked", "n"), Integer.class).gt(inline(1)))
                .union(DSL.select(ORD)
                        .from(documents("s"))
                        .join(rows("x"))
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
     * @return the statement
     */
    public String vacate(UniqueConstraint unique) {
        return rendered.of("vacate " + unique.name(), () -> renderVacate(unique));
    }

    private String renderVacate(UniqueConstraint unique) {
        Condition taken = sameValue("t", "o", unique);
        return Sql.text(Sql.dsl()
                .update(rows("t"))
                .set(Map.of(Terms.bare(column(unique.nullable())), DSL.inline((Object) null)))
                .from(documents("s"))
                .where(isRowOf("t", "s"))
                .and(movesAway("s", "t", unique))
                .and(exists(selectOne()
                        .from(documents("o"))
                        .where(key.differs("o", "s"))
                        .and(taken))));
    }

    /**
     * Updates the rows that differ.
     *
     * @return a statement that returns the {@code ord} of each
     */
    public String update() {
        return rendered.of("update", () -> renderUpdate());
    }

    private String renderUpdate() {
        if (image.isEmpty()) {
            return "SELECT NULL::int4 WHERE false";
        }
        return Sql.text(Sql.dsl()
                .update(rows("t"))
                .set(image.updates("t", "s", this::parentId))
                .from(documentsWithParents())
                .where(isRowOf("t", "s"))
                .and(Terms.differ(image.stored("t", "s"), image.wanted("t", "s", this::parentId)))
                .returning(ORD));
    }

    private Field<?> parentId(Reference reference) {
        return reference.idOf(reference.id());
    }

    /** The staged documents and the rows that their references lead to. */
    private Table<?> documentsWithParents() {
        Table<?> from = documents("s");
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
        Map<Field<?>, Field<?>> values = new LinkedHashMap<>();
        int number = 0;
        for (ColumnMapping column : mapping.columns()) {
            values.put(Terms.bare(column.column()), RowImage.inserted(terms, column, number++, "s"));
        }
        references.forEach(reference -> values.put(Terms.bare(reference.column()), parentId(reference)));
        Condition isNew =
                anyExisting ? notExists(selectOne().from(rows("x")).where(isRowOf("x", "s"))) : trueCondition();
        var insert = Sql.dsl()
                .insertInto(rows("t"), values.keySet())
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
                        List.copyOf(excluded.values()))));
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
                        .insertMissing(documents("s"), Terms.staged("s", reference.key())));
    }

    /**
     * Whether a reference leads to this table itself.
     *
     * @param reference a reference of this table or of one below it
     * @return true if documents refer to each other
     */
    public boolean leadsHere(Reference reference) {
        return mapping.table().equals(QualifiedName.tableOf(reference.mapping().parentKey()));
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
                .update(rows("t"))
                .set(Map.of(Terms.bare(reference.column()), reference.idOf("p")))
                .from(documents("s").join(rows("p")).on(reference.leadsTo(terms, "p", "s")))
                .where(isRowOf("t", "s"))
                .and(terms.distinct(
                        reference.mapping().parentId(), Terms.field("t", reference.column()), reference.idOf("p")))
                .returning(ORD));
    }

    /**
     * Deletes rows of this table. Rows below them, and rows of join tables, are deleted first.
     *
     * @param doomed their keys
     * @return the statement
     */
    public String deleteOf(DoomedRows doomed) {
        return Sql.text(Sql.dsl().deleteFrom(rows("t")).using(doomed.table()).where(doomed.isRow("t")));
    }
}
