package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.metadata.RunStore;
import io.docrows.internal.postgres.UnforeseenFailure;
import io.docrows.report.RunFailedException;
import io.docrows.report.RunReport;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last phase of a run: writes down how the run ended, and makes the report of what the phases before did. */
final class EndPhase {

    private static final Logger LOG = LoggerFactory.getLogger(EndPhase.class);

    private final RunContext context;
    private final ReportAssembly assembly;
    private boolean told;

    EndPhase(RunContext context, ReportAssembly assembly) {
        this.context = context;
        this.assembly = assembly;
    }

    /**
     * Ends the run.
     *
     * @param results what the phases did
     * @return the report of a run that came to its end or was asked to stop
     * @throws DocrowsException what ended it otherwise, with a report
     */
    RunReport run(RunResults results) {
        // A thread that was interrupted gets no connection from a pool.
        boolean interrupted = Thread.interrupted();
        try {
            return end(results);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RunReport end(RunResults results) {
        DocrowsException failure = results.failure();
        if (failure == null) {
            RunReport.Status status =
                    context.cancellation().isRequested() ? RunReport.Status.INTERRUPTED : RunReport.Status.COMPLETED;
            try {
                record(status, null);
                return told(assembly.complete(results, status));
            } catch (SQLException | RuntimeException | Error e) {
                failure = UnforeseenFailure.translate(e, "during the run");
            }
        }
        throw failed(results, failure);
    }

    private DocrowsException failed(RunResults results, DocrowsException failure) {
        // A target that is gone was waited for already.
        boolean reachable =
                failure.code() != ErrorCode.TARGET_UNAVAILABLE && failure.code() != ErrorCode.PIPELINE_LOCKED;
        try {
            if (reachable) {
                record(RunReport.Status.FAILED, failure.code());
            }
        } catch (RuntimeException | SQLException | Error e) {
            // The next run finds it as running, takes the lock, and so knows that it is not.
            LOG.debug("the end of run {} could not be recorded", context.run(), e);
            reachable = false;
        }
        try {
            return new RunFailedException(
                    failure,
                    told(
                            reachable
                                    ? assembly.complete(results, RunReport.Status.FAILED)
                                    : assembly.withoutTarget(results, RunReport.Status.FAILED)));
        } catch (RuntimeException | SQLException | Error e) {
            failure.addSuppressed(e);
            return failure;
        }
    }

    private void record(RunReport.Status status, @Nullable ErrorCode error) throws SQLException {
        context.session().call("recording how the run ended", connection -> {
            new RunStore(connection, context.pipeline(), context.owner()).end(context.run(), status, error);
            return null;
        });
    }

    /** Tells the listener, once: should it fail, it is not asked to hear of its own failure. */
    private RunReport told(RunReport report) {
        if (!told) {
            told = true;
            context.options().listener().runFinished(report);
        }
        return report;
    }
}
