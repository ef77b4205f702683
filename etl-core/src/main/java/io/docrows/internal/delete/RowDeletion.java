package io.docrows.internal.delete;

import io.docrows.DeleteMode;
import io.docrows.Deletions;
import io.docrows.internal.delete.GoneStatements.Range;
import io.docrows.internal.write.DocumentFault;
import io.docrows.internal.write.Sql;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table whose document is gone, from being found to being deleted or marked. Works within the caller's
 * transactions. Not thread-safe.
 */
public final class RowDeletion {

    private final Connection connection;
    private final String pipeline;
    private final CollectionMapping<?> mapping;
    private final GoneStatements sql;
    private final DeleteMode mode;
    private boolean identified;
    private long unreadable;

    /**
     * The rows of one mapping.
     *
     * @param connection without auto-commit; stays the caller's
     * @param pipeline the pipeline's name
     * @param mapping the mapping
     * @param tables the temporary tables to use
     * @param mode whether to delete or to mark
     */
    public RowDeletion(
            Connection connection, String pipeline, CollectionMapping<?> mapping, GoneTables tables, DeleteMode mode) {
        this.connection = connection;
        this.pipeline = pipeline;
        this.mapping = mapping;
        this.sql = new GoneStatements(mapping, tables);
        this.mode = mode;
    }

    CollectionMapping<?> mapping() {
        return mapping;
    }

    /**
     * Makes the temporary tables.
     *
     * @param bookkeeping whether the schema {@code docrows} is there
     * @throws SQLException if PostgreSQL fails
     */
    public void create(boolean bookkeeping) throws SQLException {
        executeAll(sql.create());
        // Marked rows are history, and so are the rejects of documents that are gone.
        identified = bookkeeping && mode == DeleteMode.DELETE && count(sql.countRejects(pipeline)) > 0;
    }

    /**
     * Drops them.
     *
     * @throws SQLException if PostgreSQL fails
     */
    public void drop() throws SQLException {
        executeAll(sql.drop());
    }

    boolean identified() {
        return identified;
    }

    /**
     * Takes the keys of documents from a table with the columns {@code c0} and {@code id}.
     *
     * @param staged the table
     * @throws SQLException if PostgreSQL fails
     */
    public void see(String staged) throws SQLException {
        update(sql.see(staged));
    }

    /**
     * Finds the rows, once all keys are there; none while some document may be any row's.
     *
     * @param unreadableDocuments documents whose key cannot be read
     * @throws SQLException if PostgreSQL fails
     */
    public void find(long unreadableDocuments) throws SQLException {
        unreadable = unreadableDocuments;
        if (unreadable == 0) {
            update(sql.find());
        }
    }

    /**
     * Keeps the rows that others refer to.
     *
     * @param referring the foreign keys that matter
     * @param future how a reference will be, for those that are going to change
     * @throws SQLException if PostgreSQL fails
     */
    public void keepReferred(List<ReferringKey> referring, Function<ReferringKey, @Nullable FutureReference> future)
            throws SQLException {
        if (mode == DeleteMode.MARK) {
            return;
        }
        long kept;
        do {
            kept = 0;
            for (ReferringKey key : referring) {
                kept += update(sql.keepReferred(key, future.apply(key)));
            }
            // A row that stays keeps those of its own table to which it refers.
        } while (kept > 0);
    }

    /**
     * What would be done.
     *
     * @return rows that would go, and rows that would be kept
     * @throws SQLException if PostgreSQL fails
     */
    public Deletions planned() throws SQLException {
        return new Deletions(count(sql.countGone()), count(sql.countKept()), unreadable);
    }

    /**
     * Rows and rejects that would go.
     *
     * @return their number
     * @throws SQLException if PostgreSQL fails
     */
    public long going() throws SQLException {
        return count(sql.countGone()) + goneRejects();
    }

    private long goneRejects() throws SQLException {
        return identified && unreadable == 0 ? count(sql.countGoneRejects(pipeline)) : 0;
    }

    /**
     * Rows and rejects that there are.
     *
     * @return their number
     * @throws SQLException if PostgreSQL fails
     */
    public long all() throws SQLException {
        return count(sql.countRows()) + (identified ? count(sql.countRejects(pipeline)) : 0);
    }

    /** Lets them go, within the caller's transaction. */
    Deletions delete(List<CollectionMapping<?>> mappings, long run) throws SQLException {
        long found = count(sql.countFound());
        long deleted = found == 0 ? 0 : isolate(mappings, run, new Range(1, found + 1));
        if (identified && unreadable == 0) {
            update(sql.deleteRejects(pipeline));
        }
        return new Deletions(deleted, count(sql.countKept()), unreadable);
    }

    /** A row that PostgreSQL does not let go, for whatever reason, is found by halving and stays. */
    private long isolate(List<CollectionMapping<?>> mappings, long run, Range range) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            long deleted = mode == DeleteMode.MARK ? mark(range) : delete(mappings, run, range);
            // A deferred constraint would otherwise speak at COMMIT.
            execute("SET CONSTRAINTS ALL IMMEDIATE");
            connection.releaseSavepoint(savepoint);
            return deleted;
        } catch (SQLException failure) {
            if (DocumentFault.of(failure) == null) {
                throw failure;
            }
            connection.rollback(savepoint);
            connection.releaseSavepoint(savepoint);
            if (range.size() == 1) {
                update(sql.keep(range.from()));
                return 0;
            }
            return isolate(mappings, run, range.firstHalf()) + isolate(mappings, run, range.secondHalf());
        }
    }

    private long mark(Range range) throws SQLException {
        TableField<?, ?> column = mapping.deletedAt()
                .orElseThrow(() -> new IllegalStateException("a column to mark is required before a run begins"));
        return update(sql.markRows(column, range));
    }

    private long delete(List<CollectionMapping<?>> mappings, long run, Range range) throws SQLException {
        for (CollectionMapping<?> child : mappings) {
            for (ReferenceMapping<?> reference : child.references()) {
                if (reference.whenMissing() == MissingReference.PENDING
                        && Sql.tableOf(reference.parentKey()).equals(Sql.table(mapping.table()))) {
                    update(sql.remember(child, reference, run, range));
                }
            }
        }
        for (JoinMapping join : mapping.joins()) {
            update(sql.deleteLinks(join, range));
        }
        update(sql.forgetPending(range));
        return update(sql.deleteRows(range));
    }

    private void executeAll(List<String> statements) throws SQLException {
        for (String statement : statements) {
            execute(statement);
        }
    }

    private void execute(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private long update(String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeLargeUpdate(text);
        }
    }

    private long count(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
