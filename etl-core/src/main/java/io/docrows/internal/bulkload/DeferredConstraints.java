package io.docrows.internal.bulkload;

import static io.docrows.internal.db.Tables.DEFERRED_CONSTRAINT;

import io.docrows.internal.db.tables.records.DeferredConstraintRecord;
import io.docrows.internal.metadata.Bookkeeping;
import java.sql.Connection;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jooq.Condition;

/** The table {@code docrows.deferred_constraint}. Takes part in the caller's transaction. */
public final class DeferredConstraints {

    private DeferredConstraints() {}

    /**
     * What a pipeline has dropped and not rebuilt yet.
     *
     * @param connection the connection to use
     * @param pipeline the pipeline's name
     * @return the constraints in the order in which they have to be rebuilt
     */
    public static List<DeferredConstraint> of(Connection connection, String pipeline) {
        return where(connection, DEFERRED_CONSTRAINT.PIPELINE.eq(pipeline));
    }

    /**
     * What a run has dropped and not rebuilt yet.
     *
     * @param connection the connection to use
     * @param run the run's number
     * @return the constraints in the order in which they have to be rebuilt
     */
    public static List<DeferredConstraint> ofRun(Connection connection, long run) {
        return where(connection, DEFERRED_CONSTRAINT.RUN_ID.eq(run));
    }

    /**
     * What other runs of a pipeline have dropped and not rebuilt.
     *
     * @param connection the connection to use
     * @param pipeline the pipeline's name
     * @param run the number of the run whose own are left out
     * @return the constraints in the order in which they have to be rebuilt
     */
    public static List<DeferredConstraint> ofOtherRuns(Connection connection, String pipeline, long run) {
        return where(connection, DEFERRED_CONSTRAINT.PIPELINE.eq(pipeline).and(DEFERRED_CONSTRAINT.RUN_ID.ne(run)));
    }

    private static List<DeferredConstraint> where(Connection connection, Condition condition) {
        return Bookkeeping.on(connection)
                .selectFrom(DEFERRED_CONSTRAINT)
                .where(condition)
                .orderBy(DEFERRED_CONSTRAINT.ID)
                .fetch(DeferredConstraints::constraint)
                .stream()
                .sorted(Comparator.comparing(DeferredConstraint::kind))
                .toList();
    }

    static void add(Connection connection, String pipeline, long run, Collection<DeferredConstraint> dropped) {
        Bookkeeping.on(connection)
                .batchInsert(dropped.stream()
                        .map(constraint -> {
                            DeferredConstraintRecord row = new DeferredConstraintRecord();
                            row.setPipeline(pipeline);
                            row.setRunId(run);
                            row.setTableName(constraint.table());
                            row.setName(constraint.name());
                            row.setKind(constraint.kind().text());
                            row.setColumns(constraint.columns().toArray(String[]::new));
                            row.setStatements(constraint.statements().toArray(String[]::new));
                            return row;
                        })
                        .toList())
                .execute();
    }

    /** Forgets one, in the transaction that rebuilds it; false if another session has done so. */
    static boolean remove(Connection connection, DeferredConstraint constraint) {
        return Bookkeeping.on(connection)
                        .deleteFrom(DEFERRED_CONSTRAINT)
                        .where(
                                DEFERRED_CONSTRAINT.TABLE_NAME.eq(constraint.table()),
                                DEFERRED_CONSTRAINT.NAME.eq(constraint.name()))
                        .execute()
                == 1;
    }

    /** Writes down what is left to do of one, in the transaction that does the rest; false if another has done so. */
    static boolean replace(Connection connection, DeferredConstraint constraint, DeferredConstraint left) {
        return Bookkeeping.on(connection)
                        .update(DEFERRED_CONSTRAINT)
                        .set(DEFERRED_CONSTRAINT.STATEMENTS, left.statements().toArray(String[]::new))
                        .where(
                                DEFERRED_CONSTRAINT.TABLE_NAME.eq(constraint.table()),
                                DEFERRED_CONSTRAINT.NAME.eq(constraint.name()),
                                DEFERRED_CONSTRAINT.STATEMENTS.eq(
                                        constraint.statements().toArray(String[]::new)))
                        .execute()
                == 1;
    }

    private static DeferredConstraint constraint(DeferredConstraintRecord row) {
        return new DeferredConstraint(
                row.getTableName(),
                row.getName(),
                DeferredConstraint.Kind.of(row.getKind()),
                List.of(row.getColumns()),
                List.of(row.getStatements()));
    }
}
