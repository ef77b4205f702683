package io.docrows.internal.write;

import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.table.Terms;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.ReferenceMapping;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableRecord;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * How a document stands in a staging table: columns {@code c0…}, those of the key first, and the natural keys of its
 * references {@code r0…}. Immutable and thread-safe.
 *
 * @param <R> the generated record type of the mapped table
 */
public final class StagedRow<R extends TableRecord<R>> {

    private final CollectionMapping<R> mapping;
    private final List<ColumnEncoder<?>> columns = new ArrayList<>();
    private final List<ColumnEncoder<?>> references = new ArrayList<>();
    private final List<ColumnEncoder<?>> elements = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final StagedTexts texts = new StagedTexts();

    /**
     * The row of a mapping's documents.
     *
     * @param mapping a built mapping
     * @param catalog what the target says of its tables
     */
    public StagedRow(CollectionMapping<R> mapping, TableCatalog catalog) {
        this.mapping = mapping;
        for (ColumnMapping column : mapping.columns()) {
            String name = "c" + columns.size();
            names.add(name);
            texts.add(name, catalog, column, column.pathText());
            columns.add(ColumnEncoder.of(column.column(), catalog));
        }
        for (ReferenceMapping<R> reference : mapping.references()) {
            names.add("r" + references.size());
            references.add(ColumnEncoder.of(reference.parentKey(), catalog));
        }
        for (JoinMapping join : mapping.joins()) {
            elements.add(ColumnEncoder.of(join.join().lookup(), catalog));
        }
    }

    /**
     * The columns' names, in the order in which they are written.
     *
     * @return {@code c0}, {@code c1}, …, {@code r0}, …
     */
    public List<String> columns() {
        return List.copyOf(names);
    }

    /**
     * The columns whose values only the server can make, for a {@link StagingCopy}.
     *
     * @return how it makes them
     */
    public StagedTexts texts() {
        return texts;
    }

    /**
     * The names of the key's columns.
     *
     * @return {@code c0, …}
     */
    public List<String> key() {
        return names.subList(0, mapping.key().size());
    }

    /**
     * How many values {@link #write} writes.
     *
     * @return the number of columns
     */
    public int size() {
        return names.size();
    }

    /**
     * The columns that hold NULL where a document has no value, whatever their type in the target allows.
     *
     * @return their names
     */
    public List<String> nullable() {
        List<String> nullable = new ArrayList<>();
        int number = 0;
        for (ColumnMapping column : mapping.columns()) {
            if (column.keepsOldValue()) {
                nullable.add("c" + number);
            }
            number++;
        }
        for (int i = 0; i < references.size(); i++) {
            nullable.add("r" + i);
        }
        return nullable;
    }

    /**
     * The query like which the staging table is made: its columns take their types from the target, so that what is
     * staged is what is stored.
     *
     * @param leading what to select before the columns
     * @return a query whose rows are not wanted
     */
    public Select<?> asSelect(List<? extends Field<?>> leading) {
        List<Field<?>> selected = new ArrayList<>(leading);
        List<Table<?>> from = new ArrayList<>(List.of(Terms.table(mapping.table(), "t")));
        for (ColumnMapping column : mapping.columns()) {
            selected.add(Terms.field("t", column.column()).as("c" + (selected.size() - leading.size())));
        }
        for (ReferenceMapping<R> reference : mapping.references()) {
            String parent = "p" + (from.size() - 1);
            selected.add(Terms.field(parent, reference.parentKey()).as("r" + (from.size() - 1)));
            from.add(Terms.tableOf(reference.parentKey(), parent));
        }
        return DSL.select(selected).from(from);
    }

    /**
     * Writes a document's columns and references into a COPY.
     *
     * @param writer stands within a row that has room for {@link #size()} values
     * @param document the document
     */
    public void write(PgBinaryWriter writer, MappedDocument<R> document) {
        for (int column = 0; column < columns.size(); column++) {
            columns.get(column).write(CompiledMapping.value(document, column), writer);
        }
        for (int reference = 0; reference < references.size(); reference++) {
            references.get(reference).write(CompiledMapping.reference(document, reference), writer);
        }
    }

    /**
     * Writes an element of a join's array.
     *
     * @param writer stands within a row
     * @param join the join's number
     * @param element the element
     */
    public void writeElement(PgBinaryWriter writer, int join, Object element) {
        elements.get(join).write(element, writer);
    }

    /**
     * Writes a key on its own.
     *
     * @param writer stands within a row
     * @param key the values of the key's columns, or null
     */
    public void writeKey(PgBinaryWriter writer, @Nullable Object @Nullable [] key) {
        for (int i = 0; i < mapping.key().size(); i++) {
            columns.get(i).write(key == null ? null : key[i], writer);
        }
    }
}
