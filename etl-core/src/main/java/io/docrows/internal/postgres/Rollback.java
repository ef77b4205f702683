package io.docrows.internal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/**
 * Rolls back because something has failed, without losing that failure. A connection that is lost cannot be rolled back
 * either, and a pool says so without an SQLSTATE: told in place of the failure, it would not count as transient.
 */
public final class Rollback {

    private Rollback() {}

    /**
     * Rolls the transaction back before the failure is thrown.
     *
     * @param failure what has failed; gets what rolling back throws as suppressed
     * @param connection the connection of the transaction
     * @return false if it could not be rolled back
     */
    public static boolean after(Throwable failure, Connection connection) {
        return isDone(failure, connection::rollback);
    }

    /**
     * Rolls the transaction back, to go on after the failure.
     *
     * @param failure what has failed
     * @param connection the connection of the transaction
     * @throws SQLException the failure, or what rolling back throws if only that is transient
     */
    public static void orThrow(SQLException failure, Connection connection) throws SQLException {
        orThrow(failure, connection::rollback);
    }

    /**
     * Rolls back to a savepoint and releases it, to go on after the failure.
     *
     * @param failure what has failed
     * @param connection the connection of the transaction
     * @param savepoint where to
     * @throws SQLException the failure, or what rolling back throws if only that is transient
     */
    public static void orThrow(SQLException failure, Connection connection, Savepoint savepoint) throws SQLException {
        orThrow(failure, () -> {
            connection.rollback(savepoint);
            connection.releaseSavepoint(savepoint);
        });
    }

    private static void orThrow(SQLException failure, Step step) throws SQLException {
        try {
            step.take();
        } catch (SQLException broken) {
            if (TransientErrors.includes(broken) && !TransientErrors.includes(failure)) {
                broken.addSuppressed(failure);
                throw broken;
            }
            failure.addSuppressed(broken);
            throw failure;
        }
    }

    static boolean isDone(Throwable failure, Step step) {
        try {
            step.take();
            return true;
        } catch (SQLException broken) {
            failure.addSuppressed(broken);
            return false;
        }
    }

    /** What is done to a connection after a failure. */
    @FunctionalInterface
    interface Step {
        void take() throws SQLException;
    }
}
