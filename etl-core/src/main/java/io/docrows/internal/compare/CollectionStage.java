package io.docrows.internal.compare;

import de.bytefish.pgbulkinsert.pgsql.PgBinaryWriter;
import de.bytefish.pgbulkinsert.pgsql.handlers.ByteArrayValueHandler;
import de.bytefish.pgbulkinsert.pgsql.handlers.StringValueHandler;
import io.docrows.error.RejectCode;
import io.docrows.internal.decode.KeyDecoder;
import io.docrows.internal.decode.NestedRows;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.postgres.NullableColumns;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.postgres.StoredText;
import io.docrows.internal.stage.Isolation;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.LinkTable;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.write.CopyIn;
import io.docrows.internal.write.StagedChild;
import io.docrows.internal.write.StagedRow;
import io.docrows.internal.write.StagedTexts;
import io.docrows.internal.write.StagingCopy;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.mapping.DocumentId;
import io.docrows.mapping.MappedDocument;
import io.docrows.mapping.RejectedDocument;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jooq.ResultQuery;
import org.jooq.TableRecord;

/**
 * One whole collection in temporary tables. Memory holds a batch of it at a time. Not thread-safe.
 *
 * @param <R> the generated record type of the mapped table
 */
final class CollectionStage<R extends TableRecord<R>> {

    private static final StringValueHandler TEXT = new StringValueHandler();
    private static final ByteArrayValueHandler BYTES = new ByteArrayValueHandler();

    private final Connection connection;
    private final StageTables tables;
    private final StagedRow<R> row;
    private final StagingCopy copy;
    private final List<StagedChild> children = new ArrayList<>();
    private final List<StagingCopy> childCopies = new ArrayList<>();
    private final KeyDecoder keys;
    private final StoredText text;
    private final boolean identified;
    private final Map<RejectCode, Long> rejectsByCode = new EnumMap<>(RejectCode.class);
    private long documents;
    private long unreadable;
    private long unmatched;
    private final List<Integer> sizes = new ArrayList<>();

    /**
     * A stage without tables yet.
     *
     * @param connection without auto-commit
     * @param catalog what the target says of the mapped table
     * @param identified whether documents must be found in the reject table
     */
    CollectionStage(
            Connection connection,
            CollectionMapping<R> mapping,
            TableCatalog catalog,
            StageTables tables,
            boolean identified) {
        this.connection = connection;
        this.tables = tables;
        this.row = new StagedRow<>(mapping, catalog);
        this.copy = copy(tables.documents(), row.texts());
        for (ChildTable child : tables.tree().children()) {
            StagedChild staged = new StagedChild(child, catalog);
            children.add(staged);
            childCopies.add(copy(child.staged(), staged.texts()));
        }
        this.keys = CompiledMapping.keyDecoder(mapping);
        this.text = catalog.text();
        this.identified = identified;
    }

    private StagingCopy copy(String table, StagedTexts texts) {
        return new StagingCopy(connection, table, StageTables.texts(table), texts);
    }

    StageTables tables() {
        return tables;
    }

    /** Documents read, those that cannot have a row, and those that the mapping does not take, included. */
    long documents() {
        return documents;
    }

    /** Documents that the mapping does not take. */
    long unmatched() {
        return unmatched;
    }

    /** Documents whose key cannot be read. */
    long unreadable() {
        return unreadable;
    }

    /** How many documents of a batch were decoded. */
    int sizeOf(int batch) {
        return sizes.get(batch);
    }

    /** Documents that cannot have a row, by reason. */
    Map<RejectCode, Long> rejectsByCode() {
        return rejectsByCode;
    }

    void create() throws SQLException {
        Statements.execute(connection, tables.create(row));
        NullableColumns.of(connection, tables.documents(), row.nullable());
        for (ChildTable child : tables.tree().children()) {
            NullableColumns.of(connection, child.staged(), child.staging().nullable());
        }
        // The key of a document that has none that can be read.
        NullableColumns.of(connection, tables.rejects(), row.key());
        copy.create(names());
        for (ChildTable child : tables.tree().children()) {
            childCopies.get(child.number()).create(child.staging().columns());
        }
        connection.commit();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(List.of("ord", "batch", "place", "id", "digest"));
        names.addAll(row.columns());
        return names;
    }

