package io.docrows.internal.compare;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.when;

import io.docrows.internal.metadata.PendingDocumentStatements;
import io.docrows.internal.metadata.PendingReferenceStatements;
import io.docrows.internal.metadata.RejectStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.ChildDifference;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkDifference;
import io.docrows.internal.table.OwnedRows;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.RowKey;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.Stage;
import io.docrows.internal.table.Terms;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * The set-based SQL that compares one staged collection with its table, rendered once. In it, {@code s} are staged
 * documents, {@code t} is the mapped table, {@code qN} the table that reference N leads to, {@code d} the differences.
 */
final class VerifyStatements {

    /** Kinds of rows of the table of differences. */
    static final String MISSING = "m";

    static final String DIFFERENT = DifferenceStatements.DIFFERENT;
    static final String EXTRA = "e";
    static final String MARKED = "k";
    static final String WAITING = "w";
    static final String REJECTED = "r";
    static final String OUTDATED = "o";
    static final String REJECTED_AND_OUTDATED = "ro";

    private static final Field<Object> ORD = Terms.staged("s", "ord");
    private static final Field<String> KIND = field(name("d", "kind"), String.class);

    private final CollectionMapping<?> mapping;
    private final DifferenceStatements differences;
    private final TableCatalog catalog;
    private final StageTables tables;
    private final String pipeline;
    private final boolean partial;
    private final boolean bookkeeping;
    private final RowTable documents;
    private final Terms terms;
    private final RowKey key;

    VerifyStatements(StagedCollection<?> staged, String pipeline, boolean partial, boolean bookkeeping) {
        this.mapping = staged.mapping();
        this.catalog = staged.catalog();
        this.tables = staged.tables();
        this.differences = new DifferenceStatements(tables);
        this.pipeline = pipeline;
        this.partial = partial;
        this.bookkeeping = bookkeeping;
        this.documents = tables.tree().documents();
        this.terms = documents.terms();
        this.key = documents.key();
    }

    DifferenceStatements differences() {
        return differences;
    }

    /** Finds documents without a row, rows without a document, and rows that differ. */
    String rows() {
        List<Condition> flags = new ArrayList<>(differences.columnsDiffer());
        List<Condition> wrong = new ArrayList<>(
                List.of(ORD.isNull(), key.isAbsent("t"), differences.row().any()));
        for (Reference reference : references()) {
            flags.add(refersElsewhere(reference));
            wrong.add(refersElsewhere(reference));
        }
        flags.addAll(differences.othersDiffer());
        for (Reference reference : references()) {
            flags.add(isUnresolved(reference));
            wrong.add(isUnresolved(reference));
        }
        List<Field<?>> columns = new ArrayList<>(List.of(ORD));
        columns.addAll(key.either("t", "s"));
        columns.add(when(key.isAbsent("t"), inline(MISSING))
                .when(ORD.isNull(), extra())
                .otherwise(inline(DIFFERENT)));
        Condition both = ORD.isNotNull().and(not(key.isAbsent("t")));
        flags.forEach(flag -> columns.add(field(both.and(flag))));
        Table<?> rows = rowsWithKey("t");
        Condition same = key.isRowOf("t", "s");
        Table<?> from = partial
                ? documents.documents("s").leftJoin(rows).on(same)
                : documents.documents("s").fullJoin(rows).on(same);
        return Sql.text(Sql.dsl()
                .insertInto(Stage.table(tables.differences()))
                .select(select(columns).from(withParents(from)).where(or(wrong))));
    }

    private List<Reference> references() {
        return documents.references();
    }

    /** A row without a document may be marked as such. */
    private Field<String> extra() {
        return mapping.deletedAt()
                .<Field<String>>map(column ->
                        when(Terms.field("t", column).isNull(), inline(EXTRA)).otherwise(inline(MARKED)))
                .orElse(inline(EXTRA));
    }

    /**
     * Rows without a key never came from a document. There can be some whatever the generated class says: the target
     * may be laxer, and a NOT NULL constraint that is NOT VALID lets old ones be.
     */
    private Table<?> rowsWithKey(String alias) {
        return select(DSL.asterisk())
                .from(documents.rows("r"))
                .where(key.isPresent("r"))
                .and(new OwnedRows(mapping, catalog).isOwn("r"))
                .asTable(alias);
    }

