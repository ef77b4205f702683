package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.internal.postgres.TargetSession;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps autovacuum from tables while a first load fills them. It would look at rows that are soon but a small part of
 * all, and indexes that are built right afterwards would have to wait for it: it gives way only after PostgreSQL's
 * {@code deadlock_timeout}, a second by default. The lock that it passes by lets all read and write.
 */
final class AutovacuumPause implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AutovacuumPause.class);

    private final @Nullable TargetSession session;

    private AutovacuumPause(@Nullable TargetSession session) {
        this.session = session;
    }

    /** Begins it; loading goes on without if the lock cannot be had. */
    static AutovacuumPause begin(RunContext context, List<String> tables) {
        TargetSession session = null;
        try {
            session = TargetSession.open(context.target(), false, context.sessionName("vacuum pause"));
            try (Statement statement = session.connection().createStatement()) {
                statement.execute(
                        "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = '1s'; LOCK TABLE "
                                + String.join(", ", tables) + " IN SHARE UPDATE EXCLUSIVE MODE");
            }
            return new AutovacuumPause(session);
        } catch (SQLException | DocrowsException e) {
            LOG.debug("autovacuum is not kept from {}", tables, e);
            if (session != null) {
                session.close();
            }
            return new AutovacuumPause(null);
        }
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}
