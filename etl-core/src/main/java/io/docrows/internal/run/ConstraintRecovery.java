package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.bulkload.DuplicateRows;
import io.docrows.internal.bulkload.RefusedConstraint;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.metadata.DroppedConstraint;
import io.docrows.internal.metadata.DroppedConstraints;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.mapping.CollectionMapping;
import io.docrows.run.RunOptions;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rebuilds the constraints that interrupted bulk loads of a pipeline left dropped. */
public final class ConstraintRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(ConstraintRecovery.class);

    /** The number that no run has. */
    private static final long NO_RUN = 0;

    private final String pipeline;
    private final long run;
    private final RunSession session;
    private final Rebuilding rebuilding;

    private ConstraintRecovery(String pipeline, long run, RunSession session, Rebuilding rebuilding) {
        this.pipeline = pipeline;
        this.run = run;
        this.session = session;
        this.rebuilding = rebuilding;
    }

    /** As a phase of a run: what that very run has dropped, when it goes on, is left to it. */
    static ConstraintRecovery within(RunContext context) {
        return new ConstraintRecovery(context.pipeline(), context.run(), context.session(), Rebuilding.of(context));
    }

    /**
     * Rebuilds without a run, under the pipeline's lock.
     *
     * @param pipeline the pipeline's name
     * @param target where the tables are
     * @throws DocrowsException {@code PIPELINE_LOCKED} if a run is at work; {@code TARGET_FAILED} if values occur more
     *     than once that must not
     */
    public static void run(String pipeline, DataSource target) {
        RunOptions options = RunOptions.defaults();
        Retries retries = new Retries(options.listener());
        ExecutorService threads = new RunThreads(pipeline);
        try (LogContext named = LogContext.put("pipeline", pipeline);
                RunSession session = RunSession.open(target, pipeline, retries)) {
            Rebuilding rebuilding = new Rebuilding(
                    session,
                    retries,
                    target,
                    "docrows " + pipeline + " constraints",
                    threads,
                    options.writers(),
                    () -> false);
            new ConstraintRecovery(pipeline, NO_RUN, session, rebuilding).run(List.of());
        } catch (SQLException | RuntimeException | Error e) {
            throw UnforeseenFailure.translate(e, "when rebuilding constraints");
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Rebuilds.
     *
     * @param afresh the mappings whose collections are going to be read from their beginning to their end, so that rows
     *     with values that occur more than once can go
     */
    void run(List<CollectionMapping<?>> afresh) throws SQLException {
        List<MappedCollection> collections = MappedCollection.of(afresh);
        rebuilding.rebuildAll(afresh, new Rebuilding.Owner() {
            @Override
            public List<DroppedConstraint> missing() throws SQLException {
                List<DroppedConstraint> left = left();
                if (!left.isEmpty() && !rebuilding.isStopped()) {
                    LOG.info("rebuilding {} constraints and indexes that an earlier run left dropped", left.size());
                }
                return left;
            }

            @Override
            public int takeOut(RefusedConstraint refused) throws SQLException {
                MappedCollection collection = collections.stream()
                        .filter(each -> each.mappings().stream().anyMatch(refused::isOfDocuments))
                        .findFirst()
                        .orElseThrow(() -> failure(
                                refused,
                                ". Run the whole pipeline first: it continues that load and rejects such documents."));
                return session.transaction(
                                "deleting rows that " + refused.constraint().name() + " refuses",
                                connection -> DuplicateRows.remove(connection, collection.mappings(), refused))
                        .size();
            }

            @Override
            public DocrowsException inVain(RefusedConstraint refused) {
                return failure(
                        refused,
                        ", and no document of this pipeline is known to have them. Delete such rows, and run it again.");
            }
        });
    }

    private static DocrowsException failure(RefusedConstraint refused, String advice) {
        return new DocrowsException(
                ErrorCode.TARGET_FAILED,
                "The " + refused + " is missing since a bulk load was interrupted, and cannot be rebuilt, because "
                        + refused.reason() + advice);
    }

    private List<DroppedConstraint> left() throws SQLException {
        return session.call(
                "looking for dropped constraints",
                connection -> DroppedConstraints.ofOtherRuns(connection, pipeline, run));
    }
}
