package io.docrows.internal.stage;

import io.docrows.internal.postgres.DataError;
import io.docrows.internal.postgres.Rollback;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what PostgreSQL refuses among many things, so that it costs none of the others: what cannot be written together
 * is written in halves, down to the single one that is at fault. A failure of the statement, the server or the
 * connection is nobody's fault, and thrown.
 */
public final class Isolation {

    private final Connection connection;
    private final boolean commits;

    private Isolation(Connection connection, boolean commits) {
        this.connection = connection;
        this.commits = commits;
    }

    /**
     * Within one transaction of the caller's, who commits or rolls back; what is refused is undone to a savepoint.
     *
     * @param connection the connection of that transaction
     * @return a way to isolate
     */
    public static Isolation withSavepoints(Connection connection) {
        return new Isolation(connection, false);
    }

    /**
     * With a transaction for each part that is written, for what is of use to this session alone.
     *
     * @param connection a connection without auto-commit, and without a transaction
     * @return a way to isolate
     */
    public static Isolation withCommits(Connection connection) {
        return new Isolation(connection, true);
    }

    /**
     * Writes a list.
     *
     * @param all the elements
     * @param write writes some of them
     * @param refused called for each one that PostgreSQL refuses
     * @param <T> the type of the elements
     * @throws SQLException if none of them is at fault
     */
    public <T> void write(List<T> all, Write<List<T>> write, Refused<T> refused) throws SQLException {
        write(all, write, failure -> false, refused);
    }

    /**
     * Writes a list.
     *
     * @param all the elements
     * @param write writes some of them
     * @param again asked when PostgreSQL has refused one of several; if true, they are written again before they are
     *     halved
     * @param refused called for each one that PostgreSQL refuses
     * @param <T> the type of the elements
     * @throws SQLException if none of them is at fault
     */
    public <T> void write(List<T> all, Write<List<T>> write, Again again, Refused<T> refused) throws SQLException {
        Write<Span> some = span -> write.write(all.subList((int) span.from(), (int) span.to()));
        Refused<Long> one = (number, error, failure) -> refused.refused(all.get(number.intValue()), error, failure);
        write(new Span(0, all.size()), some, again, one);
    }

    /**
     * Writes things that have numbers.
     *
     * @param all their numbers
     * @param write writes some of them
     * @param refused called for the number of each one that PostgreSQL refuses
     * @throws SQLException if none of them is at fault
     */
    public void write(Span all, Write<Span> write, Refused<Long> refused) throws SQLException {
        write(all, write, failure -> false, refused);
    }

    private void write(Span all, Write<Span> write, Again again, Refused<Long> refused) throws SQLException {
        all.halve(some -> {
            SQLException failure = failure(some, write, refused);
            return failure == null || (again.isWorthwhile(failure) && failure(some, write, refused) == null);
        });
    }

    /** Writes some things, and returns why that did not work; a single one that is at fault is done. */
    private @Nullable SQLException failure(Span some, Write<Span> write, Refused<Long> refused) throws SQLException {
        Savepoint savepoint = commits ? null : connection.setSavepoint();
        try {
            write.write(some);
            keep(savepoint);
            return null;
        } catch (SQLException failure) {
            DataError error = DataError.of(failure);
            if (error == null) {
                if (savepoint == null) {
                    Rollback.after(failure, connection);
                }
                throw failure;
            }
            if (savepoint == null) {
                connection.rollback();
            } else {
                connection.rollback(savepoint);
                connection.releaseSavepoint(savepoint);
            }
            if (some.size() > 1) {
                return failure;
            }
            refused.refused(some.from(), error, failure);
            if (commits) {
                connection.commit();
            }
            return null;
        }
    }

    private void keep(@Nullable Savepoint savepoint) throws SQLException {
        if (savepoint == null) {
            connection.commit();
        } else {
            connection.releaseSavepoint(savepoint);
        }
    }

    /**
     * Writes.
     *
     * @param <B> what is written at once
     */
    @FunctionalInterface
    public interface Write<B> {

        /**
         * Writes something, all or nothing.
         *
         * @param some what
         * @throws SQLException if PostgreSQL refuses it; what was done is undone by the caller
         */
        void write(B some) throws SQLException;
    }

    /** Asked before some things are halved. */
    @FunctionalInterface
    public interface Again {

        /**
         * Whether another attempt at the same things may go better.
         *
         * @param failure why the one before failed
         * @return false if they are to be halved
         * @throws SQLException if that cannot be found out
         */
        boolean isWorthwhile(SQLException failure) throws SQLException;
    }

    /**
     * Told what is refused.
     *
     * @param <T> one thing
     */
    @FunctionalInterface
    public interface Refused<T> {

        /**
         * Called when nothing of it is in the target. May do something else about it instead.
         *
         * @param one the thing
         * @param error what is wrong with it
         * @param failure what the driver threw
         * @throws SQLException if what is done instead fails
         */
        void refused(T one, DataError error, SQLException failure) throws SQLException;
    }
}
