package io.docrows.cli.connection;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;

/** Says in one line why a PostgreSQL server let nobody in, and what to do about it. */
final class ConnectionFailure {

    private ConnectionFailure() {}

    /**
     * Translates the driver's exception.
     *
     * @param e what the driver threw
     * @param address what it tried to reach
     * @param option where the address was written
     * @return {@code TARGET_UNAVAILABLE}
     */
    static DocrowsException of(SQLException e, ServerAddress address, AddressOption option) {
        return new DocrowsException(ErrorCode.TARGET_UNAVAILABLE, message(e, address, option), e);
    }

    private static String message(SQLException e, ServerAddress address, AddressOption option) {
        String correct = "correct " + option.places();
        String where = address.location();
        String user = "\"" + address.effectiveUser() + "\"";
        String state = Optional.ofNullable(e.getSQLState()).orElse("");
        if (caused(e, UnknownHostException.class)) {
            return "there is no host " + where + "; " + correct;
        }
        Optional<String> tls = TlsFailure.of(e, address);
        if (tls.isPresent()) {
            return tls.get();
        }
        return switch (state) {
            case "3D000" ->
                "the database \"" + address.effectiveDatabase() + "\" does not exist at " + where
                        + "; create it (CREATE DATABASE) or " + correct;
            case "28P01" ->
                "PostgreSQL at " + where + " refuses the password of the user " + user + "; correct it in "
                        + option.passwords();
            case "28000" ->
                "PostgreSQL at " + where + " refuses the user " + user + ": " + firstLine(e)
                        + "; check the user's name, and pg_hba.conf on the server";
            case "53300" ->
                "PostgreSQL at " + where + " has no connections left for the user " + user + " (" + firstLine(e)
                        + "); close some, or raise the limit of the role, the database or max_connections";
            case "57P03" -> "PostgreSQL at " + where + " is starting up or shutting down; try again in a moment";
            case "08004" ->
                "PostgreSQL at " + where + " refuses the user " + user + ": " + firstLine(e) + "; give a password in "
                        + option.passwords();
            case "08001", "08006" ->
                "no PostgreSQL answers at " + where + " (" + reason(e) + "); start it, or " + correct;
            default ->
                "PostgreSQL at " + where + " cannot be used: " + firstLine(e) + " (SQLSTATE " + state + "); " + correct;
        };
    }

    private static String reason(SQLException e) {
        Throwable root = root(e);
        return root == e ? firstLine(e) : firstLine(root);
    }

    static boolean caused(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    static String firstLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String line = message.lines().findFirst().orElse("").strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
