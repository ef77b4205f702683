package io.docrows.internal.write;

import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import de.bytefish.pgbulkinsert.pgsql.handlers.ByteArrayValueHandler;
import io.docrows.internal.decode.NestedRows;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.table.Reference;
import io.docrows.internal.table.TableTree;
import io.docrows.mapping.MappedDocument;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * The staging tables of one connection, and what fills them. A transaction finds them empty. Not thread-safe.
 *
 * @param <R> the generated record type of the mapped table
 */
final class BatchStage<R extends TableRecord<R>> {

    private static final ByteArrayValueHandler BYTES = new ByteArrayValueHandler();

    private final Connection connection;
    private final TableTree tree;
    private final StagedRow<R> row;
    private final List<StagedChild> children = new ArrayList<>();
    private final @Nullable KeyClaims claims;
    private final List<ColumnEncoder<?>> parentIds = new ArrayList<>();
    private final List<ColumnEncoder<?>> linkedIds = new ArrayList<>();
    private final Map<String, Long> analyzed = new HashMap<>();
    private boolean holdsRows;

    /**
     * A stage without tables yet.
     *
     * @param row how documents stand in it
     * @param claims how documents are known, where rows have owners
     */
    BatchStage(Connection connection, TableTree tree, StagedRow<R> row, @Nullable KeyClaims claims) {
        this.connection = connection;
        this.tree = tree;
        this.row = row;
        this.claims = claims;
        tree.children().forEach(child -> children.add(new StagedChild(child)));
        for (Reference reference : tree.documents().references()) {
            parentIds.add(ColumnEncoder.of(reference.column()));
        }
    }

    /** Makes the tables; the caller commits. */
    void create() throws SQLException {
        StagingTables.create(connection, tree, row, claims != null);
        linkedIds.clear();
        for (LinkTable link : tree.links()) {
            int type = Math.toIntExact(Statements.count(connection, link.typeOfLinkedIds()));
            linkedIds.add(ColumnEncoder.of(link.mapping().join().other()).array(type));
        }
    }

    /** Drops the tables; the caller commits. */
    void drop() throws SQLException {
        Statements.execute(connection, StagingTables.drop(tree));
    }

    /** A transaction begins: the tables emptied themselves when the last one ended. */
    void begin() {
        holdsRows = false;
    }

    /**
     * Puts these documents, and no others, into the staging tables of documents and of child tables, with the ids of
     * the rows that they lead to; a document's {@code ord} is its place in the list.
     */
    void fill(List<MappedDocument<R>> documents, RelatedRows.Ids related) throws SQLException {
        makeEmpty();
        List<String> names = new ArrayList<>(List.of(leading(), row.names()));
        tree.documents().references().forEach(reference -> names.add(reference.id()));
        tree.links().forEach(link -> names.add(link.linkedIds()));
        int values = leadingValues() + row.size() + parentIds.size() + linkedIds.size();
        String stage = tree.stage().documents();
        CopyIn.copy(connection, stage, String.join(", ", names), writer -> {
            for (int ord = 0; ord < documents.size(); ord++) {
                writer.startRow(values);
                writeLeading(writer, ord, documents.get(ord));
                row.write(writer, documents.get(ord));
                for (int i = 0; i < parentIds.size(); i++) {
                    parentIds.get(i).write(related.parents().get(i)[ord], writer);
                }
                for (int i = 0; i < linkedIds.size(); i++) {
                    linkedIds.get(i).write(inOrder(related.lookups().get(i).get(ord)), writer);
                }
            }
        });
        analyze(stage, documents.size());
        for (ChildTable child : tree.children()) {
            fill(child, documents, related.children().get(child.number()));
        }
    }

