package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.internal.metadata.CheckpointStore;
import io.docrows.internal.metadata.DeletionStore;
import io.docrows.internal.metadata.FollowStore;
import io.docrows.internal.metadata.RejectStore;
import io.docrows.internal.metadata.RunStore;
import io.docrows.internal.orphan.GoneDocuments;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.write.JoinStatistics;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.DocumentId;
import io.docrows.report.Counts;
import io.docrows.report.Deletions;
import io.docrows.report.RunReport;
import io.docrows.run.BatchTiming;
import io.docrows.run.Cancellation;
import io.docrows.run.DeleteMode;
import io.docrows.run.FollowOptions;
import io.docrows.run.RunListener;
import io.docrows.source.ChangeSource;
import io.docrows.source.Partition;
import io.docrows.source.internal.BsonBytes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Applies changes to the target, round after round, under the pipeline's lock and under one number in
 * {@code docrows.run}. A round is one transaction: rows of the documents that were read, rejects, the deletion of rows
 * whose document is gone, and the new position. Should it be cut off, nothing of it was done, and it is done again.
 * Rejects that waited for others are retried after it, in transactions of their own; a process that is killed before
 * that leaves it to the next, which retries all that wait when it begins. Not thread-safe.
 */
public final class FollowSession implements AutoCloseable {

    private final String pipeline;
    private final List<CollectionMapping<?>> mappings;
    private final FollowOptions options;
    private final ChangedDocuments documents;
    private final Map<CollectionMapping<?>, TableCatalog> catalogs;
    private final RunContext context;
    private final LogContext named;
    private final ExecutorService threads;
    private final RoundWriter writer;
    private final Map<String, Map<String, BsonValue>> kept = new HashMap<>();
    private final Map<String, CollectionResult> loaded = new LinkedHashMap<>();
    private final Map<String, Deletions> deletions = new HashMap<>();
    private final Instant started = Instant.now();
    private RunResults results = RunResults.NONE;
    private final RetryPhase retries;
    private boolean retryDue = true;
    private long retryAt = System.nanoTime();

    private FollowSession(
            String pipeline,
            List<CollectionMapping<?>> mappings,
            FollowOptions options,
            ChangedDocuments documents,
            Map<CollectionMapping<?>, TableCatalog> catalogs,
            RunContext context,
            LogContext named,
            ExecutorService threads) {
        this.pipeline = pipeline;
        this.mappings = mappings;
        this.options = options;
        this.documents = documents;
        this.catalogs = catalogs;
        this.context = context;
        this.named = named;
        this.threads = threads;
        this.writer = new RoundWriter(context, mappings, catalogs);
        this.retries = new RetryPhase(context, mappings, catalogs, true);
    }

    /**
     * Takes the lock, and a number.
     *
     * @param pipeline the pipeline's name
     * @param mappings all its mappings, in load order
     * @param source what is followed
     * @param target where rows go
     * @param options how
     * @param cancellation asks to stop
     * @return the session
     * @throws DocrowsException {@code PIPELINE_LOCKED} if another process has the lock; what a run throws before it
     *     begins
     */
    public static FollowSession open(
            String pipeline,
            List<CollectionMapping<?>> mappings,
            ChangeSource source,
            DataSource target,
            FollowOptions options,
            Cancellation cancellation) {
        LogContext named = LogContext.put("pipeline", pipeline);
        ExecutorService threads = new RunThreads(pipeline);
        Retries retries = new Retries(options.load().listener());
        RunSession session = null;
        try {
            session = RunSession.open(target, pipeline, retries);
            var runOptions = options.load()
                    .deletes(options.deletes())
                    .listener(new Rounds(options.load().listener()));
            Map<CollectionMapping<?>, TableCatalog> catalogs =
                    new CheckPhase(pipeline, target, runOptions).run(session, mappings, mappings);
            UUID owner = UUID.randomUUID();
            Set<String> collections = names(mappings);
            List<Partition> partitions = collections.stream()
                    .map(name -> new Partition(name, 0, new byte[0]))
                    .toList();
            long run = session.transaction("recording what to follow", connection -> {
                long number = new RunStore(connection, pipeline, owner).begin(source.description(), false);
                CheckpointStore.plan(connection, number, partitions, false);
                return number;
            });
            ChangedDocuments documents = new ChangedDocuments(source, mappings);
            RunContext context = new RunContext(
                    pipeline,
                    run,
                    documents,
                    target,
                    runOptions,
                    cancellation,
                    owner,
                    session,
                    retries,
                    threads,
                    new Confirmed(run, 0),
                    new BackgroundWork(threads, cancellation),
                    null);
            FollowSession following =
                    new FollowSession(pipeline, mappings, options, documents, catalogs, context, named, threads);
            following.prepare();
            return following;
        } catch (SQLException | RuntimeException | Error e) {
            if (session != null) {
                session.close();
            }
            threads.shutdownNow();
            named.close();
            throw UnforeseenFailure.translate(e, "when preparing to follow");
        }
    }

