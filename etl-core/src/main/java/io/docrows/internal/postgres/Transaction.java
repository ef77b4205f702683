package io.docrows.internal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A transaction over a connection that has auto-commit otherwise. */
public final class Transaction {

    private Transaction() {}

    /**
     * Does some work in one transaction, which is committed when the work returns, and rolled back when it throws.
     *
     * @param connection with auto-commit, which it has again afterwards unless it is lost
     * @param work may commit or roll back what it has done so far
     * @param <T> what the work returns
     * @param <X> what the work throws
     * @return what the work returns
     * @throws SQLException if the transaction cannot be begun or committed
     * @throws X what the work throws, whatever rolling back throws on top of that
     */
    public static <T extends @Nullable Object, X extends Throwable> T of(Connection connection, Work<T, X> work)
            throws SQLException, X {
        connection.setAutoCommit(false);
        T result;
        try {
            result = work.of(connection);
            connection.commit();
        } catch (Throwable failure) {
            // Changing the mode without it would commit what the failure left.
            if (Rollback.after(failure, connection)) {
                Rollback.isDone(failure, () -> connection.setAutoCommit(true));
            }
            throw failure;
        }
        connection.setAutoCommit(true);
        return result;
    }

    /**
     * What is done in a transaction.
     *
     * @param <T> what it returns
     * @param <X> what it throws
     */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object, X extends Throwable> {

        /**
         * Does it.
         *
         * @param connection without auto-commit
         * @return anything
         * @throws SQLException if PostgreSQL fails
         * @throws X if it fails otherwise
         */
        T of(Connection connection) throws SQLException, X;
    }
}