    private void fill(ChildTable table, List<MappedDocument<R>> documents, List<@Nullable Object[]> related)
            throws SQLException {
        StagedChild staged = children.get(table.number());
        int values = staged.size();
        long[] number = new long[1];
        CopyIn.copy(connection, table.staged(), String.join(", ", table.stagedColumns()), writer -> {
            @Nullable Object[] ids = new Object[related.size()];
            int next = 0;
            for (int ord = 0; ord < documents.size(); ord++) {
                MappedDocument<R> document = documents.get(ord);
                NestedRows rows = CompiledMapping.rows(document, table.mapping());
                for (int i = 0; i < rows.size(); i++) {
                    for (int reference = 0; reference < ids.length; reference++) {
                        ids[reference] = related.get(reference)[next];
                    }
                    writer.startRow(values);
                    writer.writeInt(ord);
                    staged.write(writer, document, rows, i, ids);
                    next++;
                }
            }
            number[0] = next;
        });
        analyze(table.staged(), number[0]);
    }

    /** The order in which PostgreSQL sorts whole numbers; it sorts other ids itself. */
    private static @Nullable List<Object> inOrder(@Nullable List<Object> ids) {
        if (ids == null || ids.size() < 2 || !(ids.get(0) instanceof Number)) {
            return ids;
        }
        List<Object> sorted = new ArrayList<>(ids);
        sorted.sort(null);
        return sorted;
    }

    /** Puts these documents, and no others, into the table of documents; nothing into the others. */
    void fillDocuments(List<MappedDocument<R>> documents) throws SQLException {
        makeEmpty();
        String stage = tree.stage().documents();
        CopyIn.copy(connection, stage, leading() + ", " + row.names(), writer -> {
            int ord = 0;
            for (MappedDocument<R> document : documents) {
                writer.startRow(leadingValues() + row.size());
                writeLeading(writer, ord++, document);
                row.write(writer, document);
            }
        });
        analyze(stage, documents.size());
    }

    private String leading() {
        return claims != null ? "ord, d" : "ord";
    }

    private int leadingValues() {
        return claims != null ? 2 : 1;
    }

    private void writeLeading(PgBinaryWriter writer, int ord, MappedDocument<R> document) {
        writer.writeInt(ord);
        if (claims != null) {
            writer.write(BYTES, claims.hash(document.bson()));
        }
    }

    /** Adds the elements of the documents that are in the stage to the tables of elements. */
    void addElements(List<MappedDocument<R>> documents) throws SQLException {
        for (LinkTable link : tree.links()) {
            CopyIn.copy(connection, link.elements(), "ord, value", writer -> {
                for (int ord = 0; ord < documents.size(); ord++) {
                    for (Object element : CompiledMapping.links(documents.get(ord), link.number())) {
                        writer.startRow(2);
                        writer.writeInt(ord);
                        row.writeElement(writer, link.number(), element);
                    }
                }
            });
        }
        for (LinkTable link : tree.links()) {
            analyze(link.elements(), documents.size());
        }
    }

    /** Takes documents out again. */
    void remove(Integer[] ords) throws SQLException {
        delete(tree.stage().documents(), ords);
        for (LinkTable link : tree.links()) {
            delete(link.elements(), ords);
        }
        for (ChildTable child : tree.children()) {
            delete(child.staged(), ords);
        }
    }

    /**
     * Temporary tables have no statistics of their own accord, and without them PostgreSQL joins them badly. Those of
     * one batch serve all later ones that are not much larger.
     */
    private void analyze(String table, long rows) throws SQLException {
        if (rows > 2 * analyzed.getOrDefault(table, 0L)) {
            analyzed.put(table, rows);
            Statements.execute(connection, "ANALYZE " + table);
        }
    }

    private void makeEmpty() throws SQLException {
        if (holdsRows) {
            StringBuilder tables =
                    new StringBuilder("TRUNCATE ").append(tree.stage().documents());
            tree.links().forEach(link -> tables.append(", ").append(link.elements()));
            tree.children().forEach(child -> tables.append(", ").append(child.staged()));
            Statements.execute(connection, tables.toString());
        }
        holdsRows = true;
    }

    private void delete(String table, Integer[] ords) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM " + table + " WHERE ord = ANY (?)")) {
            statement.setArray(1, connection.createArrayOf("int4", ords));
            statement.executeUpdate();
        }
    }
}
