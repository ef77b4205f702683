package io.docrows.internal.write;

import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import de.bytefish.pgbulkinsert.pgsql.handlers.ByteArrayValueHandler;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.postgres.NullableColumns;
import io.docrows.internal.postgres.Statements;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.ReferenceMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
    private final CollectionMapping<R> mapping;
    private final StagedRow<R> row;
    private final @Nullable KeyClaims claims;
    private final List<ColumnEncoder<?>> parentIds = new ArrayList<>();
    private final List<ColumnEncoder<?>> linkedIds = new ArrayList<>();
    private boolean holdsRows;
    private int analyzed;
    private int analyzedElements;

    /**
     * A stage without tables yet.
     *
     * @param claims how documents are known, where rows have owners
     */
    BatchStage(Connection connection, CollectionMapping<R> mapping, @Nullable KeyClaims claims) {
        this.connection = connection;
        this.mapping = mapping;
        this.claims = claims;
        this.row = new StagedRow<>(mapping);
        for (ReferenceMapping<R> reference : mapping.references()) {
            parentIds.add(ColumnEncoder.of(reference.column()));
        }
    }

    /** Makes the tables; the caller commits. */
    void create() throws SQLException {
        Statements.execute(connection, StagingTables.create(mapping, row, claims != null));
        NullableColumns.of(connection, StagingTables.DOCUMENTS, row.nullable());
        linkedIds.clear();
        for (JoinMapping join : mapping.joins()) {
            int type = Math.toIntExact(Statements.count(connection, StagingTables.typeOfLinkedIds(join)));
            linkedIds.add(ColumnEncoder.of(join.join().other()).array(type));
        }
    }

    /** Drops the tables; the caller commits. */
    void drop() throws SQLException {
        Statements.execute(connection, StagingTables.drop(mapping));
    }

    /** A transaction begins: the tables emptied themselves when the last one ended. */
    void begin() {
        holdsRows = false;
    }

    /**
     * Puts these documents, and no others, into the table of documents, with the ids of the rows that they lead to; a
     * document's {@code ord} is its place in the list.
     */
    void fill(List<MappedDocument<R>> documents, RelatedRows.Ids related) throws SQLException {
        makeEmpty();
        List<String> names = new ArrayList<>(List.of(leading(), row.names()));
        mapping.references().forEach(reference -> names.add(StagingTables.parentId(reference)));
        mapping.joins().forEach(join -> names.add(StagingTables.linkedIds(join)));
        int values = leadingValues() + row.size() + parentIds.size() + linkedIds.size();
        CopyIn.copy(connection, StagingTables.DOCUMENTS, String.join(", ", names), writer -> {
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
        analyze(documents.size());
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

    /** Puts these documents, and no others, into the table of documents. */
    void fill(List<MappedDocument<R>> documents) throws SQLException {
        makeEmpty();
        CopyIn.copy(connection, StagingTables.DOCUMENTS, leading() + ", " + row.names(), writer -> {
            int ord = 0;
            for (MappedDocument<R> document : documents) {
                writer.startRow(leadingValues() + row.size());
                writeLeading(writer, ord++, document);
                row.write(writer, document);
            }
        });
        analyze(documents.size());
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
        for (JoinMapping join : mapping.joins()) {
            CopyIn.copy(connection, StagingTables.elements(join), "ord, value", writer -> {
                for (int ord = 0; ord < documents.size(); ord++) {
                    for (Object element : CompiledMapping.links(documents.get(ord), join.index())) {
                        writer.startRow(2);
                        writer.writeInt(ord);
                        row.writeElement(writer, join, element);
                    }
                }
            });
        }
        if (documents.size() > 2 * analyzedElements) {
            analyzedElements = documents.size();
            for (JoinMapping join : mapping.joins()) {
                Statements.execute(connection, "ANALYZE " + StagingTables.elements(join));
            }
        }
    }

    /** Takes documents out again. */
    void remove(Integer[] ords) throws SQLException {
        delete(StagingTables.DOCUMENTS, ords);
        for (JoinMapping join : mapping.joins()) {
            delete(StagingTables.elements(join), ords);
        }
    }

    /**
     * Temporary tables have no statistics of their own accord, and without them PostgreSQL joins them badly. Those of
     * one batch serve all later ones that are not much larger.
     */
    private void analyze(int documents) throws SQLException {
        if (documents > 2 * analyzed) {
            analyzed = documents;
            Statements.execute(connection, "ANALYZE " + StagingTables.DOCUMENTS);
        }
    }

    private void makeEmpty() throws SQLException {
        if (holdsRows) {
            StringBuilder tables = new StringBuilder("TRUNCATE ").append(StagingTables.DOCUMENTS);
            for (JoinMapping join : mapping.joins()) {
                tables.append(", ").append(StagingTables.elements(join));
            }
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