    /** Stages one batch. */
    void add(List<Decoded<R>> batch) throws SQLException {
        List<Numbered<Placed<R>>> mapped = new ArrayList<>(batch.size());
        List<Numbered<RejectedDocument<R>>> rejected = new ArrayList<>();
        for (Decoded<R> decoded : batch) {
            long ord = documents++;
            if (decoded instanceof MappedDocument<R> document) {
                mapped.add(new Numbered<>(ord, new Placed<>(mapped.size(), document)));
            } else if (decoded instanceof RejectedDocument<R> reject) {
                keys.decode(decoded.bson());
                unreadable += keys.readable() ? 0 : 1;
                rejected.add(new Numbered<>(ord, reject));
            } else {
                unmatched++;
            }
        }
        // What PostgreSQL does not even let into a column's type is rejected, as in a run.
        Isolation isolation = Isolation.withCommits(connection);
        isolation.write(
                mapped,
                this::copyDocuments,
                (document, error, failure) -> rejected.add(new Numbered<>(
                        document.ord(),
                        new RejectedDocument<>(
                                document.content().document().bson(),
                                error.code(),
                                null,
                                null,
                                error.column(),
                                error.sqlState(),
                                error.detail()))));
        rejected.forEach(reject -> rejectsByCode.merge(reject.content().code(), 1L, Long::sum));
        // A key that its own column refuses is none: there can be no row with it.
        isolation.write(
                rejected,
                rejects -> copyRejects(rejects, true),
                (reject, error, failure) -> copyRejects(List.of(reject), false));
        sizes.add(mapped.size());
    }

    /**
     * Of documents with the same {@code _id} the last one stays. What was staged of the others beside them is met no
     * more. Returns how many went.
     *
     * @param byKey whether the key tells it
     */
    long removeSuperseded(boolean byKey) throws SQLException {
        long removed = Statements.update(connection, tables.removeSuperseded(byKey));
        connection.commit();
        return removed;
    }

    /** Moves documents to the rejects; {@code query} returns their {@code ord}. The caller commits, or does not. */
    void move(ResultQuery<?> query, RejectCode code) throws SQLException {
        long refused = Statements.update(connection, tables.refuse(query, code));
        if (refused > 0) {
            rejectsByCode.merge(code, refused, Long::sum);
        }
    }

    /** Moves documents to the rejects, and commits. */
    void refuse(ResultQuery<?> query, RejectCode code) throws SQLException {
        move(query, code);
        connection.commit();
    }

    /** Temporary tables have no statistics of their own accord, and without them PostgreSQL joins them badly. */
    void analyze() throws SQLException {
        Statements.execute(
                connection,
                tables.staged().stream().map(table -> "ANALYZE " + table).toList());
        connection.commit();
    }

    private void copyDocuments(List<Numbered<Placed<R>>> mapped) throws SQLException {
        copy.copy(
                names(),
                writer -> {
                    for (Numbered<Placed<R>> document : mapped) {
                        MappedDocument<R> content = document.content().document();
                        writer.startRow(5 + row.size());
                        writer.writeLong(document.ord());
                        writer.writeInt(sizes.size());
                        writer.writeInt(document.content().place());
                        identify(writer, content.bson());
                        row.write(writer, content);
                    }
                },
                mapped.size() == 1);
        for (LinkTable link : tables.tree().links()) {
            CopyIn.copy(connection, link.elements(), "ord, value", writer -> {
                for (Numbered<Placed<R>> document : mapped) {
                    for (Object element :
                            CompiledMapping.links(document.content().document(), link.number())) {
                        writer.startRow(2);
                        writer.writeLong(document.ord());
                        row.writeElement(writer, link.number(), element);
                    }
                }
            });
        }
        for (ChildTable child : tables.tree().children()) {
            copyRows(child, mapped);
        }
    }

    private void copyRows(ChildTable table, List<Numbered<Placed<R>>> mapped) throws SQLException {
        StagedChild staged = children.get(table.number());
        int values = staged.size();
        childCopies
                .get(table.number())
                .copy(
                        table.staging().columns(),
                        writer -> {
                            for (Numbered<Placed<R>> document : mapped) {
                                MappedDocument<R> content = document.content().document();
                                NestedRows rows = CompiledMapping.rows(content, table.mapping());
                                for (int i = 0; i < rows.size(); i++) {
                                    writer.startRow(values);
                                    writer.writeLong(document.ord());
                                    staged.write(writer, content, rows, i, null);
                                }
                            }
                        },
                        mapped.size() == 1);
    }

    private void copyRejects(List<Numbered<RejectedDocument<R>>> rejected, boolean withKey) throws SQLException {
        String columns =
                "ord, code, id, digest, " + String.join(", ", tables.key().names());
        CopyIn.copy(connection, tables.rejects(), columns, writer -> {
            for (Numbered<RejectedDocument<R>> reject : rejected) {
                byte[] bson = reject.content().bson();
                writer.startRow(4 + row.key().size());
                writer.writeLong(reject.ord());
                writer.write(TEXT, reject.content().code().name());
                writer.write(TEXT, text.stored(DocumentId.ofDocument(bson)));
                writer.write(BYTES, digest(bson));
                row.writeKey(writer, withKey ? keys.decode(bson) : null);
            }
        });
    }

    private void identify(PgBinaryWriter writer, byte[] bson) {
        if (identified) {
            writer.write(TEXT, text.stored(DocumentId.ofDocument(bson)));
            writer.write(BYTES, digest(bson));
        } else {
            writer.writeNull();
            writer.writeNull();
        }
    }

    private static byte[] digest(byte[] bson) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bson);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private record Numbered<D>(long ord, D content) {}

    /** A decoded document and its place among those of its batch. */
    private record Placed<R extends TableRecord<R>>(int place, MappedDocument<R> document) {}
}
