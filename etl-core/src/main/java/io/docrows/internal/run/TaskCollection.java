package io.docrows.internal.run;

import io.docrows.cluster.PartitionOutcome;
import io.docrows.cluster.PartitionTask;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.metadata.CheckpointStore;
import io.docrows.internal.metadata.CheckpointStore.Checkpoint;
import io.docrows.internal.metadata.CheckpointStore.SupersededException;
import io.docrows.internal.postgres.TargetSession;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.target.TargetCheck;
import io.docrows.internal.write.KeyCache;
import io.docrows.mapping.CollectionMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A collection, as far as a process of a cluster loads it: what it knows of tables and parents, and connections that
 * wait for its next task. Thread-safe.
 */
final class TaskCollection<D> implements AutoCloseable {

    /** Keys of parents take no more than this part of the heap. */
    private static final int MEMORY_SHARE = 4;

    /** PostgreSQL cuts longer names of sessions. */
    private static final int LONGEST_NAME = 63;

    private final TaskEngine engine;
    private final TaskEngine.Key key;
    private final CollectionWork<D> work;
    private final Deque<TaskWriter<D>> waiting = new ArrayDeque<>();
    private @Nullable KeyCache keyCache;
    private boolean closed;

    private TaskCollection(TaskEngine engine, TaskEngine.Key key, CollectionWork<D> work) {
        this.engine = engine;
        this.key = key;
        this.work = work;
    }

    /** The collection of a task; the target is asked about its tables. */
    static TaskCollection<?> of(TaskEngine engine, PartitionTask task, List<CollectionMapping<?>> mappings) {
        List<CollectionMapping<?>> watermarked = task.watermark().isEmpty()
                ? mappings
                : mappings.stream()
                        .<CollectionMapping<?>>map(
                                mapping -> mapping.watermark().isEmpty()
                                        ? mapping.withWatermark(task.watermark().toArray(String[]::new))
                                        : mapping)
                        .toList();
        MappedCollection collection = MappedCollection.of(watermarked).stream()
                .filter(each -> each.name().equals(task.collection()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("no mapping of " + task.pipeline() + " reads " + task.collection()));
        try {
            Map<CollectionMapping<?>, TableCatalog> catalogs = engine.retries()
                    .call("reading what the tables are like", () -> {
                        Map<CollectionMapping<?>, TableCatalog> read = new HashMap<>();
                        try (TargetSession session =
                                TargetSession.open(engine.target(), true, "docrows run " + task.run() + " tables")) {
                            for (CollectionMapping<?> mapping : collection.mappings()) {
                                read.put(mapping, TargetCheck.catalog(session.connection(), mapping));
                            }
                        }
                        return read;
                    });
            return of(engine, TaskEngine.Key.of(task), CollectionWork.of(collection, catalogs));
        } catch (SQLException e) {
            throw UnforeseenFailure.translate(e, "while the target's tables were looked at");
        }
    }

    private static <D> TaskCollection<D> of(TaskEngine engine, TaskEngine.Key key, CollectionWork<D> work) {
        return new TaskCollection<>(engine, key, work);
    }

    boolean isOf(PartitionTask task) {
        return key.equals(TaskEngine.Key.of(task));
    }

    /** Loads a partition from where the last attempt at it has come. */
    PartitionOutcome load(PartitionTask task, BooleanSupplier stopped) throws InterruptedException {
        TaskHost<D> host = null;
        try {
            KeyCache keys = keyCache(task);
            TaskWriter<D> kept = take();
            TaskWriter<D> writer = kept == null ? TaskWriter.of(new TaskHost<>(engine, work, key, keys)) : kept;
            host = writer.host();
            boolean fit = false;
            try {
                host.begin(task, stopped);
                Checkpoint checkpoint = claim(task, writer);
                if (!checkpoint.complete()) {
                    writer.partitions().load(checkpoint);
                }
                fit = task.keeping();
            } finally {
                giveBack(writer, fit);
            }
            return host.outcome(stopped.getAsBoolean() ? null : PartitionOutcome.End.COMPLETE);
        } catch (InterruptedAttempts e) {
            // Told by an exception, and no longer by the thread's mark.
            Thread.interrupted();
            InterruptedException interrupted = new InterruptedException(e.getMessage());
            interrupted.initCause(e);
            throw interrupted;
        } catch (SupersededException e) {
            return TaskHost.ended(host, PartitionOutcome.End.SUPERSEDED, null);
        } catch (SQLException | RuntimeException | Error e) {
            return TaskHost.ended(
                    host, PartitionOutcome.End.FAILED, UnforeseenFailure.translate(e, "while loading " + task));
        }
    }

    /** Takes the partition over from whoever had it, and ends what the attempt before has open in the target. */
    private Checkpoint claim(PartitionTask task, TaskWriter<D> writer) throws SQLException {
        return writer.partitions().transaction("taking over " + task, connection -> {
            Checkpoint checkpoint =
                    CheckpointStore.claim(connection, task.run(), task.owner(), task.collection(), task.partition());
            if (checkpoint.attempt() > 1) {
                endSession(connection, name(task, checkpoint.attempt() - 1));
            }
            String name = name(task, checkpoint.attempt());
            writer.host().named(name);
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT set_config('application_name', ?, false)")) {
                statement.setString(1, name);
                statement.execute();
            }
            return checkpoint;
        });
    }

    /**
     * An attempt whose process hangs, or is cut off, may have rows locked that this one is going to write. It commits
     * nothing more, so its session may as well end.
     */
    private static void endSession(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = ?"
                        + " AND datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()")) {
            statement.setString(1, name);
            statement.execute();
        }
    }

    private static String name(PartitionTask task, int attempt) {
        String name = "docrows " + task.run() + "." + task.partition() + " attempt " + attempt + " "
                + task.collection().replaceAll("[^\\w.-]", "_");
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    /** The keys of parents; the first task reads them, and the others wait for it without a connection. */
    private synchronized KeyCache keyCache(PartitionTask task) throws SQLException {
        KeyCache keys = keyCache;
        if (keys == null) {
            keys = task.parents() == 0
                    ? KeyCache.NONE
                    : engine.retries().call("reading the keys of parents", () -> {
                        try (TargetSession session =
                                TargetSession.open(engine.target(), true, "docrows run " + task.run() + " parents")) {
                            return KeyCache.read(
                                    session.connection(),
                                    work.collection().mappings(),
                                    task.parents(),
                                    Runtime.getRuntime().maxMemory() / MEMORY_SHARE);
                        }
                    });
            keyCache = keys;
        }
        return keys;
    }

    private synchronized @Nullable TaskWriter<D> take() {
        return waiting.poll();
    }

    private void giveBack(TaskWriter<D> writer, boolean fit) {
        synchronized (this) {
            if (fit && !closed) {
                waiting.push(writer);
                return;
            }
        }
        writer.partitions().close();
    }

    /** Gives back connections; tasks that are at work give back theirs when they end. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        for (TaskWriter<D> writer = take(); writer != null; writer = take()) {
            writer.partitions().close();
        }
    }

    /**
     * A writer, and what it tells.
     *
     * @param host what it is given and tells
     * @param partitions writes
     */
    private record TaskWriter<D>(TaskHost<D> host, PartitionWriter<D> partitions) {

        static <D> TaskWriter<D> of(TaskHost<D> host) {
            return new TaskWriter<>(host, new PartitionWriter<>(host));
        }
    }
}
