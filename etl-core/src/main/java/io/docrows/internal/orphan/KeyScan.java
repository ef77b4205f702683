package io.docrows.internal.orphan;

import de.bytefish.pgbulkinsert.pgsql.handlers.StringValueHandler;
import io.docrows.internal.decode.KeyDecoder;
import io.docrows.internal.decode.Matcher;
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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of all documents of a collection once more, after it was loaded. That needs no memory of which
 * documents a run has seen, which would have to survive a crash; and a document that went meanwhile is gone, too.
 * Documents that are rejected exist as well, so their rows stay. Rows of a mapping that does not take their document
 * any more do not.
 */
final class KeyScan {

    private static final StringValueHandler TEXT = new StringValueHandler();
    private static final int BATCH = 10_000;

    private final Connection connection;
    private final String collection;
    private final Matcher matcher;
    private final List<Keys<?>> all = new ArrayList<>();

    /**
     * A scan.
     *
     * @param connection without auto-commit
     * @param mappings every mapping of the collection
     */
    KeyScan(Connection connection, List<CollectionMapping<?>> mappings) {
        this.connection = connection;
        this.collection = mappings.get(0).collection();
        this.matcher = CompiledMapping.matcher(mappings);
    }

    /**
     * Adds what is to be known of the next mapping, in their order.
     *
     * @param own where the keys go
     * @param identified whether the {@code _id}s are needed, too
     * @param catalog what the target says of the mapped table
     */
    <R extends TableRecord<R>> void add(
            CollectionMapping<R> mapping, OrphanTables own, boolean identified, TableCatalog catalog) {
        all.add(new Keys<>(mapping, own, identified, catalog));
    }

    /** Reads; returns false if it was cancelled before the end. */
    boolean read(DocumentSource source, Cancellation cancellation) throws SQLException {
        ReadRequest request = new ReadRequest(List.of(), 1, fields(), Optional.empty());
        FeedLimits limits = FeedLimits.alone(BATCH, Long.MAX_VALUE, OptionalLong.empty(), cancellation::isRequested);
        try (CollectionFeed<List<Seen>> feed =
                new CollectionFeed<>(source, collection, request, WatermarkFilter.none(), this::seen, limits)) {
            for (@Nullable List<List<Seen>> batch = feed.next(); batch != null; batch = feed.next()) {
                for (Keys<?> keys : all) {
                    keys.write(batch.stream()
                            .flatMap(List::stream)
                            .filter(seen -> seen.keys() == keys)
                            .toList());
                }
            }
            return !feed.isStopped();
        }
    }

    /** The top-level fields that are needed; none, which is all, if some key is made of the document itself. */
    private List<String> fields() {
        Set<String> fields = new LinkedHashSet<>();
        for (Keys<?> keys : all) {
            for (FieldPath path : keys.paths()) {
                if (path.names().isEmpty()) {
                    return List.of();
                }
                fields.add(path.names().get(0));
            }
            keys.mapping.condition().ifPresent(condition -> fields.addAll(CompiledMapping.fields(condition)));
        }
        return List.copyOf(fields);
    }

    /** Documents that may be a mapping's, and whose key cannot be read. */
    long unreadable(CollectionMapping<?> mapping) {
        return all.stream()
                .filter(keys -> keys.mapping.equals(mapping))
                .mapToLong(keys -> keys.unreadable)
                .sum();
    }

    private List<Seen> seen(byte[] bson) {
        boolean[] met = matcher.match(bson);
        List<Seen> seen = new ArrayList<>(all.size());
        for (int i = 0; i < met.length; i++) {
            Keys<?> keys = all.get(i);
            if (met[i] || keys.identified) {
                seen.add(keys.seen(bson, met[i]));
            }
        }
        return seen;
    }

    /** The keys of one mapping's rows. */
    private final class Keys<R extends TableRecord<R>> {

        private final CollectionMapping<R> mapping;
        private final OrphanTables tables;
        private final boolean identified;
        private final StoredText text;
        private final StagedRow<R> row;
        private final KeyDecoder decoder;
        private long unreadable;

        private Keys(CollectionMapping<R> mapping, OrphanTables tables, boolean identified, TableCatalog catalog) {
            this.mapping = mapping;
            this.tables = tables;
            this.identified = identified;
            this.text = catalog.text();
            this.row = new StagedRow<>(mapping, catalog);
            this.decoder = CompiledMapping.keyDecoder(mapping);
        }

        private List<FieldPath> paths() {
            return mapping.columns().subList(0, mapping.key().size()).stream()
                    .flatMap(column -> column.paths().stream())
                    .toList();
        }

        /** A document that the mapping does not take has no row, but it is not gone. */
        private Seen seen(byte[] bson, boolean taken) {
            @Nullable Object @Nullable [] key = taken ? decoder.decode(bson) : null;
            if (taken && !decoder.readable()) {
                unreadable++;
            }
            return new Seen(this, key, identified ? text.stored(DocumentId.ofDocument(bson)) : null, taken);
        }

        private void write(List<Seen> batch) throws SQLException {
            // A key that its own column refuses is none: there can be no row with it.
            Isolation.withCommits(connection)
                    .write(batch, this::copy, (seen, error, failure) -> copy(List.of(seen.withoutKey())));
        }

        private void copy(List<Seen> batch) throws SQLException {
            String columns = String.join(", ", row.key()) + ", id, holds";
            CopyIn.copy(connection, tables.seen(), columns, writer -> {
                for (Seen seen : batch) {
                    writer.startRow(row.key().size() + 2);
                    row.writeKey(writer, seen.key());
                    if (seen.id() == null) {
                        writer.writeNull();
                    } else {
                        writer.write(TEXT, seen.id());
                    }
                    writer.writeBoolean(seen.taken());
                }
            });
        }
    }

    private record Seen(
            Keys<?> keys,
            @Nullable Object @Nullable [] key,
            @Nullable String id,
            boolean taken) {

        private Seen withoutKey() {
            return new Seen(keys, null, id, taken);
        }
    }
}
