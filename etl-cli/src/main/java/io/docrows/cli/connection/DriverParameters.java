package io.docrows.cli.connection;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.postgresql.PGProperty;

/**
 * The parameters behind the question mark of a PostgreSQL address, under the names of the JDBC driver. libpq's names
 * for the same things are understood; a name that neither knows is refused, since the driver would ignore it without a
 * word.
 */
final class DriverParameters {

    private static final String LOAD_BALANCE_HOSTS = "load_balance_hosts";

    private static final Map<String, PGProperty> LIBPQ = Map.of(
            "application_name",
            PGProperty.APPLICATION_NAME,
            "channel_binding",
            PGProperty.CHANNEL_BINDING,
            "connect_timeout",
            PGProperty.CONNECT_TIMEOUT,
            "gssencmode",
            PGProperty.GSS_ENC_MODE,
            "krbsrvname",
            PGProperty.KERBEROS_SERVER_NAME,
            LOAD_BALANCE_HOSTS,
            PGProperty.LOAD_BALANCE_HOSTS,
            "require_auth",
            PGProperty.REQUIRE_AUTH,
            "sslnegotiation",
            PGProperty.SSL_NEGOTIATION,
            "target_session_attrs",
            PGProperty.TARGET_SERVER_TYPE);

    private static final Map<String, String> SESSION_ATTRIBUTES = Map.of(
            "read-write",
            "primary",
            "read-only",
            "secondary",
            "standby",
            "secondary",
            "prefer-standby",
            "preferSecondary");

    private static final Pattern WORD = Pattern.compile("[A-Za-z_]{1,40}");

    private DriverParameters() {}

    /**
     * Translates parameters.
     *
     * @param given values by libpq's or the driver's names
     * @param origin what says so, for messages
     * @return values by the driver's names
     * @throws DocrowsException {@code INVALID_OPTION} if the driver knows no such parameter or value
     */
    static Map<String, String> of(Map<String, String> given, String origin) {
        Map<String, String> parameters = new HashMap<>();
        given.forEach((name, value) -> {
            PGProperty property = property(name, origin);
            parameters.put(
                    property.getName(),
                    value(property, name.equals(LOAD_BALANCE_HOSTS) ? balance(value) : value, origin));
        });
        return parameters;
    }

    private static String balance(String libpq) {
        return String.valueOf(libpq.equals("random"));
    }

    private static PGProperty property(String name, String origin) {
        PGProperty property = LIBPQ.getOrDefault(name, PGProperty.forName(name));
        if (property == null) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    origin + " has a parameter"
                            + (WORD.matcher(name).matches() ? " \"" + name + "\"" : "")
                            + " that the PostgreSQL JDBC driver does not know; correct or remove it"
                            + " (examples: sslmode, sslrootcert, application_name, connect_timeout)");
        }
        return property;
    }

    private static String value(PGProperty property, String given, String origin) {
        String value =
                property == PGProperty.TARGET_SERVER_TYPE ? SESSION_ATTRIBUTES.getOrDefault(given, given) : given;
        String[] choices = property.getChoices();
        if (choices != null && !Arrays.asList(choices).contains(value)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    origin + " gives " + property.getName() + " an invalid value; choose "
                            + String.join(", ", choices));
        }
        return value;
    }
}
