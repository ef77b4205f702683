package io.docrows.internal.write;

import java.sql.SQLException;
import java.util.List;

/**
 * Writes batches of a collection's documents over one connection. The caller owns the transaction: what this writes,
 * the rejects and the checkpoint are committed together or not at all. Not thread-safe.
 *
 * @param <D> what a document is decoded into
 */
public interface DocumentWriter<D> extends AutoCloseable {

    /**
     * Writes a batch in a transaction of the caller's, who commits or rolls back; the transaction may hold several, and
     * what else the caller does. Of documents with the same {@code _id} the last one wins; of others with the same key
     * the one that has the row already, or else the first. Documents that PostgreSQL refuses are found by halving the
     * batch, so that they cost no other document.
     *
     * @param batch decoded documents in the order in which they were read
     * @return what became of them
     * @throws SQLException if the statement, the server or the connection is at fault; the transaction must be rolled
     *     back
     */
    WriteResult write(List<? extends D> batch) throws SQLException;

    /** The caller's transaction was committed. */
    void committed();

    /**
     * Drops the staging tables, for connections that go back to a pool. A batch that the caller has not committed is
     * rolled back. Does not throw: a broken connection has neither.
     */
    @Override
    void close();
}
