package io.docrows.internal.postgres;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** PostgreSQL can make no value of a text. */
public final class RefusedConversion extends PSQLException {

    private static final long serialVersionUID = 1;

    /**
     * Classes of SQLSTATE that concern the connection, the transaction, the server, or the statement: PostgreSQL
     * manual, appendix "PostgreSQL Error Codes". An input function may use any other: PostGIS raises internal errors
     * (XX000), and what names something that is not there (regclass) is of class 42.
     */
    private static final Set<String> NOT_OF_VALUES = Set.of("08", "25", "40", "53", "55", "57", "58");

    private final transient @Nullable String path;
    private final transient @Nullable String column;

    /**
     * A refusal.
     *
     * @param message what the server says
     * @param path where the text is in the document, or null if it is not known
     * @param column the column as {@code schema.table.column}, or null if it is not known: if there are several rows
     */
    public RefusedConversion(ServerErrorMessage message, @Nullable String path, @Nullable String column) {
        super(message);
        this.path = path;
        this.column = column;
    }

    /**
     * Whether a failed conversion lies in a value.
     *
     * @param failure what the driver threw
     * @return false if the connection, the server or the statement is at fault
     */
    public static boolean isOfValue(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.length() == 5 && !NOT_OF_VALUES.contains(state.substring(0, 2));
    }

    /**
     * Where the text is.
     *
     * @return names joined by dots, or null if it is not known
     */
    public @Nullable String path() {
        return path;
    }

    /**
     * The column whose text is refused.
     *
     * @return {@code schema.table.column}, or null if it is not known
     */
    public @Nullable String column() {
        return column;
    }
}
