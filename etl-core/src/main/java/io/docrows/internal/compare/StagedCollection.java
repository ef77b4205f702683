package io.docrows.internal.compare;

import io.docrows.error.RejectCode;
import io.docrows.internal.decode.Decoder;
import io.docrows.internal.mapping.CompiledMapping;
import io.docrows.internal.stage.CollectionFeed;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.write.KeyClaims;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Decoded;
import io.docrows.report.Drift;
import io.docrows.source.DocumentSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
 * @param drift how the documents differ from what the mapping expects
 * @param duration the time it took
 * @param <R> the generated record type of the mapped table
 */
record StagedCollection<R extends TableRecord<R>>(
        CollectionMapping<R> mapping,
        TableCatalog catalog,
        CollectionStage<R> stage,
        long superseded,
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
        long started = System.nanoTime();
        boolean owned = KeyClaims.needed(mapping, catalog);
        boolean identified = owned || session.anyRejects(mapping.collection());
        CollectionStage<R> stage = new CollectionStage<>(
                session.connection(), mapping, catalog, StageTables.of(mapping, catalog, number), identified);
        stage.create();
        Decoder<Decoded<R>> decoder = CompiledMapping.decoder(mapping, catalog::type);
        try (CollectionFeed<Decoded<R>> feed = new CollectionFeed<>(
                source,
                mapping.collection(),
                scope.request(mapping.collection()),
                scope.filter(mapping),
                decoder::decode,
                scope.limits())) {
            for (@Nullable List<Decoded<R>> batch = feed.next(); batch != null; batch = feed.next()) {
                stage.add(batch);
            }
            long superseded = stage.removeSuperseded(!owned);
            stage.analyze();
            if (owned) {
                stage.refuse(
                        new KeyClaims(mapping, catalog).ofOthers(stage.tables().documents(), session.hasClaims()),
                        RejectCode.DUPLICATE_KEY);
            }
            Duration duration = Duration.ofNanos(System.nanoTime() - started);
            LOG.info(String.format(
                    Locale.ROOT,
                    "%s: %,d documents read in %.2fs",
                    mapping.collection(),
                    stage.documents(),
                    duration.toMillis() / 1000.0));
            return new StagedCollection<>(mapping, catalog, stage, superseded, decoder.drift(), duration);
        }
    }

    StageTables tables() {
        return stage.tables();
    }
}
