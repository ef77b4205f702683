package io.docrows.internal.bulkload;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.metadata.DroppedConstraint;
import io.docrows.internal.metadata.DroppedConstraint.Kind;
import io.docrows.internal.metadata.DroppedConstraints;
import io.docrows.internal.postgres.TargetSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds dropped constraints: indexes first, several at a time, then what makes constraints of them, then foreign
 * keys. Each step is a transaction of its own that also writes down what is left to do, so that all of it may be
 * repeated after any failure.
 */
public final class ConstraintRebuild {

    /** For sorting; PostgreSQL's default is 64 MB, for vacuuming in the background. */
    private static final String MEMORY = "256MB";

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String FOREIGN_KEY_VIOLATION = "23503";

    /** What an index has no room for. */
    private static final String LIMIT_EXCEEDED = "54000";

    private final DataSource target;
    private final String sessionName;
    private final ExecutorService threads;
    private final int sessions;
    private final boolean loading;
    private final BooleanSupplier stopped;

    /**
     * Prepares rebuilding.
     *
     * @param target where from to take connections
     * @param sessionName shown as {@code application_name} in PostgreSQL's views
     * @param threads where to work
     * @param sessions how many indexes to build, or foreign keys to check, at the same time at most, at least 1
     * @param loading whether documents are loaded meanwhile, so that there is other work for the server's processors
     * @param stopped whether to leave off; what is being built is finished
     */
    public ConstraintRebuild(
            DataSource target,
            String sessionName,
            ExecutorService threads,
            int sessions,
            boolean loading,
            BooleanSupplier stopped) {
        this.target = target;
        this.sessionName = sessionName;
        this.threads = threads;
        this.sessions = sessions;
        this.loading = loading;
        this.stopped = stopped;
    }

    /**
     * Rebuilds constraints. Foreign keys come last, as they need indexes and are checked with them.
     *
     * @param constraints what to rebuild
     * @return those that could not be, because of values that occur more than once or are too large; all others are
     *     rebuilt, but for foreign keys if there are any such, and unless this was stopped
     * @throws SQLException if it fails in another way
     * @throws DocrowsException {@code TARGET_FAILED} if rows stand against a foreign key
     * @throws InterruptedException if the calling thread is interrupted; the constraints in hand are finished first
     */
    public List<RefusedConstraint> run(List<DroppedConstraint> constraints) throws SQLException, InterruptedException {
        List<RefusedConstraint> refused = new ArrayList<>();
        List<DroppedConstraint> built = new ArrayList<>();
        for (IndexBuild build : buildIndexes(constraints)) {
            if (build.refused() != null) {
                refused.add(build.refused());
            } else if (build.left() != null) {
                built.add(build.left());
            }
        }
        // One session attaches all: two that attach indexes to one table at the same time would deadlock.
        if (!built.isEmpty()) {
            finish(built);
        }
        List<DroppedConstraint> keys =
                constraints.stream().filter(c -> c.kind() == Kind.FOREIGN_KEY).toList();
        if (refused.isEmpty() && !keys.isEmpty()) {
            rebuildForeignKeys(keys);
        }
        return refused;
    }

    /**
     * Whether some of them may have no room for a value that is there, as far as can be told without building them.
     *
     * @param connection the connection to use
     * @param constraints what is going to be rebuilt
     * @return false if {@link #run} refuses none for that
     * @throws SQLException if PostgreSQL fails
     */
    public static boolean mayBeTooSmall(Connection connection, List<DroppedConstraint> constraints)
            throws SQLException {
        return LargeValues.any(connection, constraints);
    }

    /**
     * Foreign keys are added one after the other, as each locks two tables, and for new rows only, which takes no time.
     * Then those of several tables are checked at the same time; others may write meanwhile.
     */
    private void rebuildForeignKeys(List<DroppedConstraint> keys) throws SQLException, InterruptedException {
        Map<String, List<DroppedConstraint>> byTable = new LinkedHashMap<>();
        try (TargetSession session = TargetSession.open(target, false, sessionName)) {
            for (DroppedConstraint key : keys) {
                if (stopped.getAsBoolean()) {
                    return;
                }
                DroppedConstraint left = key.statements().size() == 1 ? key : begin(session.connection(), key, false);
                byTable.computeIfAbsent(key.table(), any -> new ArrayList<>()).add(left);
            }
        }
        Queue<List<DroppedConstraint>> waiting = new ConcurrentLinkedQueue<>(byTable.values());
        inParallel(waiting, workers -> {
            for (List<DroppedConstraint> next = waiting.poll(); next != null; next = waiting.poll()) {
                finish(next);
            }
            return List.of();
        });
    }

    private void finish(List<DroppedConstraint> constraints) throws SQLException {
        try (TargetSession session = TargetSession.open(target, false, sessionName)) {
            for (DroppedConstraint next : constraints) {
                if (stopped.getAsBoolean()) {
                    return;
                }
                try {
                    finish(session.connection(), next, false);
                } catch (SQLException e) {
                    if (FOREIGN_KEY_VIOLATION.equals(e.getSQLState())) {
                        throw unmatched(next);
                    }
                    throw e;
                }
            }
        }
    }

