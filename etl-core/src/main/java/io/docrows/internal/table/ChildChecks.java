package io.docrows.internal.table;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.metadata.PendingDocumentStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.ChildMapping;
import io.docrows.mapping.ColumnMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The statements that see to it that the staged rows of a child table can be merged: what they lead to is found or
 * inserted, and what cannot be is named. For their aliases see {@link ChildTable}. Immutable and thread-safe.
 */
public final class ChildChecks {

    private static final Field<Object> ORD = ChildTable.ORD;

    private final ChildTable table;
    private final Rendered rendered = new Rendered();
    private final RowTable documents;
    private final ChildMapping mapping;
    private final Terms terms;

    ChildChecks(ChildTable table) {
        this.table = table;
        this.documents = table.documents();
        this.mapping = table.mapping();
        this.terms = table.terms();
    }

    /**
     * Finds the staged documents with rows that lead to a row which is neither there nor arrives with this very batch.
     *
     * @param reference a reference of this table
     * @return a query for their {@code ord}
     */
    public String missingParents(Reference reference) {
        return rendered.of("missingParents " + reference.number(), () -> renderMissingParents(reference));
    }

    private String renderMissingParents(Reference reference) {
        return Sql.text(DSL.selectDistinct(ORD).from(table.staged("s")).where(isMissing(reference)));
    }

    private Condition isMissing(Reference reference) {
        Field<Object> key = Terms.staged("s", reference.key());
        Condition missing =
                key.isNotNull().and(Terms.staged("s", reference.id()).isNull());
        if (!documents.leadsHere(reference)) {
            return missing;
        }
        int column = documentsColumn(reference);
        return missing.and(notExists(selectOne()
                .from(documents.documents("d"))
                .where(terms.same(reference.mapping().parentKey(), Terms.staged("d", "c" + column), key))));
    }

    private int documentsColumn(Reference reference) {
        List<ColumnMapping> columns = documents.mapping().columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).column().equals(reference.mapping().parentKey())) {
                return i;
            }
        }
        throw new IllegalStateException(reference.mapping().parentKey() + " is not mapped");
    }

    /**
     * Leaves out the staged rows of a join table that lead where a row of the same document leads already.
     *
     * @return the statement
     */
    public String linkOnce() {
        return rendered.of("linkOnce", () -> new ChildPreparation(table).linkOnce());
    }

    /**
     * Leaves out the staged rows that lead to a row which is neither there nor arrives with this very batch.
     *
     * @param reference a reference of this table
     * @return a statement that returns the {@code ord} of each
     */
    public String skipMissing(Reference reference) {
        return rendered.of("skipMissing " + reference.number(), () -> renderSkipMissing(reference));
    }

    private String renderSkipMissing(Reference reference) {
        return Sql.text(Sql.dsl()
                .deleteFrom(table.staged("s"))
                .where(isMissing(reference))
                .returning(ORD));
    }

    /**
     * Notes which staged rows wait for a row that is neither there nor arrives with this very batch, and leaves them
     * out if they are nothing without it.
     *
     * @param reference a reference of this table that waits
     * @param waiting the table of what documents wait for
     * @return a statement that returns the {@code ord} of each
     */
    public String setAside(Reference reference, Table<?> waiting) {
        return rendered.of("setAside " + reference.number(), () -> renderSetAside(reference, waiting));
    }

    private String renderSetAside(Reference reference, Table<?> waiting) {
        Field<?> key = Terms.text(Terms.staged("s", reference.key())).as("key");
        return PendingDocumentStatements.note(
                waiting,
                mapping.table(),
                reference.column(),
                table.leavesOut(reference)
                        ? Sql.dsl()
                                .deleteFrom(table.staged("s"))
                                .where(isMissing(reference))
                                .returning(ORD, key)
                        : DSL.select(ORD, key).from(table.staged("s")).where(isMissing(reference)));
    }

    /**
     * Fills in the staged ids of rows that were not known when rows were staged, as this very batch has inserted them.
     *
     * @param reference a reference of this table
     * @return the statement
     */
    public String resolve(Reference reference) {
        return rendered.of("resolve " + reference.number(), () -> renderResolve(reference));
    }

    private String renderResolve(Reference reference) {
        return Sql.text(Sql.dsl()
                .update(table.staged("s"))
                .set(Map.of(DSL.field(name(reference.id()), Object.class), reference.idOf("p")))
                .from(Terms.tableOf(reference.mapping().parentKey(), "p"))
                .where(Terms.staged("s", reference.key()).isNotNull())
                .and(Terms.staged("s", reference.id()).isNull())
                .and(reference.leadsTo(terms, "p", "s")));
    }

    /**
     * Inserts what references with {@code insertMissing} lead to and what is not there.
     *
     * @param reference such a reference
     * @return the statement
     */
    public String insertLookups(Reference reference) {
        return rendered.of(
                "insertLookups " + reference.number(),
                () -> new LookupTable(reference.mapping().parentKey(), terms)
                        .insertMissing(table.staged("s"), Terms.staged("s", reference.key())));
    }

    /**
     * Finds the staged documents with two rows of the same identity.
     *
     * @return a query for their {@code ord}
     */
    public String duplicates() {
        return rendered.of("duplicates", () -> renderDuplicates());
    }

    private String renderDuplicates() {
        List<Field<?>> way = new ArrayList<>(List.of(ORD));
        for (int i = 0; i < table.way().size(); i++) {
            way.add(Terms.staged("s", "a" + i));
        }
        mapping.identity().forEach(column -> way.add(table.stagedIdentity(column, "s")));
        return Sql.text(DSL.selectDistinct(ORD)
                .from(table.staged("s"))
                .where(Terms.all(mapping.identity().stream()
                        .map(column -> table.stagedIdentity(column, "s").isNotNull())
                        .toList()))
                .groupBy(way)
                .having(count().gt(inline(1))));
    }
}
