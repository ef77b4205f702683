package io.docrows.internal.deferral;

import io.docrows.internal.deferral.DeferredConstraint.Kind;
import io.docrows.internal.target.TargetSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Rebuilds deferred constraints, those of several tables at a time, each in a transaction of its own that also forgets
 * that it was missing. May be repeated after any failure: what is rebuilt already is passed over.
 */
public final class ConstraintRebuild {

    /** For sorting; PostgreSQL's default is 64 MB, for vacuuming in the background. */
    private static final String MEMORY = "256MB";

    private static final String UNIQUE_VIOLATION = "23505";

    private final DataSource target;
    private final String sessionName;
    private final ExecutorService threads;
    private final int sessions;

    /**
     * Prepares rebuilding.
     *
     * @param target where from to take connections
     * @param sessionName shown as {@code application_name} in PostgreSQL's views
     * @param threads where to work
     * @param sessions for how many tables to build at the same time, at least 1
     */
    public ConstraintRebuild(DataSource target, String sessionName, ExecutorService threads, int sessions) {
        this.target = target;
        this.sessionName = sessionName;
        this.threads = threads;
        this.sessions = sessions;
    }

    /**
     * Rebuilds constraints. Indexes come first, as foreign keys need them and are checked with them.
     *
     * @param constraints what to rebuild
     * @return the unique ones that could not be, because values occur more than once; all others are rebuilt, but for
     *     foreign keys if there are any such
     * @throws SQLException if it fails in another way
     * @throws InterruptedException if the calling thread is interrupted; the constraints in hand are finished first
     */
    public List<DeferredConstraint> run(List<DeferredConstraint> constraints)
            throws SQLException, InterruptedException {
        List<DeferredConstraint> indexes =
                constraints.stream().filter(c -> c.kind() != Kind.FOREIGN_KEY).toList();
        List<DeferredConstraint> refused = build(indexes, sessions);
        if (refused.isEmpty()) {
            // Two foreign keys of one table lock each other out, so that a second session would only wait.
            build(constraints.stream().filter(c -> c.kind() == Kind.FOREIGN_KEY).toList(), 1);
        }
        return refused;
    }

    private List<DeferredConstraint> build(List<DeferredConstraint> constraints, int parallel)
            throws SQLException, InterruptedException {
        // A table's constraints are one session's: two that attach their indexes to one table would deadlock.
        Queue<List<DeferredConstraint>> waiting = new ConcurrentLinkedQueue<>(constraints.stream()
                .collect(Collectors.groupingBy(
                        DeferredConstraint::table, LinkedHashMap::new, Collectors.toUnmodifiableList()))
                .values());
        List<Future<List<DeferredConstraint>>> workers = new ArrayList<>();
        for (int i = 0, number = Math.min(parallel, waiting.size()); i < number; i++) {
            workers.add(threads.submit(() -> work(waiting)));
        }
        List<DeferredConstraint> refused = new ArrayList<>();
        Throwable failure = null;
        for (Future<List<DeferredConstraint>> worker : workers) {
            try {
                refused.addAll(worker.get());
            } catch (ExecutionException e) {
                waiting.clear();
                failure = failure == null ? e.getCause() : failure;
            }
        }
        if (failure instanceof SQLException sql) {
            throw sql;
        }
        if (failure instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        if (failure != null) {
            throw new IllegalStateException("rebuilding constraints failed", failure);
        }
        return refused;
    }

    private List<DeferredConstraint> work(Queue<List<DeferredConstraint>> waiting) throws SQLException {
        List<DeferredConstraint> refused = new ArrayList<>();
        try (TargetSession session = TargetSession.open(target, false, sessionName)) {
            for (List<DeferredConstraint> table = waiting.poll(); table != null; table = waiting.poll()) {
                for (DeferredConstraint next : table) {
                    if (!build(session.connection(), next)) {
                        refused.add(next);
                    }
                }
            }
        }
        return refused;
    }

    private static boolean build(Connection connection, DeferredConstraint constraint) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT set_config('maintenance_work_mem', '" + MEMORY
                    + "', true) WHERE pg_size_bytes(current_setting('maintenance_work_mem')) < pg_size_bytes('" + MEMORY
                    + "')");
            if (DeferredConstraints.remove(connection, constraint)) {
                for (String sql : constraint.statements()) {
                    statement.execute(sql);
                }
            }
            connection.commit();
            return true;
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState()) && constraint.isUnique()) {
                connection.rollback();
                return false;
            }
            throw e;
        }
    }
}
