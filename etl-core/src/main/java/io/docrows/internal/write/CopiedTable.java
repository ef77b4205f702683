package io.docrows.internal.write;

import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import io.docrows.internal.decode.NestedRows;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.ChildMapping;
import io.docrows.mapping.ChildMapping.ParentColumn;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.ReferenceMapping;
import io.docrows.mapping.TableMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/** A table into which rows of documents are copied as they are. Not thread-safe. */
final class CopiedTable {

    /** The tables above a child table, and the rows of the batch in them. */
    record Above(CopiedTable documents, CopiedRows root, List<CopiedTable> tables, List<CopiedRows> rows) {}

    /** What is in the temporary tables beside the stage whose texts are still to become values of a table. */
    private static final String TEXTS = "load_texts";

    private final Connection connection;
    private final TableMapping mapping;
    private final @Nullable ChildTable child;
    private final @Nullable GeneratedIds ids;
    private final List<ColumnEncoder<?>> up = new ArrayList<>();
    private final List<ColumnEncoder<?>> columns = new ArrayList<>();
    private final List<ColumnEncoder<?>> references = new ArrayList<>();
    private final List<@Nullable ColumnDefaults> defaults = new ArrayList<>();
    private final List<String> names;
    private final StagingCopy copy;

    private CopiedTable(
            Connection connection,
            TableMapping mapping,
            TableTree tree,
            @Nullable ChildTable child,
            @Nullable GeneratedIds ids,
            TableCatalog catalog) {
        this.connection = connection;
        this.mapping = mapping;
        this.child = child;
        this.ids = ids;
        List<String> all = new ArrayList<>();
        StagedTexts texts = new StagedTexts();
        if (child != null) {
            for (ParentColumn column : child.mapping().parentColumns()) {
                up.add(ColumnEncoder.of(column.column(), catalog));
                all.add(Sql.column(column.column()));
            }
        }
        for (ColumnMapping column : mapping.columns()) {
            columns.add(ColumnEncoder.of(column.column(), catalog));
            defaults.add(column.keepsOldValue() ? new ColumnDefaults(connection, column, catalog) : null);
            String name = Sql.column(column.column());
            all.add(name);
            texts.add(name, catalog, column, child == null ? column.pathText() : child.placeOf(column.pathText()));
        }
        for (ReferenceMapping<?> reference : mapping.references()) {
            references.add(ColumnEncoder.of(reference.column(), catalog));
            all.add(Sql.column(reference.column()));
        }
        this.names = all;
        String name = tree.stage().beside(TEXTS);
        this.copy = new StagingCopy(
                connection, Sql.table(mapping.table()), child == null ? name : name + "_" + child.number(), texts);
    }

    /** The documents' own table. */
    static CopiedTable of(Connection connection, TableTree tree, TableCatalog catalog) {
        TableMapping mapping = tree.documents().mapping();
        return new CopiedTable(
                connection, mapping, tree, null, GeneratedIds.of(mapping, referred(tree, null), catalog), catalog);
    }

    /** A child table. Nobody needs the ids of rows that none refers to: the table's own default gives them. */
    static CopiedTable of(Connection connection, TableTree tree, ChildTable child, TableCatalog catalog) {
        Set<TableField<?, ?>> referred = referred(tree, child);
        GeneratedIds ids = referred.isEmpty() ? null : GeneratedIds.of(child.mapping(), referred, catalog);
        return new CopiedTable(connection, child.mapping(), tree, child, ids, catalog);
    }

    /**
     * Whether all columns that rows below refer to are known before the rows exist, and are of the very types of the
     * columns that refer to them: PostgreSQL alone can say which values of a wider type a narrower one holds.
     */
    static boolean canDraw(TableTree tree, TableCatalog catalog) {
        return GeneratedIds.suffice(tree.documents().mapping(), referred(tree, null), catalog)
                && tree.children().stream()
                        .allMatch(child -> GeneratedIds.suffice(child.mapping(), referred(tree, child), catalog))
                && tree.links().stream()
                        .allMatch(link -> isOfOneType(
                                link.mapping().ownerId(), link.mapping().join().owner()))
                && tree.children().stream()
                        .flatMap(child -> child.mapping().parentColumns().stream())
                        .allMatch(column -> isOfOneType(column.parent(), column.column()));
    }

