package io.docrows.internal.orphan;

import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;

import io.docrows.internal.metadata.BookkeepingTables;
import io.docrows.internal.metadata.RejectStatements;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.stage.Isolation;
import io.docrows.internal.stage.Span;
import io.docrows.internal.table.Stage;
import io.docrows.internal.target.ColumnEquality;
import io.docrows.internal.target.TableCatalog;
import io.docrows.internal.write.KeyClaims;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.ReferenceMapping;
import io.docrows.report.Deletions;
import io.docrows.run.DeleteMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.TableField;

/**
 * The orphaned rows of one table, from being found to being deleted or marked. Works within the caller's transactions.
 * Not thread-safe.
 */
public final class OrphanRows {

    private final Connection connection;
    private final CollectionMapping<?> mapping;
    private final OrphanTables tables;
    private final OrphanStatements sql;
    private final KeyClaims claims;
    private final RejectStatements rejects;
    private final DeleteMode mode;
    private final boolean withRejects;
    private boolean identified;
    private boolean claimed;
    private boolean givenUp;
    private long unreadable;

    /**
     * The rows of one mapping.
     *
     * @param connection without auto-commit; stays the caller's
     * @param pipeline the pipeline's name
     * @param mapping the mapping
     * @param catalog what the target says of its table
     * @param tables the temporary tables to use
     * @param mode whether to delete or to mark
     * @param withRejects whether to let the rejects of documents that no longer exist go, too: once for a collection
     */
    public OrphanRows(
            Connection connection,
            String pipeline,
            CollectionMapping<?> mapping,
            TableCatalog catalog,
            OrphanTables tables,
            DeleteMode mode,
            boolean withRejects) {
        this.withRejects = withRejects;
        this.connection = connection;
        this.mapping = mapping;
        this.tables = tables;
        this.sql = new OrphanStatements(mapping, catalog, tables);
        this.claims = new KeyClaims(mapping, catalog);
        this.rejects = new RejectStatements(catalog.text(), pipeline, mapping.collection());
        this.mode = mode;
    }

    /**
     * Whose rows they are.
     *
     * @return the mapping
     */
    public CollectionMapping<?> mapping() {
        return mapping;
    }

    OrphanStatements statements() {
        return sql;
    }

    /**
     * Makes the temporary tables.
     *
     * @param bookkeeping whether the schema {@code docrows} is there
     * @throws SQLException if PostgreSQL fails
     */
    public void create(boolean bookkeeping) throws SQLException {
        Statements.execute(connection, sql.create());
        // Marked rows are history, and so are the rejects of documents that no longer exist.
        identified = withRejects
                && bookkeeping
                && mode == DeleteMode.DELETE
                && Statements.count(connection, rejects.count()) > 0;
        claimed = bookkeeping && BookkeepingTables.has(connection, "key_claim") && claims.any(connection);
    }

    /**
     * Drops them.
     *
     * @throws SQLException if PostgreSQL fails
     */
    public void drop() throws SQLException {
        Statements.execute(connection, sql.drop());
    }

    boolean identified() {
        return identified || claimed;
    }

    /**
     * Takes the keys of documents from tables with the columns {@code c0} and {@code id}.
     *
     * @param loaded a table of documents that are going to have the rows with their keys, and no other
     * @param rejected a table of documents whose rows stay as they are; with {@code ord} and {@code code}
     * @throws SQLException if PostgreSQL fails
     */
    public void see(String loaded, String rejected) throws SQLException {
        Statements.update(connection, sql.see(loaded, falseCondition()));
        Statements.update(connection, sql.see(rejected, claims.keepsRows(rejected, loaded)));
    }

    /**
     * Takes documents, of which another mapping has the rows, from a table with the column {@code id}: they are not
     * gone.
     *
     * @param staged the table
     * @throws SQLException if PostgreSQL fails
     */
    public void seeOthers(String staged) throws SQLException {
        if (identified()) {
            Statements.update(connection, sql.seeOthers(staged));
        }
    }

    /**
     * Finds the rows, once all keys are there; none while some document may be any row's. A document that is rejected
     * exists: it keeps the row that it has, though it may have another key now. Had it been loaded, it would have given
     * that row up.
     *
     * @param unreadableDocuments documents whose key cannot be read
     * @throws SQLException if PostgreSQL fails
     */
    public void find(long unreadableDocuments) throws SQLException {
        unreadable = unreadableDocuments;
        if (unreadable == 0) {
            Statements.update(connection, sql.find(claimed ? claims.isHeld("t", tables.seen()) : falseCondition()));
        }
    }

    /**
     * Keeps the rows that others refer to which stay.
     *
     * @param connection the connection of all of these
     * @param all rows that are to go in the same run, those that refer to others first
     * @param mappings every mapping of the pipeline
     * @param future how references will be, for those that are going to change
     * @throws SQLException if PostgreSQL fails
     */
    public static void keepReferred(
            Connection connection,
            List<OrphanRows> all,
            List<CollectionMapping<?>> mappings,
            Function<ReferringKey, List<FutureReference>> future)
            throws SQLException {
        List<String> statements = new ArrayList<>();
        for (OrphanRows rows : all) {
            if (rows.mode == DeleteMode.DELETE) {
                for (ReferringKey key : ReferringKey.of(connection, rows, mappings, all)) {
                    statements.add(rows.sql.keepReferred(key, future.apply(key)));
                }
            }
        }
        long kept;
        do {
            kept = 0;
            for (String statement : statements) {
                kept += Statements.update(connection, statement);
            }
            // A row that stays keeps those to which it refers.
        } while (kept > 0);
    }

