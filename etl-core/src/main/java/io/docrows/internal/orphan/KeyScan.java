package io.docrows.internal.orphan;

import de.bytefish.pgbulkinsert.pgsql.handlers.StringValueHandler;
import io.docrows.internal.decode.KeyDecoder;
import io.docrows.internal.incremental.WatermarkFilter;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.postgres.StoredText;
import io.docrows.internal.stage.CollectionFeed;
import io.docrows.internal.stage.FeedLimits;
import io.docrows.internal.stage.Isolation;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.write.CopyIn;
import io.docrows.internal.write.StagedRow;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.DocumentId;
import io.docrows.mapping.FieldPath;
import io.docrows.run.Cancellation;
import io.docrows.source.DocumentSource;
import io.docrows.source.ReadRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of all documents of a collection once more, after it was loaded. That needs no memory of which
 * documents a run has seen, which would have to survive a crash; and a document that went meanwhile is gone, too.
 * Documents that are rejected exist as well, so their rows stay.
 */
final class KeyScan<R extends TableRecord<R>> {

    private static final StringValueHandler TEXT = new StringValueHandler();
    private static final int BATCH = 10_000;

    private final Connection connection;
    private final CollectionMapping<R> mapping;
    private final OrphanTables tables;
    private final boolean identified;
    private final StoredText text;
    private final StagedRow<R> row;
    private final KeyDecoder keys;
    private long unreadable;

    /**
     * A scan.
     *
     * @param connection without auto-commit
     * @param identified whether the {@code _id}s are needed, too
     * @param catalog what the target says of the mapped table
     */
    KeyScan(
            Connection connection,
            CollectionMapping<R> mapping,
            OrphanTables tables,
            boolean identified,
            TableCatalog catalog) {
        this.connection = connection;
        this.mapping = mapping;
        this.tables = tables;
        this.identified = identified;
        this.text = catalog.text();
        this.row = new StagedRow<>(mapping, catalog);
        this.keys = CompiledMapping.keyDecoder(mapping);
    }

    /** Reads; returns false if it was cancelled before the end. */
    boolean read(DocumentSource source, Cancellation cancellation) throws SQLException {
        ReadRequest request = new ReadRequest(List.of(), 1, fields(), Optional.empty());
        FeedLimits limits = FeedLimits.alone(BATCH, Long.MAX_VALUE, OptionalLong.empty(), cancellation::isRequested);
        try (CollectionFeed<Seen> feed = new CollectionFeed<>(
                source, mapping.collection(), request, WatermarkFilter.none(), this::seen, limits)) {
            for (@Nullable List<Seen> batch = feed.next(); batch != null; batch = feed.next()) {
                write(batch);
            }
            return !feed.isStopped();
        }
    }

    /** The top-level fields that the key is made of; none, which is all, if it is made of the document itself. */
    private List<String> fields() {
        List<FieldPath> paths = mapping.columns().subList(0, mapping.key().size()).stream()
                .flatMap(column -> column.paths().stream())
                .toList();
        return paths.stream().anyMatch(path -> path.names().isEmpty())
                ? List.of()
                : paths.stream().map(path -> path.names().get(0)).distinct().toList();
    }

    /** Documents whose key cannot be read. */
    long unreadable() {
        return unreadable;
    }

    private Seen seen(byte[] bson) {
        @Nullable Object @Nullable [] key = keys.decode(bson);
        if (!keys.readable()) {
            unreadable++;
        }
        return new Seen(key, identified ? text.stored(DocumentId.ofDocument(bson)) : null);
    }

    private void write(List<Seen> batch) throws SQLException {
        // A key that its own column refuses is none: there can be no row with it.
        Isolation.withCommits(connection)
                .write(batch, this::copy, (seen, error, failure) -> copy(List.of(new Seen(null, seen.id()))));
    }

    private void copy(List<Seen> batch) throws SQLException {
        String columns = String.join(", ", row.key()) + ", id";
        CopyIn.copy(connection, tables.seen(), columns, writer -> {
            for (Seen seen : batch) {
                writer.startRow(row.key().size() + 1);
                row.writeKey(writer, seen.key());
                if (seen.id() == null) {
                    writer.writeNull();
                } else {
                    writer.write(TEXT, seen.id());
                }
            }
        });
    }

    private record Seen(
            @Nullable Object @Nullable [] key, @Nullable String id) {}
}
