package io.docrows.internal.follow;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.metadata.BookkeepingSchema;
import io.docrows.internal.metadata.FollowStore;
import io.docrows.internal.orphan.OrphanDeletion;
import io.docrows.internal.postgres.PipelineLock;
import io.docrows.internal.postgres.TargetSession;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.internal.run.FollowSession;
import io.docrows.internal.run.RunEngine;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.Cancellation;
import io.docrows.run.DeleteMode;
import io.docrows.run.FollowOptions;
import io.docrows.run.FollowProgress;
import io.docrows.run.LostHistory;
import io.docrows.source.ChangeReader;
import io.docrows.source.ChangeSource;
import io.docrows.source.DocumentSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a source. The position is stored before the load begins, and changes are applied from it when everything is
 * loaded: both may bring the same change, and a document is made equal to what it is now each time. Used once.
 */
public final class FollowEngine {

    private static final Logger LOG = LoggerFactory.getLogger(FollowEngine.class);

    /**
     * So often is a position stored behind which nothing happened: quiet collections must not fall out of the oplog.
     */
    private static final long IDLE_NANOS = Duration.ofMinutes(1).toNanos();

    private static final FollowSession.Applied NOTHING = new FollowSession.Applied(Counts.NONE, 0, 0);

    private static final long TELL_NANOS = Duration.ofSeconds(1).toNanos();

    private final String pipeline;
    private final List<CollectionMapping<?>> mappings;
    private final ChangeSource source;
    private final DataSource target;
    private final FollowOptions options;
    private final Cancellation cancellation;
    private final Set<String> collections = new TreeSet<>();
    private FollowProgress progress = FollowProgress.NONE;
    private long storedAt;
    private Pace pace = new Pace(0);
    private boolean loaded;
    private BsonTimestamp known = new BsonTimestamp(0);

    /**
     * Prepares it.
     *
     * @param pipeline the pipeline's name
     * @param mappings all its mappings, in load order
     * @param source where documents and changes come from
     * @param target where rows go
     * @param options how to follow
     * @param cancellation stops it from outside
     * @throws DocrowsException {@code SOURCE_NOT_FOLLOWABLE} if the source tells no changes; {@code INVALID_OPTION} if
     *     rows are to be marked without a column for it, or rows are to go that nothing tells apart from those of
     *     another mapping
     */
    public FollowEngine(
            String pipeline,
            List<CollectionMapping<?>> mappings,
            DocumentSource source,
            DataSource target,
            FollowOptions options,
            Cancellation cancellation) {
        this.source = ChangeSource.of(source);
        OrphanDeletion.check(options.load().deletes(options.deletes()), mappings, mappings, true);
        this.pipeline = pipeline;
        this.mappings = mappings;
        this.target = target;
        this.options = options;
        this.cancellation = cancellation;
        mappings.forEach(mapping -> collections.add(mapping.collection()));
    }

    /**
     * Follows, until it is asked to stop or has caught up.
     *
     * @return what was done with changes, or what the load did if it was stopped
     * @throws DocrowsException what ended it
     */
    public RunReport run() {
        boolean lost = false;
        while (true) {
            try {
                RunReport stopped = load(lost);
                return stopped != null ? stopped : follow();
            } catch (DocrowsException e) {
                if (e.code() != ErrorCode.SOURCE_HISTORY_LOST
                        || options.lostHistory() == LostHistory.FAIL
                        || cancellation.isRequested()) {
                    throw e;
                }
                LOG.warn("{} Everything is loaded again.", e.getMessage());
                options.listener().historyLost(String.valueOf(e.getMessage()));
                lost = true;
            }
        }
    }

    /**
     * What the load that goes before has to be like.
     *
     * @param force whether it must not go on with an earlier run
     * @param late whether there may be rows from before the position, whose documents went before it, too
     */
    private record Need(boolean force, boolean late) {}

    /** Makes sure that everything was loaded since the stored position. Returns the report if that was stopped. */
    private @Nullable RunReport load(boolean lost) {
        Need need = prepare(lost);
        if (loaded) {
            return null;
        }
        RunReport report = new RunEngine(
                        pipeline,
                        mappings,
                        source,
                        target,
                        options.load().force(need.force()).deletes(need.late() ? options.deletes() : DeleteMode.IGNORE),
                        cancellation,
                        true)
                .run();
        if (report.status() != RunReport.Status.COMPLETED) {
            return report;
        }
        locked(store -> {
            store.loaded();
            return true;
        });
        options.listener().loaded(report);
        return null;
    }

