package io.docrows.internal.postgres;

import io.docrows.error.RejectCode;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * An error that lies in a row, and not in the statement, the server or the connection. Classes of SQLSTATE: PostgreSQL
 * manual, appendix "PostgreSQL Error Codes".
 *
 * @param code the stable reason
 * @param sqlState the SQLSTATE
 * @param column the column concerned, as {@code schema.table.column}, if PostgreSQL names it
 * @param detail one sentence, without the row's values
 */
public record DataError(
        RejectCode code, String sqlState, @Nullable String column, String detail) {

    private static final String BOOKKEEPING = "docrows";
    private static final String PROGRAM_LIMIT = "54";

    /** A check constraint is broken. */
    public static final String CHECK_VIOLATION = "23514";

    /**
     * What a failure says of the row.
     *
     * @param failure what the driver threw
     * @return the error, or null when no row is at fault
     */
    public static @Nullable DataError of(SQLException failure) {
        String state = failure.getSQLState();
        if (failure instanceof RowLeftOut) {
            return new DataError(RejectCode.REFUSED_BY_TARGET, state, null, String.valueOf(failure.getMessage()));
        }
        if (state == null || state.length() != 5) {
            return null;
        }
        ServerErrorMessage message =
                failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        if (message != null && BOOKKEEPING.equals(message.getSchema()) && !state.startsWith(PROGRAM_LIMIT)) {
            // No document is at fault when another release has changed the tables of bookkeeping, but maybe when a
            // value
            // that it waits for is too large for an index.
            return null;
        }
        String constraint = message == null || message.getConstraint() == null ? "" : " " + message.getConstraint();
        RejectCode code;
        String rule;
        switch (state) {
            case "23505" -> {
                code = RejectCode.DUPLICATE_VALUE;
                rule = "the unique constraint" + constraint;
            }
            case "23502" -> {
                code = RejectCode.MISSING_VALUE;
                rule = "a NOT NULL constraint";
            }
            case "22001" -> {
                code = RejectCode.TOO_LONG;
                rule = "the length of a column";
            }
            case "22003", "22008" -> {
                code = RejectCode.OUT_OF_RANGE;
                rule = "the range of a column";
            }
            // not a character of any encoding, or not one of the database's
            case "22021", "22P05" -> {
                code = RejectCode.INVALID_UTF8;
                rule = "the encoding of the database";
            }
            default -> {
                switch (state.substring(0, 2)) {
                    case "23", "44" -> {
                        code = RejectCode.CONSTRAINT_VIOLATION;
                        rule = "the constraint" + constraint;
                    }
                    // data, program limits (an index entry too large), and what a trigger raises
                    case "22", "54", "P0" -> {
                        code = RejectCode.REFUSED_BY_TARGET;
                        rule = "the data";
                    }
                    default -> {
                        if (!(failure instanceof RefusedConversion)) {
                            return null;
                        }
                        code = RejectCode.REFUSED_BY_TARGET;
                        rule = "a text that is no value of the column's type";
                    }
                }
            }
        }
        return of(code, state, column(message), rule);
    }

    /**
     * The error that a check constraint would be.
     *
     * @param constraint its name
     * @return the same that PostgreSQL's own refusal would be
     */
    public static DataError ofCheck(String constraint) {
        return of(RejectCode.CONSTRAINT_VIOLATION, CHECK_VIOLATION, null, "the constraint " + constraint);
    }

    private static DataError of(RejectCode code, String state, @Nullable String column, String rule) {
        return new DataError(
                code, state, column, "PostgreSQL refused the row because of " + rule + " (SQLSTATE " + state + ")");
    }

    private static @Nullable String column(@Nullable ServerErrorMessage message) {
        if (message == null || message.getTable() == null || message.getColumn() == null) {
            return null;
        }
        return message.getSchema() + "." + message.getTable() + "." + message.getColumn();
    }
}
