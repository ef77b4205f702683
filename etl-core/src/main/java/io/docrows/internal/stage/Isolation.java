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
        write(all, write, () -> false, refused);
    }

    /**
     * Writes a list.
     *
     * @param all the elements
     * @param write writes some of them
     * @param again asked when PostgreSQL has refused one of several; if true, the same ones are written again before
     *     they are halved
     * @param refused called for each one that PostgreSQL refuses
     * @param <T> the type of the elements
     * @throws SQLException if none of them is at fault
     */
    public <T> void write(List<T> all, Write<List<T>> write, Again again, Refused<T> refused) throws SQLException {
        Write<Span> some = span -> write.write(all.subList((int) span.from(), (int) span.to()));
        Refused<Long> one = (number, error, failure) -> refused.refused(all.get(number.intValue()), error, failure);
        new Span(0, all.size())
                .halve(span -> isDone(span, some, one)
                        || (span.size() > 1 && again.isWorthwhile() && isDone(span, some, one)));
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
        all.halve(some -> isDone(some, write, refused));
    }

    private boolean isDone(Span some, Write<Span> write, Refused<Long> refused) throws SQLException {
        Savepoint savepoint = commits ? null : connection.setSavepoint();
        try {
            write.write(some);
            keep(savepoint);
            return true;
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
                return false;
            }
            refused.refused(some.from(), error, failure);
            if (commits) {
                connection.commit();
            }
            return true;
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
         * Whether another attempt may go better than the one before.
         *
         * @return true at most once for the same things
         * @throws SQLException if that cannot be found out
         */
        boolean isWorthwhile() throws SQLException;
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
