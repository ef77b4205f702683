package io.docrows.internal.write;

import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.MappedDocument;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jooq.TableRecord;

/**
 * The staging tables of one connection, and what fills them. A transaction finds them empty. Not thread-safe.
 *
 * @param <R> the generated record type of the mapped table
 */
final class BatchStage<R extends TableRecord<R>> {

    private final Connection connection;
    private final CollectionMapping<R> mapping;
    private final StagedRow<R> row;
    private boolean holdsRows;
    private int analyzed;

    BatchStage(Connection connection, CollectionMapping<R> mapping) {
        this.connection = connection;
        this.mapping = mapping;
        this.row = new StagedRow<>(mapping);
    }

    /** Makes the tables; the caller commits. */
    void create() throws SQLException {
        Statements.execute(connection, StagingTables.create(mapping, row));
    }

    /** Drops the tables; the caller commits. */
    void drop() throws SQLException {
        Statements.execute(connection, StagingTables.drop(mapping));
    }

    /** A transaction begins: the tables emptied themselves when the last one ended. */
    void begin() {
        holdsRows = false;
    }

    /** Puts these documents, and no others, into the tables; a document's {@code ord} is its place in the list. */
    void fill(List<MappedDocument<R>> documents) throws SQLException {
        if (holdsRows) {
            empty();
        }
        holdsRows = true;
        stage(documents);
        analyze(documents.size());
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
        if (documents <= 2 * analyzed) {
            return;
        }
        analyzed = documents;
        Statements.execute(connection, "ANALYZE " + StagingTables.DOCUMENTS);
        for (JoinMapping join : mapping.joins()) {
            Statements.execute(connection, "ANALYZE " + StagingTables.elements(join));
        }
    }

    private void empty() throws SQLException {
        StringBuilder tables = new StringBuilder("TRUNCATE ").append(StagingTables.DOCUMENTS);
        for (JoinMapping join : mapping.joins()) {
            tables.append(", ").append(StagingTables.elements(join));
        }
        Statements.execute(connection, tables.toString());
    }

    private void stage(List<MappedDocument<R>> documents) throws SQLException {
        CopyIn.copy(connection, StagingTables.DOCUMENTS, "ord, " + row.names(), writer -> {
            int ord = 0;
            for (MappedDocument<R> document : documents) {
                writer.startRow(1 + row.size());
                writer.writeInt(ord++);
                row.write(writer, document);
            }
        });
        for (JoinMapping join : mapping.joins()) {
            CopyIn.copy(connection, StagingTables.elements(join), "ord, value", writer -> {
                for (int ord = 0; ord < documents.size(); ord++) {
                    for (Object element : documents.get(ord).links(join.index())) {
                        writer.startRow(2);
                        writer.writeInt(ord);
                        row.writeElement(writer, join, element);
                    }
                }
            });
        }
    }

    private void delete(String table, Integer[] ords) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM " + table + " WHERE ord = ANY (?)")) {
            statement.setArray(1, connection.createArrayOf("int4", ords));
            statement.executeUpdate();
        }
    }
}
