package io.docrows.internal.run;

import io.docrows.cluster.Cluster;
import io.docrows.run.Cancellation;
import io.docrows.run.RunOptions;
import io.docrows.source.DocumentSource;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of a run share.
 *
 * @param pipeline the pipeline's name
 * @param run the run's number
 * @param source where documents come from
 * @param target where rows go
 * @param options how to run
 * @param cancellation stops the run from outside
 * @param owner this process's part in the run
 * @param session the connection that holds the lock
 * @param retries how often to try what may pass
 * @param threads the run's own threads
 * @param confirmed what PostgreSQL has confirmed
 * @param background what is done beside loading a collection
 * @param cluster loads the partitions; null if this process does
 */
record RunContext(
        String pipeline,
        long run,
        DocumentSource source,
        DataSource target,
        RunOptions options,
        Cancellation cancellation,
        UUID owner,
        RunSession session,
        Retries retries,
        ExecutorService threads,
        Confirmed confirmed,
        BackgroundWork background,
        @Nullable Cluster cluster) {

    /** Whether no more should be begun. What is in hand is finished and committed. */
    boolean isStopped() {
        return cancellation.isRequested() || background.isClosed() || background.hasFailed();
    }

    String sessionName(String role) {
        return "docrows " + pipeline + " run " + run + " " + role;
    }
}
