package io.docrows.internal.compare;

import io.docrows.error.RejectCode;
import io.docrows.internal.postgres.FailedExpression;
import io.docrows.internal.postgres.Statements;
import io.docrows.internal.table.BrokenCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The check constraints of a mapped table, of those below it, and of lookup tables that are filled on the way, applied
 * to staged documents without writing them. Those over columns that the mapping does not fill are left out, and so are
 * those whose expression fails.
 */
final class CheckConstraints {

    private static final Logger LOG = LoggerFactory.getLogger(CheckConstraints.class);

    private final Connection connection;
    private final StageTables tables;
    private final List<BrokenCheck> ofRows;

    /** Asks the target's catalog. */
    CheckConstraints(Connection connection, StageTables tables) throws SQLException {
        this.connection = connection;
        this.tables = tables;
        this.ofRows = BrokenCheck.ofRows(connection, tables.tree());
    }

    /** Takes out what a run finds before it looks for values that are taken. */
    void refuseForeseen() throws SQLException {
        for (BrokenCheck check : ofRows) {
            if (check.certain()) {
                refuse(check);
            }
        }
    }

    /** Takes out what PostgreSQL alone refuses, after that. */
    void refuseOthers() throws SQLException {
        List<BrokenCheck> checks = new ArrayList<>(ofRows);
        checks.removeIf(BrokenCheck::certain);
        checks.addAll(BrokenCheck.ofLookups(connection, tables.tree()));
        for (BrokenCheck check : checks) {
            refuse(check);
        }
    }

    private void refuse(BrokenCheck check) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            Statements.update(connection, tables.refuse(check.documents(), RejectCode.CONSTRAINT_VIOLATION));
            connection.releaseSavepoint(savepoint);
        } catch (SQLException failure) {
            if (!FailedExpression.is(failure)) {
                throw failure;
            }
            connection.rollback(savepoint);
            LOG.warn(
                    "the check {} of {} cannot be evaluated without writing (SQLSTATE {}); the plan ignores it",
                    check.check().name(),
                    check.table().getName(),
                    failure.getSQLState());
        }
    }
}
