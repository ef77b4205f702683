package io.docrows.internal.incremental;

import io.docrows.internal.column.QualifiedName;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.metadata.DroppedConstraints;
import io.docrows.internal.metadata.WatermarkStore;
import io.docrows.internal.metadata.WatermarkStore.Mark;
import io.docrows.internal.postgres.Statements;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Watermark;
import io.docrows.run.DeleteMode;
import io.docrows.run.RunOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides from when on documents have to be read. Where there is any doubt, all of them are. */
public final class Increments {

    private static final Logger LOG = LoggerFactory.getLogger(Increments.class);

    private Increments() {}

    /**
     * What each collection is read from.
     *
     * @param connection a connection to the target, whose schema {@code docrows} is there
     * @param pipeline the pipeline's name
     * @param source the source's description
     * @param mappings the mappings to be loaded
     * @param options how
     * @param whole whether whole collections are asked for
     * @return increments by collection; none for those that are to be read from the beginning
     * @throws SQLException if PostgreSQL fails
     */
    public static Map<String, Increment> of(
            Connection connection,
            String pipeline,
            String source,
            List<CollectionMapping<?>> mappings,
            RunOptions options,
            boolean whole)
            throws SQLException {
        Map<String, Increment> increments = new HashMap<>();
        List<MappedCollection> marked = marked(mappings);
        boolean all = !whole || options.force() || options.deletes() != DeleteMode.IGNORE;
        if (all || marked.isEmpty() || !WatermarkStore.isThere(connection)) {
            return increments;
        }
        for (MappedCollection collection : marked) {
            Mark mark = WatermarkStore.last(
                    connection,
                    pipeline,
                    source,
                    collection.name(),
                    MappingDigest.of(collection.mappings()),
                    MappingDigest.of(withoutMark(collection.mappings())));
            if (mark != null && isFilled(connection, collection) && isWhole(connection, pipeline)) {
                Instant since = mark.moment().minus(options.overlap());
                LOG.info("reading documents of {} that were changed since {}", collection.name(), since);
                increments.put(
                        collection.name(), new Increment(collection.first().watermark(), since, mark));
            }
        }
        return increments;
    }

    /**
     * Writes down from when on collections are read, once their partitions are there.
     *
     * @param connection the connection of the transaction that makes them
     * @param run the run's number
     * @param mappings the mappings to be loaded
     * @param increments what was decided
     * @throws SQLException if PostgreSQL fails
     */
    public static void plan(
            Connection connection, long run, List<CollectionMapping<?>> mappings, Map<String, Increment> increments)
            throws SQLException {
        for (MappedCollection collection : MappedCollection.of(mappings)) {
            @Nullable Increment increment = increments.get(collection.name());
            WatermarkStore.plan(
                    connection,
                    run,
                    collection.name(),
                    MappingDigest.of(collection.mappings()),
                    increment == null ? null : increment.since(),
                    increment == null ? null : increment.mark());
        }
    }

    /**
     * What a run made of watermarks.
     *
     * @param connection a connection to the target
     * @param run the run's number
     * @param mappings the mappings
     * @return by collection; none where a mapping has no watermark
     * @throws SQLException if PostgreSQL fails
     */
    public static Map<String, Watermark> marks(Connection connection, long run, List<CollectionMapping<?>> mappings)
            throws SQLException {
        Map<String, Watermark> marks = new HashMap<>();
        for (MappedCollection collection : marked(mappings)) {
            WatermarkStore.Written written = WatermarkStore.of(connection, run, collection.name());
            marks.put(
                    collection.name(),
                    new Watermark(
                            String.join(".", collection.first().watermark()),
                            written.since(),
                            written.highest(),
                            written.without()));
        }
        return marks;
    }

    /** The collections with a watermark: all mappings of one have the same. */
    private static List<MappedCollection> marked(List<CollectionMapping<?>> mappings) {
        return MappedCollection.of(mappings).stream()
                .filter(collection -> !collection.first().watermark().isEmpty())
                .toList();
    }

    private static List<CollectionMapping<?>> withoutMark(List<CollectionMapping<?>> mappings) {
        return mappings.stream()
                .<CollectionMapping<?>>map(CollectionMapping::withWatermark)
                .toList();
    }

    /** A table that was emptied needs everything. */
    private static boolean isFilled(Connection connection, MappedCollection collection) throws SQLException {
        for (CollectionMapping<?> mapping : collection.mappings()) {
            if (!Statements.hasRows(connection, DSL.table(QualifiedName.of(mapping.table())))) {
                return false;
            }
        }
        return true;
    }

    /** What a first load left missing may only be rebuilt by reading documents once more. */
    private static boolean isWhole(Connection connection, String pipeline) {
        return DroppedConstraints.of(connection, pipeline).isEmpty();
    }
}
