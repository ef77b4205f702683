package io.docrows.internal.compare;

import io.docrows.error.RejectCode;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.mapping.SharedDecoder;
import io.docrows.internal.mapping.SharedDocument;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.stage.CollectionFeed;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.OwnedRows;
import io.docrows.internal.table.Stage;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.write.KeyClaims;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.report.Drift;
import io.docrows.source.DocumentSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A collection that was read and staged.
 *
 * @param mapping its mapping
 * @param catalog what the target says of its table
 * @param stage the temporary tables
 * @param superseded documents that another one with the same {@code _id} follows; they are not in the tables
 * @param unmatched documents that no mapping of the collection takes; told once, with the first of them
 * @param drift how the documents differ from what the mapping expects
 * @param duration the time it took
 * @param <R> the generated record type of the mapped table
 */
record StagedCollection<R extends TableRecord<R>>(
        CollectionMapping<R> mapping,
        TableCatalog catalog,
        CollectionStage<R> stage,
        long superseded,
        long unmatched,
        Drift drift,
        Duration duration) {

    private static final Logger LOG = LoggerFactory.getLogger(StagedCollection.class);

    /** Reads and stages a collection; what was staged when the scope is cancelled is not the whole. */
    static <R extends TableRecord<R>> StagedCollection<R> stage(
            CompareSession session,
            int number,
            CollectionMapping<R> mapping,
            TableCatalog catalog,
            DocumentSource source,
            Scope scope)
            throws SQLException {
        Staging<R> staging = Staging.begin(session, number, mapping, catalog);
        Decoder<Decoded<R>> decoder = CompiledMapping.decoder(mapping, catalog::type);
        try (CollectionFeed<Decoded<R>> feed = feed(mapping, decoder, source, scope)) {
            for (@Nullable List<Decoded<R>> batch = feed.next(); batch != null; batch = feed.next()) {
                staging.stage.add(batch);
            }
            return staging.end(session, decoder.drift(), staging.stage.unmatched());
        }
    }

    /** Reads a collection once and stages it for each of its mappings; a document has the same number in each stage. */
    static List<StagedCollection<?>> stageAll(
            CompareSession session,
            int number,
            MappedCollection collection,
            Map<CollectionMapping<?>, TableCatalog> catalogs,
            DocumentSource source,
            Scope scope)
            throws SQLException {
        List<Staging<?>> stagings = new ArrayList<>();
        for (CollectionMapping<?> mapping : collection.mappings()) {
            stagings.add(Staging.begin(
                    session, number + stagings.size(), mapping, Objects.requireNonNull(catalogs.get(mapping))));
        }
        SharedDecoder decoder = new SharedDecoder(
                collection.mappings(), mapping -> Objects.requireNonNull(catalogs.get(mapping))::type);
        long unmatched = 0;
        try (CollectionFeed<SharedDocument> feed = feed(collection.first(), decoder, source, scope)) {
            for (@Nullable List<SharedDocument> batch = feed.next(); batch != null; batch = feed.next()) {
                for (int i = 0; i < stagings.size(); i++) {
                    stagings.get(i).add(i, batch);
                }
                unmatched += batch.stream().filter(SharedDocument::isUnmatched).count();
            }
        }
        List<StagedCollection<?>> staged = new ArrayList<>();
        for (Staging<?> staging : stagings) {
            // What concerns the collection as a whole is told once, with its first mapping.
            boolean first = staged.isEmpty();
            staged.add(staging.end(session, first ? decoder.drift() : Drift.NONE, first ? unmatched : 0));
        }
        return staged;
    }

    private static <D> CollectionFeed<D> feed(
            CollectionMapping<?> mapping, Decoder<D> decoder, DocumentSource source, Scope scope) {
        return new CollectionFeed<>(
                source,
                mapping.collection(),
                scope.request(mapping.collection()),
                scope.filter(mapping),
                decoder::decode,
                scope.limits());
    }

    /** A collection that is being staged. */
    private record Staging<R extends TableRecord<R>>(
            CollectionMapping<R> mapping, TableCatalog catalog, CollectionStage<R> stage, boolean owned, long started) {

        private static <R extends TableRecord<R>> Staging<R> begin(
                CompareSession session, int number, CollectionMapping<R> mapping, TableCatalog catalog)
                throws SQLException {
            long started = System.nanoTime();
            boolean owned = KeyClaims.needed(mapping, catalog);
            StageTables tables = StageTables.of(mapping, catalog, number);
            // Those that are refused only when they are compared are told by their keys.
            boolean comparedLater = new OwnedRows(mapping, catalog).canMeetOthers()
                    || tables.tree().children().stream().anyMatch(ChildTable::comparesLoosely);
            boolean identified = owned || comparedLater || session.anyRejects(mapping.collection());
            CollectionStage<R> stage =
                    new CollectionStage<>(session.connection(), mapping, catalog, tables, identified);
            stage.create();
            return new Staging<>(mapping, catalog, stage, owned, started);
        }

        private void add(int number, List<SharedDocument> batch) throws SQLException {
            stage.add(batch.stream()
                    .map(document -> document.part(number, mapping))
                    .toList());
        }

        private StagedCollection<R> end(CompareSession session, Drift drift, long unmatched) throws SQLException {
            long superseded = stage.removeSuperseded(!owned);
            stage.analyze();
            if (owned) {
                refuseRowsOfOthers(session);
            }
            OwnedRows rows = new OwnedRows(mapping, catalog);
            if (rows.canMeetOthers()) {
                stage.refuse(rows.ofOthers(stage.tables().documents()), RejectCode.DUPLICATE_KEY);
            }
            Duration duration = Duration.ofNanos(System.nanoTime() - started);
            LOG.info(String.format(
                    Locale.ROOT,
                    "%s: %,d documents read in %.2fs",
                    mapping.collection(),
                    stage.documents(),
                    duration.toMillis() / 1000.0));
            return new StagedCollection<>(mapping, catalog, stage, superseded, unmatched, drift, duration);
        }

        /** Takes out documents whose row belongs to another document. */
        private void refuseRowsOfOthers(CompareSession session) throws SQLException {
            KeyClaims claims = new KeyClaims(mapping, catalog);
            String documents = stage.tables().documents();
            String hashed = session.hasClaims() ? stage.tables().hashed() : null;
            if (hashed != null) {
                Statements.execute(session.connection(), claims.hash(documents, hashed));
            }
            stage.refuse(claims.ofOthers(documents, hashed), RejectCode.DUPLICATE_KEY);
            if (hashed != null) {
                Statements.execute(session.connection(), Stage.drop(hashed));
                session.connection().commit();
            }
        }
    }

    StageTables tables() {
        return stage.tables();
    }
}
