package io.docrows.internal.run;

import io.docrows.internal.metadata.CheckpointStore;
import io.docrows.internal.metadata.LostTransactions;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many documents of a run PostgreSQL has confirmed to have read, in this process and in those before it; never
 * more. What relies on them, as ids of rows that are kept in memory, holds only while they are there. Thread-safe.
 */
final class Confirmed {

    private final long run;
    private final AtomicLong documents;

    Confirmed(long run, long documents) {
        this.run = run;
        this.documents = new AtomicLong(documents);
    }

    /** More were confirmed; a negative number takes some back, before that is committed. */
    void add(long more) {
        documents.addAndGet(more);
    }

    /**
     * Makes sure that all of them are there.
     *
     * @param connection a new connection, or one at the end of a run
     * @throws io.docrows.error.DocrowsException {@code TARGET_FAILED} if they are not
     */
    void require(Connection connection) {
        long atLeast = documents.get();
        if (atLeast > 0 && CheckpointStore.read(connection, run) < atLeast) {
            throw LostTransactions.error();
        }
    }
}
