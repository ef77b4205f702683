package io.docrows.internal.compare;

import io.docrows.internal.postgres.FailedExpression;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.stage.Span;
import io.docrows.internal.table.ChildTable;
import io.docrows.internal.table.IndexedValues;
import io.docrows.internal.table.RowTable;
import io.docrows.internal.table.TableTree;
import io.docrows.internal.table.UniqueConstraint;
import io.docrows.internal.table.UniqueValues;
import io.docrows.internal.target.ConditionalIndex;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which documents a run would refuse because a unique value is taken. It depends on the batches, and on how a run
 * halves a batch that PostgreSQL refuses, so just that is played through: but only for chunks in which documents
 * compete for a value, which are few.
 */
final class Competition {

    private static final Logger LOG = LoggerFactory.getLogger(Competition.class);

    private final Connection connection;
    private final StagedCollection<?> staged;
    private final AttemptStatements sql;
    private final List<UniqueStatements> uniques = new ArrayList<>();
    private final List<UniqueContest> contests = new ArrayList<>();
    /** Those of indexes with conditions or expressions, and what people call them. */
    private final Map<UniqueContest, String> indexes = new HashMap<>();

    /** Asks the target's catalog. */
    Competition(Connection connection, StagedCollection<?> staged) throws SQLException {
        this.connection = connection;
        this.staged = staged;
        this.sql = new AttemptStatements(staged.tables());
        for (UniqueConstraint unique : UniqueConstraint.of(staged.mapping())) {
            uniques.add(new UniqueStatements(staged, unique, uniques.size()));
        }
        TableTree tree = staged.tables().tree();
        for (UniqueValues unique : UniqueValues.of(tree)) {
            contests.add(new UniqueContest(staged, unique, contests.size()));
        }
        RowTable documents = tree.documents();
        addIndexes(documents.mapping().table(), documents, null);
        for (ChildTable child : tree.children()) {
            addIndexes(child.mapping().table(), documents, child);
        }
    }

    /** Indexes with conditions or expressions, as far as the server can say what they would hold. */
    private void addIndexes(Table<?> table, RowTable documents, @Nullable ChildTable child) throws SQLException {
        for (ConditionalIndex index : ConditionalIndex.of(connection, table)) {
            IndexedValues values = IndexedValues.of(documents, child, index).orElse(null);
            if (values == null) {
                LOG.warn(
                        "the unique index {} of {} looks at columns that the mapping does not fill; the plan ignores it",
                        index.name(),
                        table.getName());
            } else {
                UniqueContest contest = new UniqueContest(staged, values, contests.size());
                contests.add(contest);
                indexes.put(contest, index.name() + " of " + table.getName());
            }
        }
    }

    List<String> create() {
        List<String> statements = new ArrayList<>(drop());
        statements.addAll(sql.create());
        uniques.forEach(unique -> statements.addAll(unique.create()));
        contests.forEach(contest -> statements.addAll(contest.create()));
        return statements;
    }

    List<String> drop() {
        List<String> statements = new ArrayList<>(sql.drop());
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
                batches.addAll(Statements.rows(connection, unique.contenders().batches(), row -> row.getInt(1)));
            }
        }
        for (UniqueContest contest : List.copyOf(contests)) {
            batches.addAll(find(contest));
        }
        for (int batch : batches) {
            new Span(0, staged.stage().sizeOf(batch)).halve(places -> isWritten(new Chunk(batch, places)));
        }
    }

    private List<Integer> find(UniqueContest contest) throws SQLException {
        String index = indexes.get(contest);
        if (index == null) {
            return contest.find(connection);
        }
        Savepoint savepoint = connection.setSavepoint();
        try {
            List<Integer> batches = contest.find(connection);
            connection.releaseSavepoint(savepoint);
            return batches;
        } catch (SQLException failure) {
            if (!FailedExpression.is(failure)) {
                throw failure;
            }
            connection.rollback(savepoint);
            contests.remove(contest);
            LOG.warn(
                    "the unique index {} cannot be evaluated without writing (SQLSTATE {}); the plan ignores it",
                    index,
                    failure.getSQLState());
            return List.of();
        }
    }

    /** Does what a run does with a chunk, unless PostgreSQL would refuse a row of it, so that a run would halve it. */
    private boolean isWritten(Chunk chunk) throws SQLException {
        if (!compete(chunk)) {
            return true;
        }
        Statements.update(connection, sql.begin());
        for (UniqueStatements unique : uniques) {
            Statements.update(connection, sql.add(unique.duplicates(chunk)));
        }
        if (chunk.places().size() > 1 && isRefused(chunk)) {
            return false;
        }
        if (chunk.places().size() == 1) {
            for (UniqueContest contest : contests) {
                Statements.update(connection, sql.add(contest.refused(chunk)));
            }
        }
        Statements.update(connection, sql.refuse());
        for (Contenders each : contenders()) {
            Statements.execute(connection, each.settle(chunk));
        }
        return true;
    }

    private boolean compete(Chunk chunk) throws SQLException {
        for (Contenders each : contenders()) {
            if (Statements.count(connection, each.compete(chunk)) > 0) {
                return true;
            }
        }
        return false;
    }

    private List<Contenders> contenders() {
        return Stream.concat(
                        uniques.stream().map(UniqueStatements::contenders),
                        contests.stream().map(UniqueContest::contenders))
                .toList();
    }

    /**
     * Whether PostgreSQL would still refuse a row: one whose value a refused document does not give up after all, or
     * one that breaks a constraint which a run meets only by failing.
     */
    private boolean isRefused(Chunk chunk) throws SQLException {
        for (UniqueStatements unique : uniques) {
            if (Statements.count(connection, AttemptStatements.count(unique.duplicates(chunk))) > 0) {
                return true;
            }
        }
        for (UniqueContest contest : contests) {
            if (Statements.count(connection, AttemptStatements.count(contest.refused(chunk))) > 0) {
                return true;
            }
        }
        return false;
    }
}