    /**
     * What would be done.
     *
     * @return rows that would go, and rows that would be kept
     * @throws SQLException if PostgreSQL fails
     */
    public Deletions planned() throws SQLException {
        return new Deletions(
                Statements.count(connection, sql.countGoing()),
                Statements.count(connection, sql.countKept()),
                unreadable);
    }

    /**
     * Rows and rejects that would go.
     *
     * @return their number
     * @throws SQLException if PostgreSQL fails
     */
    public long going() throws SQLException {
        return Statements.count(connection, sql.countGoing()) + orphanedRejects();
    }

    private long orphanedRejects() throws SQLException {
        return identified && unreadable == 0
                ? Statements.count(connection, rejects.countOrphans(Stage.table(tables.seen())))
                : 0;
    }

    /**
     * Rows and rejects that there are.
     *
     * @return their number
     * @throws SQLException if PostgreSQL fails
     */
    public long all() throws SQLException {
        return Statements.count(connection, sql.countRows())
                + (identified ? Statements.count(connection, rejects.count()) : 0);
    }

    /**
     * Finds the rows whose keys were seen: they are those of documents that are known to be gone. A document that was
     * rejected because the row is another one's takes nothing along.
     */
    void findSeen() throws SQLException {
        Statements.execute(connection, "ANALYZE " + tables.seen());
        Condition which = claimed ? not(claims.isOfAnother("t")) : noCondition();
        Statements.update(connection, sql.findSeen(which));
    }

    /**
     * Finds the rows of documents that are gone, whose {@code _id}s were seen, and of those that came with another key,
     * for rows that have owners. Returns whether any document gave up a row.
     */
    boolean findAbandoned() throws SQLException {
        givenUp = claimed;
        if (!claimed) {
            return false;
        }
        boolean abandoned = claims.abandon(connection, tables.seen()) > 0;
        if (abandoned || claims.anyAbandoned(connection)) {
            Statements.update(connection, sql.findThose(claims.abandoned()));
        }
        return abandoned;
    }

    /** Lets those go, and gives up their documents' claims, within the caller's transaction. */
    Deletions deleteSeen(List<CollectionMapping<?>> mappings, long run) throws SQLException {
        long found = Statements.count(connection, sql.countFound());
        long deleted = found == 0 ? 0 : isolate(mappings, run, new Span(1, found + 1));
        if (givenUp) {
            claims.forgetAbandoned(connection, sql.isUnmarked());
        } else if (claimed) {
            claims.release(connection, tables.seen());
        }
        return new Deletions(deleted, Statements.count(connection, sql.countKept()), 0);
    }

    /** The {@code _id}s of documents whose rows stayed. */
    List<String> keptIds() throws SQLException {
        return Statements.rows(connection, sql.keptIds(), row -> row.getString(1));
    }

    /** Lets them go, within the caller's transaction. */
    Deletions delete(List<CollectionMapping<?>> mappings, long run) throws SQLException {
        long found = Statements.count(connection, sql.countFound());
        long deleted = isolate(mappings, run, new Span(1, found + 1));
        if (identified && unreadable == 0) {
            Statements.update(connection, rejects.deleteOrphans(Stage.table(tables.seen())));
        }
        return new Deletions(deleted, Statements.count(connection, sql.countKept()), unreadable);
    }

    /**
     * Drops the claims of documents that no longer exist, and those to rows of this mapping of documents that it does
     * not take any more, within the caller's transaction. Returns whether there were any.
     */
    boolean release() throws SQLException {
        return claimed && unreadable == 0 && claims.releaseOrphans(connection, tables.seen()) > 0;
    }

    /** A row that PostgreSQL does not let go, for whatever reason, stays. */
    private long isolate(List<CollectionMapping<?>> mappings, long run, Span all) throws SQLException {
        long[] deleted = {0};
        Isolation.withSavepoints(connection)
                .write(
                        all,
                        some -> {
                            long gone = mode == DeleteMode.MARK ? mark(some) : delete(mappings, run, some);
                            // A deferred constraint would otherwise speak at COMMIT.
                            Statements.execute(connection, "SET CONSTRAINTS ALL IMMEDIATE");
                            deleted[0] += gone;
                        },
                        (number, error, failure) -> Statements.update(connection, sql.keep(number)));
        return deleted[0];
    }

    private long mark(Span some) throws SQLException {
        TableField<?, ?> column = mapping.deletedAt()
                .orElseThrow(() -> new IllegalStateException("a column to mark is required before a run begins"));
        // What waits would be loaded again, and be a document that exists.
        Statements.execute(connection, sql.forgetPending(some));
        return Statements.update(connection, sql.markRows(column, some));
    }

    private long delete(List<CollectionMapping<?>> mappings, long run, Span some) throws SQLException {
        for (CollectionMapping<?> child : mappings) {
            for (ReferenceMapping<?> reference : child.references()) {
                if (reference.whenMissing() == MissingReference.PENDING
                        && Sql.tableOf(reference.parentKey()).equals(Sql.table(mapping.table()))) {
                    ColumnEquality id = ColumnEquality.of(connection, reference.parentId());
                    Statements.update(connection, sql.remember(child, reference, id, run, some));
                }
            }
        }
        for (String statement : sql.deleteBelow(some)) {
            Statements.update(connection, statement);
        }
        Statements.execute(connection, sql.forgetPending(some));
        return Statements.update(connection, sql.deleteRows(some));
    }
}
