package io.docrows.internal.compare;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectDistinct;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.when;

import io.docrows.error.RejectCode;
import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.Terms;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The set-based SQL that says what a run would do with one staged collection. In it, {@code s} are staged documents,
 * {@code t} is the mapped table, {@code pN} and {@code xN} are the rows that reference N leads to: those that are
 * there, and those that arrive in the same run. Documents that a run would refuse are taken out of the stage.
 */
final class PlanStatements {

    private static final Field<Object> ORD = Terms.staged("s", "ord");

    private final CollectionMapping<?> mapping;
    private final StageTables tables;
    private final Parents parents;
    private final boolean bookkeeping;
    private final DifferenceStatements differences;
    private final RowTable documents;
    private final Terms terms;

    PlanStatements(StagedCollection<?> staged, Parents parents, boolean bookkeeping) {
        this.mapping = staged.mapping();
        this.tables = staged.tables();
        this.parents = parents;
        this.bookkeeping = bookkeeping;
        this.differences = new DifferenceStatements(tables);
        this.documents = tables.tree().documents();
        this.terms = documents.terms();
    }

    DifferenceStatements differences() {
        return differences;
    }

    Parents parents() {
        return parents;
    }

    List<Reference> references() {
        return documents.references();
    }

    /** Moves documents from the stage to the rejects; {@code query} returns their {@code ord}. */
    String refuse(ResultQuery<?> query, RejectCode code) {
        return tables.refuse(query, code);
    }

    /** Documents that refer to one that is not there, nor will be when they are loaded. */
    Select<?> missingParents(Reference reference) {
        return select(ORD)
                .from(withParents(documents.documents("s"), reference, Field::lt))
                .where(staged(reference).isNotNull())
                .and(isMissing(reference));
    }

    private static Field<Object> staged(Reference reference) {
        return Terms.staged("s", reference.key());
    }

    private static Field<Object> stored(Reference reference, String column) {
        return Terms.staged("p" + reference.number(), column);
    }

    private static Field<Object> arriving(Reference reference, String column) {
        return Terms.staged("x" + reference.number(), column);
    }

    private static Condition isMissing(Reference reference) {
        return stored(reference, "v").isNull().and(arriving(reference, "v").isNull());
    }

    /** Where a table refers to itself, {@code bound} says which batches a row must have come with. */
    private Table<?> withParents(
            Table<?> rows, Reference reference, BiFunction<Field<Object>, Field<Object>, Condition> bound) {
        ReferenceMapping<?> to = reference.mapping();
        Condition arrives = leadsTo(reference, arriving(reference, "v"));
        if (leadsToItself(reference)) {
            arrives = arrives.and(bound.apply(arriving(reference, "batch"), Terms.staged("s", "batch")));
        }
        return rows.leftJoin(parents.stored(to.parentKey(), to.parentId(), "p" + reference.number()))
                .on(leadsTo(reference, stored(reference, "v")))
                .leftJoin(parents.arriving(to.parentKey(), "x" + reference.number()))
                .on(arrives);
    }

    /** Whether a document refers to a row of {@link Parents} with a key. */
    private Condition leadsTo(Reference reference, Field<Object> key) {
        return terms.same(reference.mapping().parentKey(), key, staged(reference));
    }

    boolean leadsToItself(Reference reference) {
        return documents.leadsHere(reference);
    }

    /** Documents with an element that a lookup table does not hold, nor will. */
    Select<?> missingLookups(LinkTable link) {
        TableField<?, ?> lookup = link.mapping().join().lookup();
        Field<Object> value = Terms.staged("e", "value");
        return selectDistinct(ORD)
                .from(documents.documents("s"))
                .join(Stage.table(link.elements(), "e"))
                .on(Terms.staged("e", "ord").eq(ORD))
                .leftJoin(parents.stored(lookup, link.mapping().otherId(), "p"))
                .on(terms.same(lookup, Terms.staged("p", "v"), value))
                .leftJoin(parents.arriving(lookup, "x"))
                .on(terms.same(lookup, Terms.staged("x", "v"), value))
                .where(Terms.staged("p", "v").isNull())
                .and(Terms.staged("x", "v").isNull());
    }

