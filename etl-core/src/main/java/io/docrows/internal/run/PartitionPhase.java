package io.docrows.internal.run;

import io.docrows.cluster.Cluster;
import io.docrows.internal.incremental.Increment;
import io.docrows.internal.incremental.Increments;
import io.docrows.internal.incremental.MappingDigest;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.metadata.CheckpointStore;
import io.docrows.internal.metadata.RunStore;
import io.docrows.mapping.CollectionMapping;
import io.docrows.run.RunOptions;
import io.docrows.source.ChangedSince;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The phase in which a run gets its number: it takes over the unfinished run, or splits every collection before the
 * first is read, so that a later run knows what is left.
 */
final class PartitionPhase {

    private final String pipeline;
    private final DocumentSource source;
    private final RunOptions options;
    private final boolean resumable;
    private final UUID owner;
    private final @Nullable Cluster cluster;

    PartitionPhase(
            String pipeline,
            DocumentSource source,
            RunOptions options,
            boolean resumable,
            UUID owner,
            @Nullable Cluster cluster) {
        this.pipeline = pipeline;
        this.source = source;
        this.options = options;
        this.resumable = resumable;
        this.owner = owner;
        this.cluster = cluster;
    }

    /**
     * Which run it is.
     *
     * @param run its number
     * @param continued whether it was begun before
     */
    record Numbered(long run, boolean continued) {}

    /** Takes over a run or begins one; {@code selected} is what it loads. */
    Numbered run(RunSession session, List<CollectionMapping<?>> selected) throws SQLException {
        Map<String, String> digests = new HashMap<>();
        for (MappedCollection collection : MappedCollection.of(selected)) {
            digests.put(collection.name(), MappingDigest.of(collection.mappings()));
        }
        Optional<Long> unfinished = options.force() || !resumable
                ? Optional.empty()
                : session.call(
                        "looking for an unfinished run",
                        connection -> runs(connection).unfinished(source.description(), digests));
        if (unfinished.isEmpty()) {
            return new Numbered(begin(session, selected), false);
        }
        long run = unfinished.get();
        session.call("taking over the unfinished run", connection -> {
            runs(connection).reopen(run);
            return null;
        });
        return new Numbered(run, true);
    }

    private long begin(RunSession session, List<CollectionMapping<?>> selected) throws SQLException {
        Map<String, Increment> increments = session.call(
                "looking for the last run's high-water marks",
                connection -> Increments.of(connection, pipeline, source.description(), selected, options, resumable));
        List<Partition> partitions = new ArrayList<>();
        for (MappedCollection collection : MappedCollection.of(selected)) {
            Optional<ChangedSince> changed =
                    Optional.ofNullable(increments.get(collection.name())).map(Increment::condition);
            partitions.addAll(source.partitions(
                    collection.name(), new ReadRequest(options.ids(), wanted(collection.name()), List.of(), changed)));
        }
        return session.transaction("recording what to read", connection -> {
            long run = runs(connection).begin(source.description(), resumable);
            CheckpointStore.plan(connection, run, partitions, false);
            Increments.plan(connection, run, selected, increments);
            return run;
        });
    }

    private int wanted(String collection) {
        if (options.limit().isPresent()) {
            return 1;
        }
        return cluster == null ? options.writers() : cluster.partitions(source.estimatedCount(collection));
    }

    private RunStore runs(Connection connection) {
        return new RunStore(connection, pipeline, owner);
    }
}