    private static boolean isOfOneType(TableField<?, ?> referred, TableField<?, ?> referring) {
        return referred.getType().equals(referring.getType());
    }

    /** The columns of a table that join tables and child tables refer to. */
    private static Set<TableField<?, ?>> referred(TableTree tree, @Nullable ChildTable parent) {
        Set<TableField<?, ?>> referred = new HashSet<>();
        if (parent == null) {
            tree.links().forEach(link -> referred.add(link.mapping().ownerId()));
        }
        for (ChildTable child : tree.children()) {
            if (child.parent() == parent) {
                child.mapping().parentColumns().forEach(column -> referred.add(column.parent()));
            }
        }
        return referred;
    }

    /** Sees to it that so many ids are at hand. */
    void reserve(Connection transaction, int number) throws SQLException {
        if (ids != null) {
            ids.reserve(transaction, number);
        }
    }

    /** One row for each of so many documents. */
    CopiedRows number(int documents) {
        return new CopiedRows(ids, null, documents);
    }

    /** The rows that documents have in this child table. */
    CopiedRows number(List<? extends MappedDocument<?>> documents) {
        int[] starts = new int[documents.size()];
        int next = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = next;
            next += rows(documents.get(i)).size();
        }
        return new CopiedRows(ids, starts, next);
    }

    private NestedRows rows(MappedDocument<?> document) {
        return CompiledMapping.rows(document, childMapping());
    }

    private ChildMapping childMapping() {
        if (child == null) {
            throw new IllegalStateException("the documents' own table has one row for each document");
        }
        return child.mapping();
    }

    /** Makes the temporary table that it needs, if any; the caller commits. */
    void create() throws SQLException {
        copy.create(names(ids != null));
    }

    /** Drops the temporary table; the caller commits. */
    void drop() throws SQLException {
        copy.drop();
    }

    private List<String> names(boolean withIds) {
        List<String> all = new ArrayList<>(names);
        if (ids != null && withIds) {
            all.add(0, Sql.column(ids.column()));
        }
        return all;
    }

    private int values(CopiedRows rows) {
        return (rows.hasIds() ? 1 : 0) + up.size() + columns.size() + references.size();
    }

    private void writeId(PgBinaryWriter writer, CopiedRows rows, int number) {
        if (ids != null && rows.hasIds()) {
            ids.encoder().write(rows.id(number), writer);
        }
    }

    /** Writes a value of a column, or the next of its defaults where there is none. */
    private void write(
            int column, @Nullable Object value, @Nullable Iterator<byte @Nullable []> defaults, PgBinaryWriter writer) {
        if (value != null || defaults == null) {
            columns.get(column).write(value, writer);
            return;
        }
        byte[] instead = defaults.next();
        if (instead == null) {
            writer.writeNull();
        } else {
            writer.write(ColumnDefaults.BYTES, instead);
        }
    }

    /** Copies the rows of documents. */
    void copyDocuments(
            List<? extends MappedDocument<?>> documents,
            BitSet rejected,
            CopiedRows rows,
            List<@Nullable Object[]> parentIds)
            throws SQLException {
        List<@Nullable Iterator<byte @Nullable []>> missing = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            ColumnDefaults instead = defaults.get(c);
            int number = 0;
            for (int i = 0; instead != null && i < documents.size(); i++) {
                number += !rejected.get(i) && CompiledMapping.value(documents.get(i), c) == null ? 1 : 0;
            }
            missing.add(instead == null ? null : instead.draw(number));
        }
        int values = values(rows);
        copy.copy(
                names(rows.hasIds()),
                writer -> {
                    for (int i = 0; i < documents.size(); i++) {
                        if (rejected.get(i)) {
                            continue;
                        }
                        writer.startRow(values);
                        writeId(writer, rows, i);
                        MappedDocument<?> document = documents.get(i);
                        for (int c = 0; c < columns.size(); c++) {
                            write(c, CompiledMapping.value(document, c), missing.get(c), writer);
                        }
                        for (int r = 0; r < references.size(); r++) {
                            references.get(r).write(parentIds.get(r)[i], writer);
                        }
                    }
                },
                documents.size() == 1);
    }

    /** Copies the rows that documents have in this child table; returns how many those are. */
    long copyChildren(
            List<? extends MappedDocument<?>> documents,
            BitSet rejected,
            CopiedRows rows,
            List<@Nullable Object[]> related,
            Above above)
            throws SQLException {
        List<@Nullable Iterator<byte @Nullable []>> missing = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            ColumnDefaults instead = defaults.get(c);
            missing.add(instead == null ? null : instead.draw(missing(documents, rejected, c)));
        }
        List<ParentColumn> parentColumns = childMapping().parentColumns();
        BitSet skipped = skipped(related);
        int values = values(rows);
        long[] copied = new long[1];
        copy.copy(
                names(rows.hasIds()),
                writer -> {
                    for (int i = 0; i < documents.size(); i++) {
                        if (rejected.get(i)) {
                            continue;
                        }
                        MappedDocument<?> document = documents.get(i);
                        NestedRows nested = rows(document);
                        for (int row = 0; row < nested.size(); row++) {
                            int number = rows.number(i, row);
                            if (skipped.get(number)) {
                                continue;
                            }
                            writer.startRow(values);
                            copied[0]++;
                            writeId(writer, rows, number);
                            for (int u = 0; u < up.size(); u++) {
                                Object id = parentValue(
                                        document,
                                        i,
                                        nested.parent(row),
                                        parentColumns.get(u).parent(),
                                        above);
                                up.get(u).write(id, writer);
                            }
                            @Nullable Object[] own = nested.values(row);
                            for (int c = 0; c < columns.size(); c++) {
                                write(c, own[c], missing.get(c), writer);
                            }
                            for (int r = 0; r < references.size(); r++) {
                                references.get(r).write(related.get(r)[number], writer);
                            }
                        }
                    }
                },
                documents.size() == 1);
        return copied[0];
    }

    private int missing(List<? extends MappedDocument<?>> documents, BitSet rejected, int column) {
        int number = 0;
        for (int i = 0; i < documents.size(); i++) {
            NestedRows nested = rows(documents.get(i));
            for (int row = 0; row < nested.size() && !rejected.get(i); row++) {
                number += nested.values(row)[column] == null ? 1 : 0;
            }
        }
        return number;
    }

    /** Rows that are nothing without a row that is not there. */
    private BitSet skipped(List<@Nullable Object[]> related) {
        BitSet skipped = new BitSet();
        for (int r = 0; r < references.size(); r++) {
            if (child != null && child.leavesOut(child.references().get(r))) {
                @Nullable Object[] idsOfRows = related.get(r);
                for (int number = 0; number < idsOfRows.length; number++) {
                    if (idsOfRows[number] == null) {
                        skipped.set(number);
                    }
                }
            }
        }
        return skipped;
    }

    /** A column of the row above a row of this table. */
    private @Nullable Object parentValue(
            MappedDocument<?> document, int number, int parentRow, TableField<?, ?> column, Above above) {
        ChildTable parent = child == null ? null : child.parent();
        if (parent == null) {
            return above.documents().valueOf(document, number, column, above.root());
        }
        return above.tables().get(parent.number()).valueOfRow(document, number, parentRow, column, above);
    }

    /** A column of a document's own row, as it is written. */
    @Nullable Object valueOf(MappedDocument<?> document, int number, TableField<?, ?> column, CopiedRows rows) {
        for (int c = 0; c < mapping.columns().size(); c++) {
            if (mapping.columns().get(c).column().equals(column)) {
                return CompiledMapping.value(document, c);
            }
        }
        return rows.id(number);
    }

    private @Nullable Object valueOfRow(
            MappedDocument<?> document, int number, int row, TableField<?, ?> column, Above above) {
        NestedRows nested = rows(document);
        for (int c = 0; c < mapping.columns().size(); c++) {
            if (mapping.columns().get(c).column().equals(column)) {
                return nested.values(row)[c];
            }
        }
        for (ParentColumn parent : childMapping().parentColumns()) {
            if (parent.column().equals(column)) {
                return parentValue(document, number, nested.parent(row), parent.parent(), above);
            }
        }
        CopiedRows own = above.rows().get(childNumber());
        return own.id(own.number(number, row));
    }

    private int childNumber() {
        if (child == null) {
            throw new IllegalStateException("the documents' own table has no number");
        }
        return child.number();
    }
}