    /** Documents whose row exists and would change. */
    String updates() {
        List<Condition> flags = new ArrayList<>(differences.columnsDiffer());
        List<Condition> any = new ArrayList<>(List.of(differences.row().any()));
        Table<?> from = documents.documents("s").join(documents.rows("t")).on(documents.isRowOf("t", "s"));
        for (Reference reference : references()) {
            from = withPending(withParents(from, reference, Field::le), reference);
            flags.add(changes(reference));
            any.add(changes(reference));
        }
        flags.addAll(differences.othersDiffer());
        references().forEach(reference -> flags.add(falseCondition()));
        List<Field<?>> columns = new ArrayList<>(List.of(ORD));
        columns.addAll(tables.key().staged("s"));
        columns.add(inline(DifferenceStatements.DIFFERENT));
        flags.forEach(flag -> columns.add(field(flag)));
        return Sql.text(Sql.dsl()
                .insertInto(Stage.table(tables.differences()))
                .select(select(columns).from(from).where(or(any))));
    }

    /** References that wait are filled in when their row has arrived, before the referring document is met again. */
    private Table<?> withPending(Table<?> rows, Reference reference) {
        return isFilledInBefore(reference)
                ? new PendingReferenceStatements(mapping.table(), List.of(reference.column()))
                        .joined(
                                rows,
                                "w" + reference.number(),
                                tables.key().stagedText("s"),
                                Terms.text(staged(reference)))
                : rows;
    }

    private boolean isFilledInBefore(Reference reference) {
        return bookkeeping
                && reference.mapping().whenMissing() == MissingReference.PENDING
                && parents.isStaged(reference.mapping().parentKey())
                && !leadsToItself(reference);
    }

    private Condition changes(Reference reference) {
        Field<Object> column = Terms.field("t", reference.column());
        Condition unlessFilledIn = isFilledInBefore(reference)
                ? not(column.isNull().and(PendingReferenceStatements.isPending("w" + reference.number())))
                : noCondition();
        // What a lookup table does not hold is inserted there.
        Condition inserted =
                reference.mapping().insertMissing() ? staged(reference).isNotNull() : noCondition();
        return condition(when(
                        stored(reference, "v").isNotNull(),
                        field(terms.distinct(reference.mapping().parentId(), column, stored(reference, "id"))
                                .and(unlessFilledIn)))
                .when(
                        arriving(reference, "v").isNotNull(),
                        field(trueCondition().and(unlessFilledIn)))
                .otherwise(field(inserted.or(column.isNotNull()))));
    }

    /** How many documents are new. */
    String countNew() {
        return Sql.text(selectCount().from(documents.documents("s")).where(isNew()));
    }

    /** Whether a document has no row yet. */
    Condition isNew() {
        return notExists(selectOne().from(documents.rows("t")).where(documents.isRowOf("t", "s")));
    }

    /** How many documents are left in the stage. */
    String countStaged() {
        return Sql.text(selectCount().from(documents.documents("s")));
    }

    /** How many documents would be updated, and how often each of {@link DifferenceStatements#names()} is why. */
    String countUpdates() {
        List<Field<?>> counts = new ArrayList<>(List.of(DSL.count()));
        counts.addAll(differences.counts());
        return Sql.text(select(counts).from(tables.differences("d")));
    }

    /** How many references would wait. */
    String countWaiting(Reference reference) {
        return Sql.text(selectCount()
                .from(withParents(documents.documents("s"), reference, (batch, own) -> noCondition()))
                .where(staged(reference).isNotNull())
                .and(isMissing(reference)));
    }

    /** Rejects by code. */
    String rejects() {
        Field<Object> code = Terms.staged("x", "code");
        return Sql.text(select(code, DSL.count()).from(tables.rejects("x")).groupBy(code));
    }
}