    private Table<?> withParents(Table<?> rows) {
        Table<?> joined = rows;
        for (Reference reference : references()) {
            TableField<?, ?> id = reference.mapping().parentId();
            String parent = parent(reference);
            joined = joined.leftJoin(Terms.tableOf(reference.mapping().parentKey(), parent))
                    .on(terms.same(id, Terms.field(parent, id), column(reference)));
        }
        return joined;
    }

    private static String parent(Reference reference) {
        return "q" + reference.number();
    }

    private static Field<Object> parentKey(Reference reference) {
        return Terms.field(parent(reference), reference.mapping().parentKey());
    }

    private static Field<Object> column(Reference reference) {
        return Terms.field("t", reference.column());
    }

    private static Field<Object> staged(Reference reference) {
        return Terms.staged("s", reference.key());
    }

    /**
     * Whether a foreign key leads to another row than the document's, or to none though it could. Where the other row
     * is not there, NULL is right if that is the mapping's policy, or if it is known to wait.
     */
    private Condition refersElsewhere(Reference reference) {
        TableField<?, ?> parentKey = reference.mapping().parentKey();
        return condition(when(
                        staged(reference).isNull(), field(column(reference).isNotNull()))
                .when(
                        column(reference).isNotNull(),
                        field(terms.distinct(parentKey, parentKey(reference), staged(reference))))
                .when(
                        exists(selectOne()
                                .from(Terms.tableOf(parentKey, "p"))
                                .where(terms.same(parentKey, Terms.field("p", parentKey), staged(reference)))),
                        inline(true))
                .otherwise(field(unlessKnown(reference))));
    }

    private Condition unlessKnown(Reference reference) {
        if (reference.mapping().insertMissing()) {
            return trueCondition();
        }
        return switch (reference.mapping().whenMissing()) {
            case NULL, SKIP -> falseCondition();
            case REJECT -> trueCondition();
            case PENDING ->
                bookkeeping
                        ? not(new PendingReferenceStatements(mapping.table(), List.of(reference.column()))
                                .isRemembered(key.stagedText("s"), Terms.text(staged(reference))))
                        : trueCondition();
        };
    }

    /**
     * Whether a staged row {@code s} of a child table is known to wait for the row that is missing.
     *
     * @param stored whether there may be such, as the table of them is there
     */
    BiFunction<ChildTable, Reference, Condition> isRemembered(boolean stored) {
        if (!bookkeeping || !stored) {
            return (child, reference) -> falseCondition();
        }
        PendingDocumentStatements pending = new PendingDocumentStatements(mapping.table(), "");
        Field<String> rowKey = field(select(key.stagedText("d"))
                .from(documents.documents("d"))
                .where(Terms.staged("d", "ord").eq(ORD)));
        return (child, reference) -> pending.isRemembered(
                child.mapping().table(), reference.column(), rowKey, Terms.text(staged(reference)));
    }

    private static Condition isUnresolved(Reference reference) {
        return reference.mapping().whenMissing() == MissingReference.PENDING
                ? staged(reference).isNotNull().and(column(reference).isNull())
                : falseCondition();
    }

    /** Rows that are only there because a reference waits are no difference. */
    String waiting() {
        return Sql.text(Sql.dsl()
                .update(tables.differences("d"))
                .set(kind(inline(WAITING)))
                .where(KIND.eq(inline(DIFFERENT)))
                .and(DSL.and(differences.differing().stream()
                        .map(flag -> not(Terms.flag("d", flag)))
                        .toList())));
    }

    private static Map<Field<?>, Field<?>> kind(Field<String> kind) {
        return Map.of(field(name("kind")), kind);
    }

    /** Tells documents that are known to be rejected from others. */
    List<String> rejected() {
        List<String> statements = new ArrayList<>();
        statements.add(Sql.text(Sql.dsl()
                .update(tables.differences("d"))
                .set(kind(inline(OUTDATED)))
                .where(KIND.eq(inline(EXTRA)))
                .and(exists(selectOne().from(tables.rejects("x")).where(key.isSame("x", "d"))))));
        if (bookkeeping) {
            statements.add(Sql.text(Sql.dsl()
                    .update(tables.differences("d"))
                    .set(kind(
                            when(KIND.eq(inline(MISSING)), inline(REJECTED)).otherwise(inline(REJECTED_AND_OUTDATED))))
                    .from(documents.documents("s"))
                    .where(ORD.eq(Terms.staged("d", "ord")))
                    // Looked up only for those, not for all documents.
                    .and(condition(when(KIND.in(inline(MISSING), inline(DIFFERENT)), field(isRecorded("s")))
                            .otherwise(inline(false))))));
        }
        return statements;
    }

