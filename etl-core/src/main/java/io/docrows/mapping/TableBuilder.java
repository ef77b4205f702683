package io.docrows.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableRecord;

/**
 * What the mapping of any table can say, be it that of the documents or that of a part of them. Not thread-safe.
 *
 * @param <R> the generated record type of the table
 * @param <B> the builder itself
 */
public abstract sealed class TableBuilder<R extends TableRecord<R>, B extends TableBuilder<R, B>>
        permits CollectionMapping.Builder, ChildMapping.Builder {

    private final RowDraft<R> row;

    TableBuilder(RowDraft<R> row) {
        this.row = row;
    }

    abstract B self();

    /**
     * Maps a column.
     *
     * @param column the generated column
     * @param value its value
     * @param <T> the column's Java type
     * @return this
     */
    public <T> B map(TableField<R, T> column, Value<? extends T> value) {
        row.column(column, value);
        return self();
    }

    /**
     * Maps a column that is an array. A document without the field, or with null there, leaves it NULL; elements that
     * are null are NULL in the array.
     *
     * @param column the generated column
     * @param elements its elements, in their order
     * @param <T> the Java type of an element
     * @return this
     */
    public <T> B map(TableField<R, T[]> column, ListValue<? extends T> elements) {
        row.column(column, elements.array());
        return self();
    }

    /**
     * Maps a column that is an array of two dimensions. A document whose rows differ in length, or are empty, cannot be
     * stored and is rejected with {@code INVALID_VALUE}.
     *
     * @param column the generated column
     * @param elements its elements, row by row
     * @param <T> the Java type of an element
     * @return this
     */
    public <T> B map(TableField<R, T[][]> column, MatrixValue<? extends T> elements) {
        row.column(column, elements.array());
        return self();
    }

    /**
     * Maps a foreign-key column through the natural key of the row it leads to. Where the other row is missing, a
     * nullable column of the documents' own table waits for it ({@link MissingReference#PENDING}); any other rejects
     * the document.
     *
     * @param column the foreign-key column
     * @param value the natural key of the other row
     * @param parentKey the unique column of the other table that holds that key
     * @param <T> the natural key's Java type
     * @return this
     */
    public <T> B reference(TableField<R, ?> column, Value<? extends T> value, TableField<?, T> parentKey) {
        row.reference(column, value, parentKey, null, false);
        return self();
    }

    /**
     * Maps a foreign-key column through the natural key of the row it leads to.
     *
     * @param column the foreign-key column
     * @param value the natural key of the other row
     * @param parentKey the unique column of the other table that holds that key
     * @param whenMissing what to do when the other row is not there
     * @param <T> the natural key's Java type
     * @return this
     */
    public <T> B reference(
            TableField<R, ?> column,
            Value<? extends T> value,
            TableField<?, T> parentKey,
            MissingReference whenMissing) {
        row.reference(column, value, parentKey, Objects.requireNonNull(whenMissing, "whenMissing"), false);
        return self();
    }

    /**
     * Maps a foreign-key column to a lookup table that is filled on the way: a value that the table does not hold yet
     * is inserted there. All its other columns need a default, or must be nullable.
     *
     * @param column the foreign-key column
     * @param value the value
     * @param lookup the unique column of the lookup table that holds it
     * @param <T> the value's Java type
     * @return this
     */
    public <T> B lookup(TableField<R, ?> column, Value<? extends T> value, TableField<?, T> lookup) {
        row.reference(column, value, lookup, null, true);
        return self();
    }

    /**
     * Maps a sub-document to a row of a child table, one to one. A document without it has no such row.
     *
     * @param field the sub-document's name
     * @param table the child table, with a foreign key to this one that is unique
     * @param rows describes the row; names in it are those inside the sub-document
     * @param <C> the child table's record type
     * @return this
     */
    public <C extends TableRecord<C>> B child(String field, Table<C> table, Consumer<ChildMapping.Builder<C>> rows) {
        return child(List.of(field), table, rows);
    }

    /**
     * Maps a sub-document to a row of a child table, one to one.
     *
     * @param path the names that lead to the sub-document
     * @param table the child table, with a foreign key to this one that is unique
     * @param rows describes the row; names in it are those inside the sub-document
     * @param <C> the child table's record type
     * @return this
     */
    public <C extends TableRecord<C>> B child(
            List<String> path, Table<C> table, Consumer<ChildMapping.Builder<C>> rows) {
        row.child(ChildMapping.Source.DOCUMENT, path, table, rows);
        return self();
    }

    /**
     * Maps an array to rows of a child table, one for each element: of sub-documents, of scalars, or of arrays. A
     * document without the array has no such rows.
     *
     * @param field the array's name
     * @param table the child table, with a foreign key to this one
     * @param rows describes a row; names in it are those inside an element, and a value without a name is the element
     *     itself
     * @param <C> the child table's record type
     * @return this
     */
    public <C extends TableRecord<C>> B children(String field, Table<C> table, Consumer<ChildMapping.Builder<C>> rows) {
        return children(List.of(field), table, rows);
    }

    /**
     * Maps an array to rows of a child table, one for each element.
     *
     * @param path the names that lead to the array; none, within an array, for elements that are arrays themselves
     * @param table the child table, with a foreign key to this one
     * @param rows describes a row; names in it are those inside an element, and a value without a name is the element
     *     itself
     * @param <C> the child table's record type
     * @return this
     */
    public <C extends TableRecord<C>> B children(
            List<String> path, Table<C> table, Consumer<ChildMapping.Builder<C>> rows) {
        row.child(ChildMapping.Source.ARRAY, path, table, rows);
        return self();
    }

    /**
     * Maps a sub-document whose field names are data to rows of a child table, one for each field.
     *
     * @param field the sub-document's name
     * @param table the child table, with a foreign key to this one
     * @param rows describes a row: {@link Values#name()} is the field's name, a value without a name is its value, and
     *     names are those inside it
     * @param <C> the child table's record type
     * @return this
     */
    public <C extends TableRecord<C>> B entries(String field, Table<C> table, Consumer<ChildMapping.Builder<C>> rows) {
        return entries(List.of(field), table, rows);
    }

    /**
     * Maps a sub-document whose field names are data to rows of a child table, one for each field.
     *
     * @param path the names that lead to the sub-document; none, within an array, for the element itself
     * @param table the child table, with a foreign key to this one
     * @param rows describes a row: {@link Values#name()} is the field's name, a value without a name is its value, and
     *     names are those inside it
     * @param <C> the child table's record type
     * @return this
     */
    public <C extends TableRecord<C>> B entries(
            List<String> path, Table<C> table, Consumer<ChildMapping.Builder<C>> rows) {
        row.child(ChildMapping.Source.ENTRIES, path, table, rows);
        return self();
    }

    /**
     * Names a column that PostgreSQL computes ({@code GENERATED ALWAYS AS}), so that {@code build()} does not ask for a
     * value of it. Classes from Docrows's code generator say so themselves; those from jOOQ's own do not.
     *
     * @param column a column that is not mapped
     * @return this
     */
    public B computed(TableField<R, ?> column) {
        row.computed(column);
        return self();
    }

    /**
     * Names fields that are not carried over on purpose, so that they are not reported as drift: fields at the top of
     * the document or, in the description of a child table, at the top of an element. Each name is a field of its own;
     * for fields of sub-documents see {@link #ignorePath}.
     *
     * @param fields names of fields
     * @return this
     */
    public B ignore(String... fields) {
        row.ignore(fields);
        return self();
    }

    /**
     * Says that the values of a mapped field are of several BSON types, and that this is known: the mix is not reported
     * as drift. What is read stays the same.
     *
     * @param field the field's name
     * @param nested names inside sub-documents, as for {@link #ignorePath}
     * @return this
     */
    public B mixedTypes(String field, String... nested) {
        row.mixedTypes(path(field, nested));
        return self();
    }

    /**
     * Names one field that is not carried over on purpose, at any depth: {@code ignorePath("address", "floor")} is the
     * field {@code floor} of the sub-document {@code address}. Other fields of that sub-document may be mapped. Names
     * are never split at dots.
     *
     * @param field the field's name
     * @param nested names inside sub-documents; none is the same as {@link #ignore}
     * @return this
     */
    public B ignorePath(String field, String... nested) {
        row.ignorePath(path(field, nested));
        return self();
    }

    private static List<String> path(String field, String... nested) {
        List<String> path = new ArrayList<>(nested.length + 1);
        path.add(field);
        path.addAll(List.of(nested));
        return List.copyOf(path);
    }
}
