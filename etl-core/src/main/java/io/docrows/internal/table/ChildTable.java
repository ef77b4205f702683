package io.docrows.internal.table;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.trueCondition;

import io.docrows.internal.postgres.Sql;
import io.docrows.mapping.ChildMapping;
import io.docrows.mapping.ChildMapping.ParentColumn;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.MissingReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are parts of a document: of an array's elements, of the fields of a sub-document, or of one
 * sub-document. A row is known by the way from the document to it: by what tells apart the rows of each table on that
 * way. A staged row has the whole way in its columns {@code a0, a1, …} (those of the tables above, but for the
 * documents' own) and its own identity among {@code c0, c1, …} and {@code p0, p1, …}. Immutable and thread-safe.
 *
 * <p>In statements {@code s} are staged rows of this table, {@code d} the staged documents, {@code t} rows of the
 * documents' table, {@code t1} and so on rows of the tables below that, and {@code z} rows of this table.
 */
public final class ChildTable {

    static final Field<Object> ORD = Terms.staged("s", "ord");

    private final int number;
    private final ChildMapping mapping;
    private final RowTable documents;
    private final @Nullable ChildTable parent;
    private final int depth;
    private final Terms terms;
    private final Stage stage;
    private final List<Reference> references;
    private final RowImage image;
    private final boolean indexed;
    private final ChildStage staging;
    private final ChildMerge merge;
    private final ChildDisplacement displacement;
    private final ChildChecks checks;

    ChildTable(int number, ChildMapping mapping, RowTable documents, @Nullable ChildTable parent) {
        this.number = number;
        this.mapping = mapping;
        this.documents = documents;
        this.parent = parent;
        this.depth = parent == null ? 1 : parent.depth + 1;
        this.terms = documents.terms();
        this.stage = documents.stage();
        this.references = RowTable.references(mapping.references());
        this.image = new RowImage(mapping.columns(), references, exactIdentity(), resets());
        this.indexed = Terms.beginsWith(
                mapping.table(),
                mapping.parentColumns().stream().map(ParentColumn::column).toList());
        this.staging = new ChildStage(this, stage);
        this.merge = new ChildMerge(this);
        this.displacement = new ChildDisplacement(this);
        this.checks = new ChildChecks(this);
    }

    /** A row known by its position may have been another element's, so it must not keep what that one had. */
    private Map<Integer, Field<?>> resets() {
        Map<Integer, Field<?>> resets = new HashMap<>();
        if (mapping.isPositioned() || tablesAbove().stream().anyMatch(above -> above.mapping.isPositioned())) {
            for (int i = 0; i < mapping.columns().size(); i++) {
                ColumnMapping column = mapping.columns().get(i);
                String constant = terms.catalog().constantDefaultOf(column.column());
                if (column.keepsOldValue() && constant != null) {
                    resets.put(i, DSL.field(constant, Object.class));
                }
            }
        }
        return resets;
    }

    /** Columns in which rows that are taken for the same do not differ in any bit. */
    private Set<TableField<?, ?>> exactIdentity() {
        return mapping.identity().stream()
                .filter(column -> referenceOf(column).isPresent()
                        || terms.equality(column).exact())
                .collect(Collectors.toSet());
    }

    /**
     * This table's number among all child tables of its mapping, each after its parent.
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
    public ChildMapping mapping() {
        return mapping;
    }

    /**
     * The table above.
     *
     * @return another child table; null below the documents' own table
     */
    public @Nullable ChildTable parent() {
        return parent;
    }

    /**
     * The references of its rows.
     *
     * @return the references, by number
     */
    public List<Reference> references() {
        return references;
    }

    /**
     * Whether a row is left out while the row is missing that a reference leads to.
     *
     * @param reference a reference of this table
     * @return true if it is skipped, or waits and is identified by the reference
     */
    public boolean leavesOut(Reference reference) {
        return reference.mapping().whenMissing() == MissingReference.SKIP
                || (reference.waits() && mapping.identity().contains(reference.column()));
    }

    /**
     * Where its rows are staged.
     *
     * @return the staging table
     */
    public ChildStage staging() {
        return staging;
    }

    /**
     * The statements that merge its staged rows.
     *
     * @return the statements
     */
    public ChildMerge merge() {
        return merge;
    }

    /**
     * The statements that replace rows whose elements pass unique values on to each other.
     *
     * @return the statements
     */
    public ChildDisplacement displacement() {
        return displacement;
    }

    /**
     * The statements that see to it that its staged rows can be merged.
     *
     * @return the statements
     */
    public ChildChecks checks() {
        return checks;
    }

    /**
     * The staging table of its rows.
     *
     * @return the qualified name
     */
    public String staged() {
        return stage.rows(number);
    }

    Table<Record> staged(String alias) {
        return Stage.table(staged(), alias);
    }

    Table<Record> rows(String alias) {
        return Terms.table(mapping.table(), alias);
    }

    RowImage image() {
        return image;
    }

    RowTable documents() {
        return documents;
    }

    Terms terms() {
        return terms;
    }

    /**
     * Where the rows come from, for people.
     *
     * @return names joined by dots, as in {@code items[].discounts[]}
     */
    public String place() {
        return mapping.place();
    }

    /**
     * Where a reference comes from, for people.
     *
     * @param reference a reference of this table
     * @return names joined by dots
     */
    public String placeOf(Reference reference) {
        return placeOf(reference.mapping().pathText());
    }

    /**
     * Where a column comes from, for people.
     *
     * @param path the path inside an element
     * @return names joined by dots
     */
    public String placeOf(String path) {
        return place().isEmpty() || path.isEmpty() ? place() + path : place() + "." + path;
    }

    /**
     * The columns of the tables above by which this table's rows are known, from the top down.
     *
     * @return columns of other child tables; the staged ones are {@code a0, a1, …}
     */
    public List<TableField<?, ?>> way() {
        List<TableField<?, ?>> way = new ArrayList<>();
        tablesAbove().forEach(above -> way.addAll(above.mapping.identity()));
        return way;
    }

    /** The child tables on the way from a document to this one, from the top down. */
    List<ChildTable> tablesAbove() {
        List<ChildTable> above = new ArrayList<>();
        for (ChildTable table = parent; table != null; table = table.parent) {
            above.add(0, table);
        }
        return above;
    }

    List<ParentColumn> up() {
        return mapping.parentColumns();
    }

    /** The alias of rows of the table above. */
    String above() {
        return parent == null ? "t" : parent.alias();
    }

    String alias() {
        return "t" + depth;
    }

    /** Whether a row of this table is a child of a row of the table above. */
    Condition isChildOf(String child, String above) {
        return Terms.all(up().stream()
                .map(column -> terms.same(
                        column.parent(), Terms.field(above, column.parent()), Terms.field(child, column.column())))
                .toList());
    }

    /** The staged value of one column of the identity. */
    Field<Object> stagedIdentity(TableField<?, ?> column, String stagedRow) {
        for (int i = 0; i < mapping.columns().size(); i++) {
            if (mapping.columns().get(i).column().equals(column)) {
                return Terms.staged(stagedRow, "c" + i);
            }
        }
        return referenceOf(column)
                .map(reference -> Terms.staged(stagedRow, reference.id()))
                .orElseThrow(() -> new IllegalStateException(
                        "the identity of " + mapping + " is among its columns and references"));
    }

    /** The reference that a column is, if it is one. */
    Optional<Reference> referenceOf(TableField<?, ?> column) {
        return references.stream()
                .filter(reference -> reference.column().equals(column))
                .findFirst();
    }

    /** Whether a row of this table has the identity of a staged one, given that both have the same parent. */
    Condition hasIdentity(String row, String stagedRow) {
        return Terms.all(mapping.identity().stream()
                .map(column -> terms.same(column, Terms.field(row, column), stagedIdentity(column, stagedRow)))
                .toList());
    }

    /** Whether the rows above, under their aliases, are those on the way to a staged row. */
    Condition isOnTheWay(String stagedRow) {
        List<Condition> same = new ArrayList<>();
        int way = 0;
        for (ChildTable table : tablesAbove()) {
            for (TableField<?, ?> column : table.mapping.identity()) {
                same.add(terms.same(column, Terms.field(table.alias(), column), Terms.staged(stagedRow, "a" + way++)));
            }
        }
        return Terms.all(same);
    }

    /** Documents, their rows, and the rows below those, down to the table above this one. */
    Table<?> rowsAbove(Table<?> rowsOfDocuments) {
        if (parent == null) {
            return rowsOfDocuments;
        }
        return parent.rowsAbove(rowsOfDocuments)
                .join(parent.rows(parent.alias()))
                .on(parent.isChildOf(parent.alias(), parent.above()));
    }

    /**
     * Rows of the documents' table and, for each, the rows of this table below it.
     *
     * @return a table, in which they are {@code t} and {@code z}
     */
    public Table<?> rowsOfDocuments() {
        return rowsAbove(documents.rows("t")).join(rows("z")).on(isChildOf("z", above()));
    }

    /** The staged documents, as {@code d}, their rows, and the rows below those down to this table's, as {@code z}. */
    Table<?> stored() {
        return rowsAbove(documents.documents("d").join(documents.rows("t")).on(documents.isRowOf("t", "d")))
                .join(rows("z"))
                .on(isChildOf("z", above()));
    }

    /**
     * Documents, their rows, and the rows below those, down to this table: a look-up for each parent, whatever
     * PostgreSQL believes of the tables, as it would rather read all of one for every batch. OFFSET keeps them apart.
     */
    Table<?> lookedUpBelow(Table<?> rowsOfDocuments, String alias) {
        Table<?> above = parent == null ? rowsOfDocuments : parent.lookedUpBelow(rowsOfDocuments, parent.alias());
        if (!indexed) {
            return above.join(rows(alias)).on(isChildOf(alias, above()));
        }
        return above.join(lateral(DSL.select(DSL.asterisk())
                                .from(rows("y"))
                                .where(isChildOf("y", above()))
                                .offset(inline(0)))
                        .as(name(alias)))
                .on(trueCondition());
    }

    /** Staged rows and, for each, the row of the table above that it belongs to. */
    Table<?> stagedWithParents() {
        Table<?> from = staged("s")
                .join(documents.documents("d"))
                .on(Terms.staged("d", "ord").eq(ORD))
                .join(documents.rows("t"))
                .on(documents.isRowOf("t", "d"));
        int way = 0;
        for (ChildTable table : tablesAbove()) {
            List<Condition> same = new ArrayList<>(List.of(table.isChildOf(table.alias(), table.above())));
            for (TableField<?, ?> column : table.mapping.identity()) {
                same.add(terms.same(column, Terms.field(table.alias(), column), Terms.staged("s", "a" + way++)));
            }
            from = from.join(table.rows(table.alias())).on(Terms.all(same));
        }
        return from;
    }

    /** Whether any reference of a staged row leads to a row that is not known. */
    Condition isUnresolved() {
        return or(references.stream().map(ChildPreparation::isUnresolved).toList());
    }

    String aliasOf(TableField<?, ?> column) {
        for (ChildTable table = parent; table != null; table = table.parent) {
            if (table.mapping.identity().contains(column)) {
                return table.alias();
            }
        }
        throw new IllegalStateException("a table above has the column " + column);
    }

    /**
     * Whether this table lies somewhere below another, or is that table.
     *
     * @param other another child table of the same tree
     * @return true for the table itself, too
     */
    public boolean isWithin(ChildTable other) {
        return this == other || (parent != null && parent.isWithin(other));
    }

    /**
     * Whether two elements may be equal to PostgreSQL though Java tells them apart: then duplicates are looked for
     * among the staged rows. Those of a join table are left out, others are a fault.
     *
     * @return false where equality is that of the values themselves
     */
    public boolean comparesLoosely() {
        return mapping.identity().stream()
                .anyMatch(column -> referenceOf(column).isPresent()
                        || !terms.equality(column).exact());
    }

    /**
     * Deletes the rows below rows of the documents' table. Rows below them are deleted first.
     *
     * @param doomed keys of rows of the documents' table
     * @return the statement
     */
    public String deleteOf(DoomedRows doomed) {
        Table<?> above = rowsAbove(documents.rows("t").join(doomed.table()).on(doomed.isRow("t")));
        return Sql.text(Sql.dsl().deleteFrom(rows("z")).using(above).where(isChildOf("z", above())));
    }

    /**
     * Whether a row of this table is a part of a document's row.
     *
     * @param row the alias of the row of this table
     * @param document the alias of the row of the documents' own table
     * @return a condition
     */
    public Condition isBelow(String row, String document) {
        if (parent == null) {
            return isChildOf(row, document);
        }
        String between = "b" + parent.depth;
        return exists(selectOne()
                .from(parent.rows(between))
                .where(isChildOf(row, between))
                .and(parent.isBelow(between, document)));
    }
}