    private static Set<String> names(List<CollectionMapping<?>> mappings) {
        Set<String> names = new java.util.LinkedHashSet<>();
        mappings.forEach(mapping -> names.add(mapping.collection()));
        return names;
    }

    private void prepare() throws SQLException {
        context.session().call("looking at join tables", connection -> {
            for (CollectionMapping<?> mapping : mappings) {
                JoinStatistics.ensure(connection, mapping);
            }
            return true;
        });
        for (String collection : names(mappings)) {
            List<byte[]> ids = context.session()
                    .call(
                            "reading which documents are gone",
                            connection -> new FollowStore(connection, pipeline).kept(collection));
            Map<String, BsonValue> known = new LinkedHashMap<>();
            ids.forEach(id ->
                    known.put(DocumentId.ofDocument(id), BsonBytes.decode(id).get("_id")));
            kept.put(collection, known);
        }
    }

    /** The number under which this is accounted for. */
    public long run() {
        return context.run();
    }

    /**
     * Where following stands.
     *
     * @param source the source's description
     * @return empty if nothing is stored that holds for these collections
     */
    public Optional<FollowStore.Stored> stored(String source) {
        return ask(
                "reading the position",
                connection -> new FollowStore(connection, pipeline).read(source, names(mappings)));
    }

    /**
     * Stores a position when there was nothing to apply.
     *
     * @param position the position
     * @param reached up to when changes are applied
     * @param pace how fast it goes
     */
    public void keep(byte[] position, BsonTimestamp reached, FollowStore.Pace pace) {
        ask("storing the position", connection -> {
            FollowStore store = new FollowStore(connection, pipeline);
            // A position behind changes that are lost would hide them for good.
            writer.requireConfirmed(store);
            store.advance(position, reached.getValue(), 0, 0, pace);
            return true;
        });
    }

    /** Makes sure that all is there of which it was confirmed that it was applied. */
    public void requireConfirmed() {
        ask(
                "making sure of what was confirmed",
                connection -> writer.requireConfirmed(new FollowStore(connection, pipeline)));
    }

    private <T> T ask(String what, dev.failsafe.function.CheckedFunction<Connection, T> work) {
        try {
            return context.session().transaction(what, work);
        } catch (SQLException | RuntimeException | Error e) {
            throw UnforeseenFailure.translate(e, "while " + what);
        }
    }

    /**
     * What a round did.
     *
     * @param counts what became of the documents read
     * @param rows rows that were written or deleted, in all tables
     * @param deleted rows that were deleted or marked
     */
    public record Applied(Counts counts, long rows, long deleted) {}

