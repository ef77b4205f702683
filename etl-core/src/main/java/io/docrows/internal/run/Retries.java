package io.docrows.internal.run;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import io.docrows.internal.postgres.TargetErrors;
import io.docrows.internal.postgres.TransientErrors;
import io.docrows.run.RunListener;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries work on the target again when its failure may pass: from a quarter of a second to ten between attempts, with
 * jitter, for about a minute. What is not transient fails at once. Thread-safe.
 */
final class Retries {

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final int MOST_RETRIES = 10;

    private final RunListener listener;

    Retries(RunListener listener) {
        this.listener = listener;
    }

    /**
     * Does some work, as often as need be.
     *
     * @param what the work, as in "writing a batch of users"
     * @param work must begin anew each time it is called
     * @return what the work returns
     * @throws SQLException the last failure, if it came from the driver
     * @throws InterruptedAttempts if the thread is interrupted meanwhile; it is marked as interrupted then
     */
    <T> T call(String what, CheckedSupplier<T> work) throws SQLException {
        AtomicReference<@Nullable Throwable> deaf = new AtomicReference<>();
        AtomicBoolean waiting = new AtomicBoolean();
        RetryPolicy<Object> policy = RetryPolicy.builder()
                .handleIf(TransientErrors::includes)
                .withMaxRetries(MOST_RETRIES)
                .withBackoff(250, 10_000, ChronoUnit.MILLIS)
                .withJitter(0.25)
                .onRetryScheduled(event -> {
                    waiting.set(true);
                    try {
                        retrying(what, event.getAttemptCount(), event.getDelay(), event.getLastException());
                    } catch (RuntimeException | Error e) {
                        // Failsafe passes over what its listeners throw; ours fail the run.
                        deaf.set(e);
                    }
                })
                .build();
        try {
            return Failsafe.with(policy).get(() -> {
                waiting.set(false);
                rethrow(deaf.get());
                return work.get();
            });
        } catch (FailsafeException e) {
            // Failsafe wraps checked exceptions only.
            if (e.getCause() instanceof SQLException sql) {
                throw sql;
            }
            if (e.getCause() instanceof InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new InterruptedAttempts(what, interrupted, waiting.get());
            }
            throw e;
        }
    }

    private static void rethrow(@Nullable Throwable thrown) {
        if (thrown instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    private void retrying(String what, int attempt, Duration delay, Throwable failure) {
        SQLException sql = TargetErrors.sqlCause(failure);
        LOG.warn(
                "{} failed (SQLSTATE {}), attempt {} of {}; retrying in {} ms",
                what,
                sql == null ? "?" : sql.getSQLState(),
                attempt,
                MOST_RETRIES + 1,
                delay.toMillis());
        listener.retrying(what, attempt, delay);
    }
}
