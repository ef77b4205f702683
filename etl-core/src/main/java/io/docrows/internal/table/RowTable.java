package io.docrows.internal.table;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ReferenceMapping;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * The table that gets one row for each document. In its statements {@code t} is that table, {@code s} the staged
 * documents, and {@code pN} the table that reference N leads to. Immutable and thread-safe.
 */
public final class RowTable {

    private final CollectionMapping<?> mapping;
    private final Terms terms;
    private final Stage stage;
    private final List<Reference> references;
    private final RowImage image;
    private final RowKey key;
    private final RowMerge merge;

    RowTable(CollectionMapping<?> mapping, TableCatalog catalog, Stage stage) {
        this.mapping = mapping;
        this.terms = new Terms(catalog);
        this.key = new RowKey(mapping, catalog);
        this.stage = stage;
        this.references = references(mapping.references());
        this.image = new RowImage(mapping.columns(), references, Set.copyOf(mapping.key()), Map.of());
        this.merge = new RowMerge(this);
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
     * The statements that merge the staged documents.
     *
     * @return the statements
     */
    public RowMerge merge() {
        return merge;
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
     * Whether a reference leads to this table itself.
     *
     * @param reference a reference of this table or of one below it
     * @return true if documents refer to each other
     */
    public boolean leadsHere(Reference reference) {
        return mapping.table().equals(QualifiedName.tableOf(reference.mapping().parentKey()));
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
