package io.docrows.internal.write;

import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import io.docrows.internal.decode.NestedRows;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.table.ChildStage;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.MappedDocument;
import java.util.ArrayList;
import java.util.List;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a child table stand in their staging table; see {@link ChildStage#columns()}. Immutable and
 * thread-safe.
 */
public final class StagedChild {

    /** A value on the way to a row: one of a row some tables above. */
    private record Step(ChildTable table, int levelsUp, int value, ColumnEncoder<?> encoder) {}

    private final ChildTable table;
    private final List<Step> way = new ArrayList<>();
    private final List<ColumnEncoder<?>> columns = new ArrayList<>();
    private final StagedTexts texts = new StagedTexts();
    private final List<ColumnEncoder<?>> keys = new ArrayList<>();
    private final List<ColumnEncoder<?>> ids = new ArrayList<>();

    /**
     * The rows of a child table.
     *
     * @param table the table
     * @param catalog what the target says of it
     */
    public StagedChild(ChildTable table, TableCatalog catalog) {
        this.table = table;
        int levelsUp = 1;
        for (ChildTable above = table.parent(); above != null; above = above.parent()) {
            List<Step> steps = new ArrayList<>();
            for (TableField<?, ?> column : above.mapping().identity()) {
                steps.add(new Step(above, levelsUp, numberOf(above, column), ColumnEncoder.of(column, catalog)));
            }
            way.addAll(0, steps);
            levelsUp++;
        }
        for (ColumnMapping column : table.mapping().columns()) {
            texts.add("c" + columns.size(), catalog, column, table.placeOf(column.pathText()));
            columns.add(ColumnEncoder.of(column.column(), catalog));
        }
        for (Reference reference : table.references()) {
            keys.add(ColumnEncoder.of(reference.mapping().parentKey(), catalog));
            ids.add(ColumnEncoder.of(reference.column(), catalog));
        }
    }

    private static int numberOf(ChildTable table, TableField<?, ?> column) {
        for (int i = 0; i < table.mapping().columns().size(); i++) {
            if (table.mapping().columns().get(i).column().equals(column)) {
                return i;
            }
        }
        throw new IllegalStateException("what identifies a row with rows below it is mapped from the document");
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
     * How many values of a row are written, the document's number included.
     *
     * @return the number of staged columns
     */
    public int size() {
        return table.staging().columns().size();
    }

    /**
     * Writes a row of a document, but for the document's number, which comes before it.
     *
     * @param writer stands within a row
     * @param document the document
     * @param rows the document's rows in this table
     * @param row the row's number
     * @param related the ids that its references lead to, null where one is not known
     */
    public void write(
            PgBinaryWriter writer,
            MappedDocument<?> document,
            NestedRows rows,
            int row,
            @Nullable Object @Nullable [] related) {
        for (Step step : way) {
            int above = row;
            ChildTable at = table;
            NestedRows atRows = rows;
            for (int i = 0; i < step.levelsUp(); i++) {
                above = atRows.parent(above);
                at = parentOf(at);
                atRows = CompiledMapping.rows(document, at.mapping());
            }
            step.encoder().write(atRows.values(above)[step.value()], writer);
        }
        @Nullable Object[] values = rows.values(row);
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).write(values[i], writer);
        }
        for (int i = 0; i < keys.size(); i++) {
            keys.get(i).write(values[columns.size() + i], writer);
        }
        for (int i = 0; i < ids.size(); i++) {
            ids.get(i).write(related == null ? null : related[i], writer);
        }
    }

    private static ChildTable parentOf(ChildTable table) {
        ChildTable parent = table.parent();
        if (parent == null) {
            throw new IllegalStateException(table.mapping() + " lies directly below the documents' own table");
        }
        return parent;
    }
}