    /** How many documents could not be decoded and do not stand in the reject table as they are. */
    String countUnrecorded() {
        return Sql.text(selectCount().from(tables.rejects("x")).where(isUnrecorded("x")));
    }

    /** The {@code _id}s of the first of them. */
    String unrecorded(int most) {
        return Sql.text(select(Terms.staged("x", "id"))
                .from(tables.rejects("x"))
                .where(isUnrecorded("x"))
                .orderBy(Terms.staged("x", "ord"))
                .limit(inline(most)));
    }

    private Condition isUnrecorded(String alias) {
        return bookkeeping ? not(isRecorded(alias)) : trueCondition();
    }

    private Condition isRecorded(String alias) {
        return new RejectStatements(catalog.text(), pipeline, mapping.collection())
                .isRejected(field(name(alias, "id"), String.class), field(name(alias, "digest"), byte[].class));
    }

    /** How many rows have a key. */
    String countRows() {
        return Sql.text(selectCount().from(rowsWithKey("t")));
    }

    /**
     * {@code kind}, the count, how often each of {@link DifferenceStatements#differing()} is true, and how many
     * references wait.
     */
    String counts() {
        List<Field<?>> counts = new ArrayList<>(List.of(KIND, DSL.count()));
        counts.addAll(differences.counts());
        Field<Integer> waiting = inline(0);
        for (Reference reference : references()) {
            waiting = waiting.plus(DSL.count()
                    .filterWhere(Terms.flag("d", "w" + reference.number())
                            .and(not(Terms.flag("d", "r" + reference.number())))));
        }
        counts.add(waiting);
        return Sql.text(select(counts).from(tables.differences("d")).groupBy(KIND));
    }

    /** The first keys of one kind. */
    String keys(String kind, int most) {
        List<Field<?>> order = new ArrayList<>(List.of(Terms.staged("d", "ord")));
        order.addAll(key.staged("d"));
        return Sql.text(select(key.stagedText("d"))
                .from(tables.differences("d"))
                .where(KIND.eq(inline(kind)))
                .orderBy(order)
                .limit(inline(most)));
    }

    /**
     * The first documents that differ: the key, then for each of {@link DifferenceStatements#differing()} whether it
     * does; if values are wanted, both sides of each, but for child tables; then what {@link ChildSamples} adds of
     * those.
     */
    String differences(int most, boolean values) {
        List<Field<?>> selected = new ArrayList<>(List.of(key.stagedText("d")));
        differences.differing().forEach(flag -> selected.add(Terms.staged("d", flag)));
        if (values) {
            for (int column : differences.row().columns()) {
                selected.add(Terms.text(differences.row().expected(column)));
                selected.add(Terms.text(differences.row().stored(column)));
            }
            for (Reference reference : references()) {
                selected.add(Terms.text(staged(reference)));
                selected.add(Terms.text(parentKey(reference)));
            }
            for (LinkDifference link : differences.links()) {
                selected.add(elements(link, Terms.flag("l", "missing")));
                selected.add(elements(link, not(Terms.flag("l", "missing"))));
            }
        }
        Table<?> first = select(DSL.asterisk())
                .from(tables.differences("d"))
                .where(KIND.eq(inline(DIFFERENT)))
                .orderBy(Terms.staged("d", "ord"))
                .limit(inline(most))
                .asTable("d");
        Table<?> from = withParents(first.join(documents.documents("s"))
                .on(ORD.eq(Terms.staged("d", "ord")))
                .join(documents.rows("t"))
                .on(key.isRowOf("t", "s")));
        for (ChildDifference child : differences.children()) {
            ChildSamples samples = new ChildSamples(child, values);
            selected.addAll(samples.selected());
            from = from.leftJoin(samples.of(Terms.staged("d", "ord"))).on(trueCondition());
        }
        return Sql.text(select(selected).from(from).orderBy(Terms.staged("d", "ord")));
    }

    private static Field<?> elements(LinkDifference link, Condition which) {
        Field<String> value = Terms.text(Terms.staged("l", "value"));
        return field(select(DSL.listAgg(value, ", ").withinGroupOrderBy(value))
                .from(Stage.table(link.differences(), "l"))
                .where(Terms.staged("l", "ord").eq(Terms.staged("d", "ord")))
                .and(which));
    }
}
