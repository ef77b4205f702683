package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.internal.bulkload.ConstraintRebuild;
import io.docrows.internal.bulkload.RefusedConstraint;
import io.docrows.internal.metadata.DroppedConstraint;
import io.docrows.mapping.CollectionMapping;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * Rebuilds dropped constraints over connections of its own, and again if that fails for a reason that passes, for as
 * long as the pipeline's lock is held. Thread-safe.
 */
final class Rebuilding {

    private final RunSession session;
    private final Retries retries;
    private final DataSource target;
    private final String name;
    private final ExecutorService threads;
    private final int connections;
    private final BooleanSupplier stopped;

    /**
     * A way to rebuild.
     *
     * @param session holds the lock
     * @param retries how often to try what may pass
     * @param target where the tables are
     * @param name what PostgreSQL's views show of the connections
     * @param threads where to work
     * @param connections the most connections at a time
     * @param stopped asked before each constraint; true leaves the rest for later
     */
    Rebuilding(
            RunSession session,
            Retries retries,
            DataSource target,
            String name,
            ExecutorService threads,
            int connections,
            BooleanSupplier stopped) {
        this.session = session;
        this.retries = retries;
        this.target = target;
        this.name = name;
        this.threads = threads;
        this.connections = connections;
        this.stopped = stopped;
    }

    /** The same within a run. */
    static Rebuilding of(RunContext context) {
        return new Rebuilding(
                context.session(),
                context.retries(),
                context.target(),
                context.sessionName("constraints"),
                context.threads(),
                context.options().writers(),
                context::isStopped);
    }

    /** Rebuilds; returns those that rows stand against. */
    List<RefusedConstraint> rebuild(List<DroppedConstraint> constraints) throws SQLException {
        return rebuild(constraints, connections, false);
    }

    /** The same over one connection, while other collections are loaded. */
    List<RefusedConstraint> rebuildAside(List<DroppedConstraint> constraints) throws SQLException {
        return rebuild(constraints, 1, true);
    }

    /** Whoever has constraints rebuilt, and takes out what they refuse. */
    interface Owner {

        /** What is missing still. */
        List<DroppedConstraint> missing() throws SQLException;

        /** Takes out the rows that a constraint refuses; returns of how many documents. */
        int takeOut(RefusedConstraint refused) throws SQLException;

        /** The failure where a constraint is refused, and none of the documents is known to be at fault. */
        DocrowsException inVain(RefusedConstraint refused);
    }

    /**
     * Rebuilds until nothing is missing that can be rebuilt.
     *
     * @param mappings whose documents can be taken out
     */
    void rebuildAll(List<CollectionMapping<?>> mappings, Owner owner) throws SQLException {
        boolean inVain = false;
        for (List<DroppedConstraint> left = owner.missing(); !left.isEmpty() && !isStopped(); left = owner.missing()) {
            List<RefusedConstraint> all = refusedForDocuments(rebuild(left), mappings);
            int documents = 0;
            for (RefusedConstraint refused : all) {
                documents += owner.takeOut(refused);
            }
            boolean again = documents == 0 && !all.isEmpty();
            // Once it may only seem so: if the answer to a COMMIT was lost, the second attempt finds nothing.
            if (inVain && again) {
                throw owner.inVain(all.get(0));
            }
            inVain = again;
        }
    }

    /** Of constraints that rows stand against those for which documents can be taken out; all, if there is no such. */
    private static List<RefusedConstraint> refusedForDocuments(
            List<RefusedConstraint> refused, List<CollectionMapping<?>> mappings) {
        List<RefusedConstraint> ofDocuments = refused.stream()
                .filter(each -> mappings.stream().anyMatch(each::isOfDocuments))
                .toList();
        return ofDocuments.isEmpty() ? refused : ofDocuments;
    }

    private List<RefusedConstraint> rebuild(List<DroppedConstraint> constraints, int most, boolean loading)
            throws SQLException {
        ConstraintRebuild rebuild = new ConstraintRebuild(target, name, threads, most, loading, stopped);
        return retries.call("rebuilding constraints", () -> {
            session.ensureHeld();
            return rebuild.run(constraints);
        });
    }

    boolean isStopped() {
        return stopped.getAsBoolean();
    }
}
