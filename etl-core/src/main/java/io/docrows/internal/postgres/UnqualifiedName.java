package io.docrows.internal.postgres;

import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Something that PostgreSQL did not find although the statement was one of ours, all of whose names have a schema: a
 * trigger's function, or one of a constraint or a default, relies on the search path of whoever writes.
 */
final class UnqualifiedName {

    /** Undefined table, function or operator, object (a type), and schema. */
    private static final Set<String> UNDEFINED = Set.of("42P01", "42883", "42704", "3F000");

    /** As the server's context has it, in English: {@code PL/pgSQL function audit() line 3 at SQL statement}. */
    private static final Pattern FUNCTION = Pattern.compile(
            "(?:\\S+ function|SQL function) \"?([^\"\\n]+?\\)|[^\"\\s]+)\"?(?: line| statement| during|$)");

    private UnqualifiedName() {}

    /** The innermost function in whose body the name is, or null if it is in none. */
    static @Nullable String in(SQLException failure) {
        ServerErrorMessage message =
                failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        if (message == null || message.getWhere() == null || !UNDEFINED.contains(failure.getSQLState())) {
            return null;
        }
        Matcher function = FUNCTION.matcher(message.getWhere());
        return function.find() ? function.group(1) : null;
    }
}
