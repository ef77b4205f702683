package io.docrows.runner.connection;

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

    private static final Map<String, PGProperty> LIBPQ = Map.of(
            "application_name", PGProperty.APPLICATION_NAME,
            "channel_binding", PGProperty.CHANNEL_BINDING,
            "connect_timeout", PGProperty.CONNECT_TIMEOUT,
            "gssencmode", PGProperty.GSS_ENC_MODE,
            "krbsrvname", PGProperty.KERBEROS_SERVER_NAME,
            "sslnegotiation", PGProperty.SSL_NEGOTIATION,
            "target_session_attrs", PGProperty.TARGET_SERVER_TYPE);

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

    static Map<String, String> of(Map<String, String> given) {
        Map<String, String> parameters = new HashMap<>();
        given.forEach((name, value) -> {
            if (!name.equals("user") && !name.equals("password")) {
                PGProperty property = property(name);
                parameters.put(property.getName(), value(property, value));
            }
        });
        return parameters;
    }

    private static PGProperty property(String name) {
        PGProperty property = LIBPQ.getOrDefault(name, PGProperty.forName(name));
        if (property == null) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "the target's address has a parameter"
                            + (WORD.matcher(name).matches() ? " \"" + name + "\"" : "")
                            + " that the PostgreSQL JDBC driver does not know; correct or remove it"
                            + " (examples: sslmode, sslrootcert, currentSchema, connectTimeout)");
        }
        return property;
    }

    private static String value(PGProperty property, String given) {
        String value =
                property == PGProperty.TARGET_SERVER_TYPE ? SESSION_ATTRIBUTES.getOrDefault(given, given) : given;
        String[] choices = property.getChoices();
        if (choices != null && !Arrays.asList(choices).contains(value)) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "the target's address gives " + property.getName() + " a value it cannot have; choose "
                            + String.join(", ", choices));
        }
        return value;
    }
}
