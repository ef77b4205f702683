package io.docrows.internal.postgres;

import java.sql.SQLException;

/** Expressions of the target's catalog that are evaluated over rows before those are written. */
public final class FailedExpression {

    /** Syntax errors and missing rights: an expression may name the whole row. */
    private static final String SYNTAX_OR_ACCESS = "42";

    private FailedExpression() {}

    /**
     * Whether the expression is at fault, or a row that it is evaluated for, and not the connection or the server.
     *
     * @param failure what the driver threw
     * @return true if other statements may go on without the expression
     */
    public static boolean is(SQLException failure) {
        String state = failure.getSQLState();
        return DataError.of(failure) != null || (state != null && state.startsWith(SYNTAX_OR_ACCESS));
    }
}