    /**
     * Applies changes.
     *
     * @param changed the {@code _id}s of documents that were changed or deleted, by their text, by collection
     * @param latest when the latest of the changes happened
     * @param position the position behind them
     * @param reached up to when changes are applied then
     * @param changes how many changes there were
     * @param pace how fast it goes
     * @return what was done; all of it is committed, in one transaction with the position
     */
    public Applied apply(
            Map<String, Map<String, BsonValue>> changed,
            BsonTimestamp latest,
            byte[] position,
            BsonTimestamp reached,
            long changes,
            FollowStore.Pace pace) {
        try (LogContext numbered = LogContext.put("run", String.valueOf(context.run()))) {
            // Rows that others referred to may go now.
            Map<String, Map<String, BsonValue>> all = new LinkedHashMap<>();
            changed.forEach((name, ids) -> all.put(name, new LinkedHashMap<>(ids)));
            kept.forEach((name, ids) -> {
                if (!ids.isEmpty()) {
                    all.computeIfAbsent(name, any -> new LinkedHashMap<>()).putAll(ids);
                }
            });
            documents.begin(all, latest);
            // On a thread that an interrupt, a request to stop, does not reach: the round in hand is finished.
            RoundWriter.Round<End> round = context.background()
                    .await(threads.submit(() -> writer.write(
                            all.keySet(),
                            changes,
                            (connection, written) ->
                                    settle(connection, all, position, reached, changes, pace, written))));
            Counts counts = committed(round, all);
            long deleted = round.ending().now().values().stream()
                    .mapToLong(Deletions::deleted)
                    .sum();
            retryDue |= deleted > 0 || round.ending().freed() || counts.inserted() > 0 || counts.updated() > 0;
            retryRejects(false);
            return new Applied(counts, rows(round) + deleted, deleted);
        } catch (SQLException | RuntimeException | Error e) {
            throw UnforeseenFailure.translate(e, "while changes were applied");
        }
    }

    /** What one attempt at the end of a round did. */
    private record End(
            Map<String, Deletions> now, Map<String, Deletions> sums, Map<String, Set<String>> stay, boolean freed) {}

    /** Deletes the rows of documents that are gone, and moves on, in the transaction of the rows that were written. */
    private End settle(
            Connection connection,
            Map<String, Map<String, BsonValue>> all,
            byte[] position,
            BsonTimestamp reached,
            long changes,
            FollowStore.Pace pace,
            List<CollectionResult> written)
            throws SQLException {
        CheckpointStore.requireOwner(connection, context.run(), context.owner());
        GoneDocuments.Result done = new GoneDocuments(
                        connection, pipeline, context.run(), mappings, catalogs, options.deletes())
                .delete(gone(all));
        FollowStore store = new FollowStore(connection, pipeline);
        Map<String, Set<String>> stay = new HashMap<>();
        for (Map.Entry<String, Map<String, BsonValue>> each : all.entrySet()) {
            String name = each.getKey();
            List<byte[]> absent = without(each.getValue(), documents.found(name));
            // A marked row would be one of a document that exists if its reject were retried.
            if (!absent.isEmpty() && options.deletes() != DeleteMode.IGNORE) {
                new RejectStore(pipeline, name, context.run()).clear(connection, absent, List.of());
            }
            Set<String> left = done.kept().getOrDefault(name, Set.of());
            if (!left.equals(kept.getOrDefault(name, Map.of()).keySet())) {
                store.keep(name, within(each.getValue(), left));
            }
            stay.put(name, new HashSet<>(left));
        }
        Map<String, Deletions> sums = new HashMap<>();
        for (Map.Entry<String, Deletions> each : done.byCollection().entrySet()) {
            sums.put(each.getKey(), DeletionStore.add(connection, context.run(), each.getKey(), each.getValue()));
        }
        long rejected =
                written.stream().mapToLong(each -> each.counts().rejected()).sum();
        store.advance(position, reached.getValue(), changes, rejected, pace);
        return new End(done.byCollection(), sums, stay, done.freed());
    }

    private static long rows(RoundWriter.Round<?> round) {
        return round.collections().stream()
                .flatMap(each -> each.rows().values().stream())
                .mapToLong(rows -> rows.inserted() + rows.updated() + rows.deleted())
                .sum();
    }

    private Map<CollectionMapping<?>, List<byte[]>> gone(Map<String, Map<String, BsonValue>> all) {
        Map<CollectionMapping<?>, List<byte[]>> gone = new LinkedHashMap<>();
        if (options.deletes() != DeleteMode.IGNORE) {
            for (CollectionMapping<?> mapping : mappings) {
                Map<String, BsonValue> ids = all.getOrDefault(mapping.collection(), Map.of());
                gone.put(mapping, without(ids, documents.taken(mapping)));
            }
        }
        return gone;
    }

