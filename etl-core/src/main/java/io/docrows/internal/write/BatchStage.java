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
import io.docrows.internal.target.TableCatalog;
import io.docrows.mapping.MappedDocument;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * The staging tables of one connection, and what fills them. Not thread-safe.
 *
 * @param <R> the generated record type of the mapped table
 */
final class BatchStage<R extends TableRecord<R>> {

    private static final ByteArrayValueHandler BYTES = new ByteArrayValueHandler();

    private final Connection connection;
    private final TableTree tree;
    private final StagedRow<R> row;
    private final List<StagedChild> children = new ArrayList<>();
    private final TableCatalog catalog;
    private final @Nullable KeyClaims claims;
    private final StagingCopy documents;
    private final List<StagingCopy> childCopies = new ArrayList<>();
    private final List<ColumnEncoder<?>> parentIds = new ArrayList<>();
    private final List<ColumnEncoder<?>> linkedIds = new ArrayList<>();
    private final StagingStatistics statistics;
    private boolean holdsRows;

    /**
     * A stage without tables yet.
     *
     * @param row how documents stand in it
     * @param catalog what the target says of the tables
     * @param claims how documents are known, where rows have owners
     */
    BatchStage(
            Connection connection, TableTree tree, StagedRow<R> row, TableCatalog catalog, @Nullable KeyClaims claims) {
        this.connection = connection;
        this.tree = tree;
        this.row = row;
        this.catalog = catalog;
        this.claims = claims;
        this.statistics = new StagingStatistics(connection);
        this.documents = copy(tree.stage().documents(), row.texts());
        for (ChildTable child : tree.children()) {
            StagedChild staged = new StagedChild(child, catalog);
            children.add(staged);
            childCopies.add(copy(child.staged(), staged.texts()));
        }
        for (Reference reference : tree.documents().references()) {
            parentIds.add(ColumnEncoder.of(reference.column(), catalog));
        }
    }

    private StagingCopy copy(String table, StagedTexts texts) {
        return new StagingCopy(connection, table, table.substring(table.indexOf('.') + 1) + "_texts", texts);
    }

    /** Makes the tables; the caller commits. */
    void create() throws SQLException {
        StagingTables.create(connection, tree, row, claims != null);
        documents.create(names(true));
        for (ChildTable child : tree.children()) {
            childCopies.get(child.number()).create(child.staging().columns());
        }
        linkedIds.clear();
        for (LinkTable link : tree.links()) {
            int type = Math.toIntExact(Statements.count(connection, link.typeOfLinkedIds()));
            linkedIds.add(
                    ColumnEncoder.of(link.mapping().join().other(), catalog).array(type));
        }
    }

    /** Drops the tables; the caller commits. */
    void drop() throws SQLException {
        documents.drop();
        for (StagingCopy child : childCopies) {
            child.drop();
        }
        Statements.execute(connection, StagingTables.drop(tree));
    }

    /** What was not committed may have been rolled back. */
    void forget() {
        statistics.forget();
    }

    /** The transaction was committed, and the tables have emptied themselves. */
    void committed() {
        statistics.committed();
        holdsRows = false;
    }

    /**
     * Puts these documents, and no others, into the staging tables of documents and of child tables, with the ids of
     * the rows that they lead to; a document's {@code ord} is its place in the list.
     */
    void fill(List<MappedDocument<R>> batch, KeyResolver.Ids related) throws SQLException {
        makeEmpty();
        int values = leadingValues() + row.size() + parentIds.size() + linkedIds.size();
        String stage = tree.stage().documents();
        documents.copy(
                names(true),
                writer -> {
                    for (int ord = 0; ord < batch.size(); ord++) {
                        writer.startRow(values);
                        writeLeading(writer, ord, batch.get(ord));
                        row.write(writer, batch.get(ord));
                        for (int i = 0; i < parentIds.size(); i++) {
                            parentIds.get(i).write(related.parents().get(i)[ord], writer);
                        }
                        for (int i = 0; i < linkedIds.size(); i++) {
                            linkedIds
                                    .get(i)
                                    .write(inOrder(related.lookups().get(i).get(ord)), writer);
                        }
                    }
                },
                batch.size() == 1);
        statistics.ensure(stage, batch.size());
        for (ChildTable child : tree.children()) {
            fill(child, batch, related.children().get(child.number()));
        }
    }

    private void fill(ChildTable table, List<MappedDocument<R>> batch, List<@Nullable Object[]> related)
            throws SQLException {
        StagedChild staged = children.get(table.number());
        int values = staged.size();
        long[] number = new long[1];
        childCopies
                .get(table.number())
                .copy(
                        table.staging().columns(),
                        writer -> {
                            @Nullable Object[] ids = new Object[related.size()];
                            int next = 0;
                            for (int ord = 0; ord < batch.size(); ord++) {
                                MappedDocument<R> document = batch.get(ord);
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
                        },
                        batch.size() == 1);
        statistics.ensure(table.staged(), number[0]);
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
    void fillDocuments(List<MappedDocument<R>> batch) throws SQLException {
        makeEmpty();
        String stage = tree.stage().documents();
        documents.copy(
                names(false),
                writer -> {
                    int ord = 0;
                    for (MappedDocument<R> document : batch) {
                        writer.startRow(leadingValues() + row.size());
                        writeLeading(writer, ord++, document);
                        row.write(writer, document);
                    }
                },
                batch.size() == 1);
        statistics.ensure(stage, batch.size());
    }

    private List<String> names(boolean withRelated) {
        List<String> names = new ArrayList<>(claims != null ? List.of("ord", "d") : List.of("ord"));
        names.addAll(row.columns());
        if (withRelated) {
            tree.documents().references().forEach(reference -> names.add(reference.id()));
            tree.links().forEach(link -> names.add(link.linkedIds()));
        }
        return names;
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
            statistics.ensure(link.elements(), documents.size());
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
        if (tree.hasPendingElements()) {
            delete(tree.stage().waiting(), ords);
        }
    }

    private void makeEmpty() throws SQLException {
        if (holdsRows) {
            List<String> tables = new ArrayList<>(List.of(tree.stage().documents()));
            tree.links().forEach(link -> tables.add(link.elements()));
            tree.children().forEach(child -> tables.add(child.staged()));
            if (tree.hasPendingElements()) {
                tables.add(tree.stage().waiting());
            }
            TemporaryRows.clear(connection, tables);
        }
        holdsRows = true;
    }

    private void delete(String table, Integer[] ords) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM " + table + " WHERE ord IN (SELECT pg_catalog.unnest(?))")) {
            statement.setArray(1, connection.createArrayOf("int4", ords));
            statement.executeUpdate();
        }
    }
}
