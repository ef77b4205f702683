package io.docrows.internal.write;

import de.bytefish.pgbulkinsert.pgsql.handlers.IValueHandler;
import io.docrows.RejectCode;
import io.docrows.internal.column.ColumnType;
import io.docrows.internal.column.QualifiedName;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.ColumnMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
import io.docrows.mapping.RejectedDocument;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jooq.Field;
import org.jooq.TableField;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/** Stages some documents of a batch and merges them; either all of it happens, or a {@link SQLException} is thrown. */
final class ChunkMerge<R extends TableRecord<R>> {

    /**
     * What became of the documents.
     *
     * @param inserted documents whose row is new
     * @param updated documents of which a row changed
     * @param unchanged documents of which no row changed
     * @param rejects documents that were left out
     */
    record Result<R extends TableRecord<R>>(
            int inserted, int updated, int unchanged, List<RejectedDocument<R>> rejects) {}

    private final Connection connection;
    private final CollectionMapping<R> mapping;
    private final MergeStatements sql;
    private final List<UniqueConstraint> uniques;
    private final long run;
    private final List<Encoder<?>> columns = new ArrayList<>();
    private final List<IValueHandler<?>> references = new ArrayList<>();
    private final List<IValueHandler<?>> elements = new ArrayList<>();
    private final String stageColumns;
    private boolean stageHoldsRows;
    private int analyzed;

    ChunkMerge(Connection connection, CollectionMapping<R> mapping, MergeStatements sql, long run) {
        this.connection = connection;
        this.mapping = mapping;
        this.sql = sql;
        this.uniques = UniqueConstraint.of(mapping);
        this.run = run;
        StringBuilder names = new StringBuilder("ord");
        for (ColumnMapping column : mapping.columns()) {
            names.append(", c").append(columns.size());
            columns.add(new Encoder<>(column.column(), handler(column.column())));
        }
        for (ReferenceMapping<R> reference : mapping.references()) {
            names.append(", r").append(reference.index());
            references.add(handler(reference.parentKey()));
        }
        for (JoinMapping join : mapping.joins()) {
            elements.add(handler(join.join().lookup()));
        }
        this.stageColumns = names.toString();
    }

    /** A transaction begins: the stage emptied itself when the last one ended. */
    void begin() {
        stageHoldsRows = false;
    }

    Result<R> merge(List<MappedDocument<R>> documents) throws SQLException {
        if (stageHoldsRows) {
            empty();
        }
        stage(documents);
        analyze(documents.size());
        BitSet existing = query(sql.existing());
        boolean anyExisting = !existing.isEmpty();
        List<RejectedDocument<R>> rejects = new ArrayList<>();
        BitSet merged = new BitSet();
        merged.set(0, documents.size());
        refuse(documents, anyExisting, merged, rejects);
        existing.and(merged);

        BitSet changed = new BitSet();
        for (JoinMapping join : mapping.joins()) {
            if (join.join().insertsMissing()) {
                execute(sql.insertLookups(join));
            }
        }
        if (!existing.isEmpty()) {
            for (UniqueConstraint unique : uniques) {
                if (unique.nullable() >= 0) {
                    execute(sql.vacate(unique));
                }
            }
            changed.or(query(sql.update()));
        }
        if (existing.cardinality() < merged.cardinality()) {
            execute(sql.insert(anyExisting));
            for (ReferenceMapping<R> reference : mapping.references()) {
                if (sql.leadsToItself(reference)) {
                    changed.or(query(sql.referWithin(reference)));
                }
            }
        }
        for (JoinMapping join : mapping.joins()) {
            if (anyExisting) {
                changed.or(query(sql.deleteLinks(join)));
                changed.or(query(sql.insertLinks(join, true)));
            } else {
                execute(sql.insertLinks(join, false));
            }
        }
        for (ReferenceMapping<R> reference : mapping.references()) {
            if (reference.whenMissing() == MissingReference.PENDING) {
                if (anyExisting) {
                    execute(sql.forgetPending(reference));
                }
                remember(reference);
            }
        }
        // A deferred constraint would otherwise speak at COMMIT, when it is too late to find the document.
        execute("SET CONSTRAINTS ALL IMMEDIATE");

        int inserted = merged.cardinality() - existing.cardinality();
        stageHoldsRows = true;
        changed.and(existing);
        int updated = changed.cardinality();
        return new Result<>(inserted, updated, existing.cardinality() - updated, rejects);
    }