    /** Takes up what was committed, and tells of it. Returns what became of the documents. */
    private Counts committed(RoundWriter.Round<End> round, Map<String, Map<String, BsonValue>> all) {
        round.ending().stay().forEach((name, ids) -> {
            Map<String, BsonValue> left = new LinkedHashMap<>(all.getOrDefault(name, Map.of()));
            left.keySet().retainAll(ids);
            kept.put(name, left);
        });
        deletions.putAll(round.ending().sums());
        Counts counts = Counts.NONE;
        for (CollectionResult each : round.collections()) {
            loaded.merge(each.collection().name(), each, CollectionResult::plus);
            counts = counts.plus(each.counts());
        }
        results = results.loaded(List.copyOf(loaded.values())).deleted(deletions);
        for (CollectionResult each : round.collections()) {
            context.options().listener().batchCommitted(each.collection().name(), each.counts());
        }
        loaded.forEach((name, each) -> TooManyRejects.checkSettled(
                context.options().maxRejects(), name, each.counts(), each.rejectsByCode(), false));
        return counts;
    }

    private static List<byte[]> without(Map<String, BsonValue> ids, Set<String> some) {
        List<byte[]> rest = new ArrayList<>();
        ids.forEach((text, id) -> {
            if (!some.contains(text)) {
                rest.add(BsonBytes.encode(new BsonDocument("_id", id)));
            }
        });
        return rest;
    }

    private static List<byte[]> within(Map<String, BsonValue> ids, Set<String> some) {
        List<byte[]> chosen = new ArrayList<>();
        ids.forEach((text, id) -> {
            if (some.contains(text)) {
                chosen.add(BsonBytes.encode(new BsonDocument("_id", id)));
            }
        });
        return chosen;
    }

    /**
     * Loads documents that wait for others, if the others have changed since they were tried: those that were rejected
     * because of them, and those of which elements were left out.
     *
     * @param now whether to do so at once; otherwise it may be left for later, where it took long
     */
    public void retryWaiting(boolean now) {
        try (LogContext numbered = LogContext.put("run", String.valueOf(context.run()))) {
            retryRejects(now);
        } catch (SQLException | RuntimeException | Error e) {
            throw UnforeseenFailure.translate(e, "while documents were retried");
        }
    }

    /** Many that wait are not read again after each round: a tenth of the time is for them. */
    private void retryRejects(boolean now) throws SQLException {
        long began = System.nanoTime();
        if (!retryDue || (!now && began - retryAt < 0)) {
            return;
        }
        RetryResult retried = retries.run();
        results = results.retried(retried.codes());
        if (retried.failure() != null) {
            throw retried.failure();
        }
        // Otherwise some were not tried; the next process does.
        retryDue = context.cancellation().isRequested();
        long done = System.nanoTime();
        retryAt = done + 9 * (done - began);
    }

    /**
     * Ends it.
     *
     * @param failure what ended it, or null if it was asked to stop, or has caught up
     * @return the report
     * @throws DocrowsException what ended it, with a report
     */
    public RunReport end(@Nullable DocrowsException failure) {
        boolean asked = failure instanceof InterruptedAttempts;
        if (asked) {
            context.cancellation().request();
        }
        RunResults all = failure == null || asked ? results : results.failed(failure);
        return new EndPhase(context, new ReportAssembly(context, mappings, started)).run(all);
    }

    @Override
    public void close() {
        writer.close();
        context.background().close();
        context.session().close();
        threads.shutdownNow();
        named.close();
    }

    /** Of what happens in a round, a listener of runs hears what does not depend on where a run begins and ends. */
    private record Rounds(RunListener listener) implements RunListener {

        @Override
        public void batchCommitted(String collection, Counts batch) {
            listener.batchCommitted(collection, batch);
        }

        @Override
        public void batchTimed(String collection, BatchTiming timing) {
            listener.batchTimed(collection, timing);
        }

        @Override
        public void retrying(String what, int attempt, Duration delay) {
            listener.retrying(what, attempt, delay);
        }
    }
}
