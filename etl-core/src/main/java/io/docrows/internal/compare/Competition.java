package io.docrows.internal.compare;

import io.docrows.error.RejectCode;
import io.docrows.internal.postgres.Sql;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.stage.Span;
import io.docrows.internal.table.UniqueConstraint;
import io.docrows.internal.table.UniqueValues;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Which documents a run would refuse because they break a check or because a unique value is taken. It depends on the
 * batches, and on how a run halves a batch that PostgreSQL refuses, so just that is played through: but only for chunks
 * in which documents compete for a value, which are few.
 */
final class Competition {

    private final Connection connection;
    private final StagedCollection<?> staged;
    private final StageTables tables;
    private final PlanStatements sql;
    private final List<UniqueStatements> uniques = new ArrayList<>();
    private final List<UniqueContest> contests = new ArrayList<>();

    Competition(Connection connection, StagedCollection<?> staged, PlanStatements sql) {
        this.connection = connection;
        this.staged = staged;
        this.tables = staged.tables();
        this.sql = sql;
        for (UniqueConstraint unique : UniqueConstraint.of(staged.mapping())) {
            uniques.add(new UniqueStatements(staged, unique, uniques.size()));
        }
        for (UniqueValues unique : UniqueValues.of(tables.tree())) {
            contests.add(new UniqueContest(staged, unique, contests.size()));
        }
    }

    List<String> create() {
        List<String> statements = new ArrayList<>(drop());
        statements.add(StageTables.create(
                tables.violations(), "SELECT 0::int8 AS ord, 0::int4 AS batch, 0::int4 AS place WITH NO DATA"));
        statements.add(StageTables.create(tables.attempt(), "SELECT 0::int8 AS ord WITH NO DATA"));
        uniques.forEach(unique -> statements.addAll(unique.create()));
        contests.forEach(contest -> statements.addAll(contest.create()));
        return statements;
    }

    List<String> drop() {
        List<String> statements = new ArrayList<>();
        statements.add("DROP TABLE IF EXISTS " + tables.violations());
        statements.add("DROP TABLE IF EXISTS " + tables.attempt());
        uniques.forEach(unique -> statements.addAll(unique.drop()));
        contests.forEach(contest -> statements.addAll(contest.drop()));
        return statements;
    }

    /** Takes out of the stage what would be refused. */
    void refuse() throws SQLException {
        TreeSet<Integer> batches = new TreeSet<>();
        for (UniqueStatements unique : uniques) {
            if (Statements.update(connection, unique.findContenders()) > 0) {
                Statements.update(connection, unique.findHolders());
                batches.addAll(Statements.rows(connection, unique.batches(), row -> row.getInt(1)));
            }
        }
        for (UniqueContest contest : contests) {
            batches.addAll(contest.find(connection));
        }
        for (int batch : batches) {
            new Span(0, staged.stage().sizeOf(batch)).halve(places -> isWritten(new Chunk(batch, places)));
        }
        refuseViolations("true");
    }

    /** Does what a run does with a chunk, unless PostgreSQL would refuse a row of it, so that a run would halve it. */
    private boolean isWritten(Chunk chunk) throws SQLException {
        if (!compete(chunk)) {
            refuseViolations(Sql.text(chunk.of("n")));
            return true;
        }
        Statements.update(connection, "DELETE FROM " + tables.attempt());
        for (UniqueStatements unique : uniques) {
            Statements.update(connection, "INSERT INTO " + tables.attempt() + " " + Sql.text(unique.duplicates(chunk)));
        }
        if (chunk.places().size() > 1 && isRefused(chunk)) {
            return false;
        }
        if (chunk.places().size() == 1) {
            for (UniqueContest contest : contests) {
                Statements.update(connection, "INSERT INTO " + tables.attempt() + " " + contest.refused(chunk));
            }
        }
        Statements.update(connection, tables.refuse("SELECT ord FROM " + tables.attempt(), RejectCode.DUPLICATE_VALUE));
        refuseViolations(Sql.text(chunk.of("n")));
        for (UniqueStatements unique : uniques) {
            Statements.execute(connection, unique.settle(chunk));
        }
        for (UniqueContest contest : contests) {
            Statements.execute(connection, contest.settle(chunk));
        }
        return true;
    }

    private boolean compete(Chunk chunk) throws SQLException {
        for (UniqueStatements unique : uniques) {
            if (Statements.count(connection, unique.compete(chunk)) > 0) {
                return true;
            }
        }
        for (UniqueContest contest : contests) {
            if (Statements.count(connection, contest.compete(chunk)) > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether PostgreSQL would still refuse a row: one that breaks a check, one whose value a refused document does not
     * give up after all, or one that breaks a constraint which a run meets only by failing.
     */
    private boolean isRefused(Chunk chunk) throws SQLException {
        long violations = Statements.count(
                connection,
                "SELECT count(*) FROM " + tables.violations() + " n WHERE " + Sql.text(chunk.of("n"))
                        + " AND NOT EXISTS (SELECT FROM " + tables.attempt() + " a WHERE a.ord = n.ord)");
        if (violations > 0) {
            return true;
        }
        for (UniqueStatements unique : uniques) {
            if (Statements.count(connection, "SELECT count(*) FROM (" + Sql.text(unique.duplicates(chunk)) + ") d")
                    > 0) {
                return true;
            }
        }
        for (UniqueContest contest : contests) {
            if (Statements.count(connection, "SELECT count(*) FROM (" + contest.refused(chunk) + ") d") > 0) {
                return true;
            }
        }
        return false;
    }

    private void refuseViolations(String which) throws SQLException {
        Statements.update(
                connection,
                tables.refuse(
                        "SELECT DISTINCT n.ord FROM " + tables.violations() + " n WHERE " + which,
                        RejectCode.CONSTRAINT_VIOLATION));
    }
}