    /** Takes the documents out of the stage that cannot be merged, and says why. */
    private void refuse(
            List<MappedDocument<R>> documents, boolean anyExisting, BitSet merged, List<RejectedDocument<R>> rejects)
            throws SQLException {
        for (ReferenceMapping<R> reference : mapping.references()) {
            if (reference.whenMissing() == MissingReference.REJECT) {
                refuse(
                        documents,
                        query(sql.missingParents(reference)),
                        merged,
                        rejects,
                        new Refusal(
                                RejectCode.MISSING_REFERENCE,
                                reference.path(),
                                reference.column(),
                                null,
                                "the document it refers to is not in the target"));
            }
        }
        for (JoinMapping join : mapping.joins()) {
            if (!join.join().insertsMissing()) {
                refuse(
                        documents,
                        query(sql.missingLookups(join)),
                        merged,
                        rejects,
                        new Refusal(
                                RejectCode.MISSING_REFERENCE,
                                join.path(),
                                join.join().lookup(),
                                null,
                                "an element is not in the lookup table"));
            }
        }
        for (UniqueConstraint unique : uniques) {
            ColumnMapping column = mapping.columns().get(unique.columns().get(0));
            refuse(
                    documents,
                    query(sql.duplicates(unique, anyExisting)),
                    merged,
                    rejects,
                    new Refusal(
                            RejectCode.DUPLICATE_VALUE,
                            column.path(),
                            column.column(),
                            "23505",
                            "another document has the same value, which " + unique.name() + " allows only once"));
        }
    }

    private void refuse(
            List<MappedDocument<R>> documents,
            BitSet refused,
            BitSet merged,
            List<RejectedDocument<R>> rejects,
            Refusal why)
            throws SQLException {
        if (refused.isEmpty()) {
            return;
        }
        Integer[] ords = refused.stream().boxed().toArray(Integer[]::new);
        delete(StagingTables.DOCUMENTS, ords);
        for (JoinMapping join : mapping.joins()) {
            delete(StagingTables.elements(join), ords);
        }
        for (Integer ord : ords) {
            merged.clear(ord);
            rejects.add(new RejectedDocument<>(
                    documents.get(ord).bson(),
                    why.code(),
                    String.join(".", why.path()),
                    null,
                    why.columnText(),
                    why.sqlState(),
                    why.detail()));
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
        execute("ANALYZE " + StagingTables.DOCUMENTS);
        for (JoinMapping join : mapping.joins()) {
            execute("ANALYZE " + StagingTables.elements(join));
        }
    }

    private void empty() throws SQLException {
        StringBuilder tables = new StringBuilder("TRUNCATE ").append(StagingTables.DOCUMENTS);
        for (JoinMapping join : mapping.joins()) {
            tables.append(", ").append(StagingTables.elements(join));
        }
        execute(tables.toString());
    }

    private void stage(List<MappedDocument<R>> documents) throws SQLException {
        CopyIn.copy(connection, StagingTables.DOCUMENTS, stageColumns, writer -> {
            int ord = 0;
            for (MappedDocument<R> document : documents) {
                writer.startRow(1 + columns.size() + references.size());
                writer.writeInt(ord++);
                for (Encoder<?> column : columns) {
                    column.write(writer, document.record());
                }
                for (ReferenceMapping<R> reference : mapping.references()) {
                    write(writer, references.get(reference.index()), document.reference(reference.column()));
                }
            }
        });
        for (JoinMapping join : mapping.joins()) {
            CopyIn.copy(connection, StagingTables.elements(join), "ord, value", writer -> {
                for (int ord = 0; ord < documents.size(); ord++) {
                    for (Object element : documents.get(ord).links(join.join().table())) {
                        writer.startRow(2);
                        writer.writeInt(ord);
                        write(writer, elements.get(join.index()), element);
                    }
                }
            });
        }
    }

    private void remember(ReferenceMapping<R> reference) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.rememberPending(reference))) {
            statement.setLong(1, run);
            statement.executeUpdate();
        }
    }

    private void delete(String table, Integer[] ords) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM " + table + " WHERE ord = ANY (?)")) {
            statement.setArray(1, connection.createArrayOf("int4", ords));
            statement.executeUpdate();
        }
    }

    private void execute(String statementText) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(statementText);
        }
    }

    /** The numbers of documents that a statement returns. */
    private BitSet query(String statementText) throws SQLException {
        BitSet ords = new BitSet();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(statementText)) {
            while (rows.next()) {
                ords.set(rows.getInt(1));
            }
        }
        return ords;
    }

    private static IValueHandler<?> handler(Field<?> column) {
        return ColumnType.of(column)
                .orElseThrow(() -> new IllegalStateException("a built mapping has only types that can be encoded"))
                .handler();
    }

    @SuppressWarnings("unchecked") // the mapping's builder tied the value's type to the column's
    private static <T> void write(
            de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter writer, IValueHandler<T> handler, @Nullable Object value) {
        if (value == null) {
            writer.writeNull();
        } else {
            writer.write(handler, (T) value);
        }
    }

    private record Encoder<T>(Field<?> field, IValueHandler<T> handler) {

        private void write(de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter writer, TableRecord<?> record) {
            ChunkMerge.write(writer, handler, record.get(field));
        }
    }

    private record Refusal(
            RejectCode code,
            List<String> path,
            TableField<?, ?> column,
            @Nullable String sqlState,
            String detail) {

        private String columnText() {
            return QualifiedName.text(column);
        }
    }
}