    /** Stores a position if there is none of use. */
    private Need prepare(boolean lost) {
        BookkeepingSchema.migrate(target);
        Optional<FollowStore.Stored> stored =
                lost ? Optional.empty() : locked(store -> store.read(source.description(), collections));
        if (stored.isEmpty()) {
            try (ChangeReader reader = source.changes(collections, null)) {
                byte[] position = reader.position();
                loaded = false;
                return new Need(true, locked(store -> {
                    store.begin(source.description(), collections, position);
                    return isLate(store, store.read(source.description(), collections));
                }));
            }
        }
        loaded = stored.get().loaded();
        if (!loaded) {
            // Found out now, not after hours of loading.
            source.changes(collections, stored.get().position()).close();
        }
        return locked(store -> new Need(!store.ranAfter(stored.get().afterRun()), isLate(store, stored)));
    }

    private static boolean isLate(FollowStore store, Optional<FollowStore.Stored> stored) throws SQLException {
        return store.ranBefore(stored.orElseThrow().afterRun());
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(FollowStore store) throws SQLException;
    }

    private <T> T locked(Work<T> work) {
        try (TargetSession session = TargetSession.open(target, false, "docrows " + pipeline + " follow");
                PipelineLock lock = PipelineLock.acquire(session.connection(), pipeline, null)) {
            Connection connection = session.connection();
            T result = work.on(new FollowStore(connection, pipeline));
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            throw UnforeseenFailure.translate(e, "when preparing to follow");
        }
    }

    private RunReport follow() {
        try (FollowSession session = FollowSession.open(pipeline, mappings, source, target, options, cancellation)) {
            DocrowsException failure = null;
            try {
                options.listener().following(session.run());
                byte[] position = session.stored(source.description())
                        .map(FollowStore.Stored::position)
                        .orElseThrow(() -> new DocrowsException(
                                ErrorCode.PIPELINE_LOCKED,
                                "Another process follows the pipeline " + pipeline + " from another source."));
                BsonTimestamp goal = options.untilCaughtUp() ? source.time() : null;
                try (ChangesAhead ahead = new ChangesAhead(
                        source.changes(collections, position),
                        options.batchKeys(),
                        options.moment(),
                        goal,
                        cancellation)) {
                    follow(session, ahead, position);
                }
            } catch (RuntimeException | Error e) {
                failure = UnforeseenFailure.translate(e, "while following");
            }
            return session.end(failure);
        }
    }

    /** What time it is by the source, also for a thread that was interrupted: the round in hand is finished. */
    private BsonTimestamp time() {
        boolean interrupted = Thread.interrupted();
        try {
            known = source.time();
        } catch (DocrowsException failure) {
            if (!Thread.currentThread().isInterrupted()) {
                throw failure;
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return known;
    }

    private void follow(FollowSession session, ChangesAhead ahead, byte[] from) {
        byte[] stored = from;
        storedAt = System.nanoTime();
        pace = new Pace(storedAt);
        long toldAt = storedAt - TELL_NANOS;
        boolean settled = true;
        while (!cancellation.isRequested()) {
            ChangesAhead.Round round = ahead.next();
            CollectedChanges changes = round.changes();
            BsonTimestamp reached = round.reached();
            long now = System.nanoTime();
            if (!changes.isEmpty()) {
                stored = round.position();
                FollowSession.Applied applied = session.apply(
                        changes.ids(), changes.latest(), stored, reached, changes.changes(), pace(time(), now));
                storedAt = System.nanoTime();
                pace.add(changes.changes(), applied.rows());
                tell(reached, changes.changes(), applied);
                toldAt = storedAt;
                settled = false;
            } else {
                session.retryWaiting(round.caughtUp());
                if (round.caughtUp()
                        || now - storedAt >= IDLE_NANOS
                        // Once after each burst: whoever asks how far it is need not wait for the next.
                        || (!settled && round.drained() && now - storedAt >= TELL_NANOS)) {
                    settled = true;
                    if (!Arrays.equals(round.position(), stored) || now - storedAt >= IDLE_NANOS) {
                        session.keep(round.position(), reached, pace(time(), now));
                        stored = round.position();
                    }
                    storedAt = now;
                }
                if (now - toldAt >= TELL_NANOS) {
                    tell(reached, 0, NOTHING);
                    toldAt = now;
                }
            }
            if (round.caughtUp()) {
                session.retryWaiting(true);
                session.requireConfirmed();
                return;
            }
        }
    }

    private FollowStore.Pace pace(BsonTimestamp time, long now) {
        pace.look(now);
        return new FollowStore.Pace(time.getValue(), pace.changesPerSecond(), pace.rowsPerSecond());
    }

    private void tell(BsonTimestamp reached, long changes, FollowSession.Applied applied) {
        long behind = Math.max(0, time().getTime() - (long) reached.getTime());
        progress = new FollowProgress(
                Duration.ofSeconds(reached.getTime() == 0 ? 0 : behind),
                progress.changes() + changes,
                progress.documents() + applied.counts().read(),
                progress.rows() + applied.rows(),
                progress.deleted() + applied.deleted(),
                progress.rejected() + applied.counts().rejected(),
                Duration.ofNanos(System.nanoTime() - storedAt));
        options.listener().progressed(progress);
    }
}
