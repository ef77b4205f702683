package io.docrows.internal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Says that PostgreSQL has left a row out without an error, as it does where a trigger returns NULL. */
public final class RowLeftOut extends SQLException {

    private static final long serialVersionUID = 1L;

    /** No data, as PostgreSQL's manual names it; the server does not send it for a row that was left out. */
    private static final String NO_DATA = "02000";

    /**
     * Triggers before the insertion of each row: bits 1 and 2 and 4 of {@code tgtype}, as {@code pg_trigger.h} has
     * them.
     */
    private static final String LEAVING_OUT = """
            SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = ?::regclass AND NOT tgisinternal AND tgenabled <> 'D'
                           AND tgtype & 7 = 7)""";

    /**
     * For a row of a table.
     *
     * @param table the table's name, for people
     */
    public RowLeftOut(String table) {
        super(
                "PostgreSQL has left the row out of " + table
                        + " without an error, as a trigger does that returns NULL",
                NO_DATA);
    }

    /**
     * Whether triggers may leave rows out of a table.
     *
     * @param connection a connection in a transaction
     * @param table the table, quoted
     * @return true if one is called before each row
     * @throws SQLException if PostgreSQL fails
     */
    public static boolean mayBeOf(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LEAVING_OUT)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