    /** Only another session can have done that: what is loaded refers to rows that were there. */
    private static DocrowsException unmatched(DroppedConstraint key) {
        return new DocrowsException(
                ErrorCode.TARGET_FAILED,
                "The " + key + " cannot be rebuilt, because rows of " + key.table() + " refer by "
                        + String.join(", ", key.columns()) + " to rows that do not exist (SQLSTATE 23503): another"
                        + " session has deleted those during a bulk load. Bring them back, or delete such rows of "
                        + key.table() + ", and run the pipeline again.");
    }

    /** Builds those indexes that are not built yet. */
    private List<IndexBuild> buildIndexes(List<DroppedConstraint> constraints)
            throws SQLException, InterruptedException {
        Queue<DroppedConstraint> waiting = new ConcurrentLinkedQueue<>();
        List<IndexBuild> built = new ArrayList<>();
        for (DroppedConstraint constraint : constraints) {
            if (constraint.beginsWithIndex()) {
                waiting.add(constraint);
            } else if (constraint.kind() != Kind.FOREIGN_KEY) {
                built.add(new IndexBuild(constraint, null));
            }
        }
        // Several processes for one index take a quarter more of the processors' time than one.
        built.addAll(inParallel(waiting, workers -> buildIndexes(waiting, workers == 1 && !loading)));
        return built;
    }

    private List<IndexBuild> buildIndexes(Queue<DroppedConstraint> waiting, boolean alone) throws SQLException {
        List<IndexBuild> built = new ArrayList<>();
        try (TargetSession session = TargetSession.open(target, false, sessionName)) {
            for (DroppedConstraint next = waiting.poll();
                    next != null && !stopped.getAsBoolean();
                    next = waiting.poll()) {
                built.add(buildIndex(session.connection(), next, alone));
            }
        }
        return built;
    }

    /** Lets as many workers as are allowed, and needed, empty a queue. */
    private <T> List<T> inParallel(Queue<?> waiting, Work<T> work) throws SQLException, InterruptedException {
        int number = Math.min(sessions, waiting.size());
        List<Future<List<T>>> workers = new ArrayList<>();
        List<T> done = new ArrayList<>();
        Throwable failure = null;
        try {
            for (int i = 0; i < number; i++) {
                workers.add(threads.submit(() -> work.with(number)));
            }
        } catch (RuntimeException | Error e) {
            // There is no further thread: those at work are waited for, and do no more than they have in hand.
            waiting.clear();
            failure = e;
        }
        InterruptedException interrupted = null;
        Queue<Future<List<T>>> working = new ArrayDeque<>(workers);
        while (!working.isEmpty()) {
            try {
                done.addAll(working.element().get());
                working.remove();
            } catch (ExecutionException e) {
                working.remove();
                waiting.clear();
                failure = failure == null ? e.getCause() : failure;
            } catch (InterruptedException e) {
                waiting.clear();
                interrupted = e;
            }
        }
        if (interrupted != null) {
            throw interrupted;
        }
        if (failure instanceof SQLException sql) {
            throw sql;
        }
        if (failure instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw new IllegalStateException("rebuilding constraints failed", failure);
        }
        return done;
    }

    private IndexBuild buildIndex(Connection connection, DroppedConstraint constraint, boolean alone)
            throws SQLException {
        try {
            DroppedConstraint left = null;
            if (constraint.statements().size() == 1) {
                finish(connection, constraint, alone);
            } else {
                left = begin(connection, constraint, alone);
            }
            return new IndexBuild(left, null);
        } catch (SQLException e) {
            boolean tooLarge = LIMIT_EXCEEDED.equals(e.getSQLState());
            if (tooLarge || (UNIQUE_VIOLATION.equals(e.getSQLState()) && constraint.isUnique())) {
                connection.rollback();
                return new IndexBuild(null, new RefusedConstraint(constraint, tooLarge));
            }
            throw e;
        }
    }

    /** Executes the first statement for a constraint, unless another session has done so, and returns what is left. */
    private static DroppedConstraint begin(Connection connection, DroppedConstraint constraint, boolean alone)
            throws SQLException {
        DroppedConstraint left = constraint.afterFirst();
        if (DroppedConstraints.replace(connection, constraint, left)) {
            execute(connection, constraint.statements().subList(0, 1), alone);
        }
        connection.commit();
        return left;
    }

    /** Executes all that is left to do for a constraint, unless another session has done so. */
    private static void finish(Connection connection, DroppedConstraint constraint, boolean alone) throws SQLException {
        if (DroppedConstraints.remove(connection, constraint)) {
            execute(connection, constraint.statements(), alone);
        }
        connection.commit();
    }

    private static void execute(Connection connection, List<String> statements, boolean alone) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // What is dropped was in no tablespace of its own, whatever the role's default is.
            statement.execute("SET LOCAL default_tablespace = ''; SELECT set_config('maintenance_work_mem', '" + MEMORY
                    + "', true) WHERE pg_size_bytes(current_setting('maintenance_work_mem')) < pg_size_bytes('" + MEMORY
                    + "')" + (alone ? "" : "; SET LOCAL max_parallel_maintenance_workers = 0"));
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @FunctionalInterface
    private interface Work<T> {

        /** Takes part, as one of so many. */
        List<T> with(int workers) throws SQLException;
    }

    /**
     * What became of an index.
     *
     * @param left what is left to do once the index is there, or null if nothing is
     * @param refused why it could not be built, or null if it was
     */
    private record IndexBuild(
            @Nullable DroppedConstraint left, @Nullable RefusedConstraint refused) {}
}
