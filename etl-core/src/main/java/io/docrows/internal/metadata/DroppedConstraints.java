package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.DEFERRED_CONSTRAINT;

import io.docrows.internal.db.tables.records.DeferredConstraintRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jooq.Condition;

/** The table {@code docrows.deferred_constraint}. Takes part in the caller's transaction. */
public final class DroppedConstraints {

    private DroppedConstraints() {}

    /**
     * What a pipeline has dropped and not rebuilt yet.
     *
     * @param connection the connection to use
     * @param pipeline the pipeline's name
     * @return the constraints in the order in which they have to be rebuilt
     */
    public static List<DroppedConstraint> of(Connection connection, String pipeline) {
        return where(connection, DEFERRED_CONSTRAINT.PIPELINE.eq(pipeline));
    }

    /**
     * What a pipeline has dropped and not rebuilt yet, as far as the user may know. A role that only loads or compares
     * need not have the right to read it, nor does the table have to be there.
     *
     * @param connection the connection to use
     * @param pipeline the pipeline's name
     * @return the constraints in the order in which they have to be rebuilt
     * @throws SQLException if PostgreSQL cannot be asked
     */
    public static List<DroppedConstraint> readable(Connection connection, String pipeline) throws SQLException {
        return BookkeepingTables.canRead(connection, DEFERRED_CONSTRAINT.getName())
                ? of(connection, pipeline)
                : List.of();
    }

    /**
     * What a run has dropped and not rebuilt yet.
     *
     * @param connection the connection to use
     * @param run the run's number
     * @return the constraints in the order in which they have to be rebuilt
     */
    public static List<DroppedConstraint> ofRun(Connection connection, long run) {
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
    public static List<DroppedConstraint> ofOtherRuns(Connection connection, String pipeline, long run) {
        return where(connection, DEFERRED_CONSTRAINT.PIPELINE.eq(pipeline).and(DEFERRED_CONSTRAINT.RUN_ID.ne(run)));
    }

    private static List<DroppedConstraint> where(Connection connection, Condition condition) {
        return Bookkeeping.on(connection)
                .selectFrom(DEFERRED_CONSTRAINT)
                .where(condition)
                .orderBy(DEFERRED_CONSTRAINT.ID)
                .fetch(DroppedConstraints::constraint)
                .stream()
                .sorted(Comparator.comparing(DroppedConstraint::kind))
                .toList();
    }

    /**
     * Writes down what a run has dropped, in the transaction in which it does.
     *
     * @param connection the connection of that transaction
     * @param pipeline the pipeline's name
     * @param run the run's number
     * @param dropped the constraints in the order in which they were dropped
     */
    public static void add(Connection connection, String pipeline, long run, Collection<DroppedConstraint> dropped) {
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

    /**
     * Forgets one, in the transaction that rebuilds it.
     *
     * @param connection the connection of that transaction
     * @param constraint the constraint
     * @return false if another session has done so
     */
    public static boolean remove(Connection connection, DroppedConstraint constraint) {
        return Bookkeeping.on(connection)
                        .deleteFrom(DEFERRED_CONSTRAINT)
                        .where(
                                DEFERRED_CONSTRAINT.TABLE_NAME.eq(constraint.table()),
                                DEFERRED_CONSTRAINT.NAME.eq(constraint.name()))
                        .execute()
                == 1;
    }

    /**
     * Writes down what is left to do of one, in the transaction that does the rest.
     *
     * @param connection the connection of that transaction
     * @param constraint the constraint
     * @param left what is left of it
     * @return false if another session has done so
     */
    public static boolean replace(Connection connection, DroppedConstraint constraint, DroppedConstraint left) {
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

    private static DroppedConstraint constraint(DeferredConstraintRecord row) {
        return new DroppedConstraint(
                row.getTableName(),
                row.getName(),
                DroppedConstraint.Kind.of(row.getKind()),
                List.of(row.getColumns()),
                List.of(row.getStatements()));
    }
}
