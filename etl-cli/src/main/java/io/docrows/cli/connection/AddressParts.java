package io.docrows.cli.connection;

import io.docrows.cli.connection.ServerAddress.Host;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an address, gathered from what says them, in libpq's order: the address itself, then the service that it
 * or PGSERVICE names, then environment variables, then PostgreSQL's defaults. What came first stays.
 */
final class AddressParts {

    private static final String HOST = "host";
    private static final String PORT = "port";
    private static final String DATABASE = "dbname";
    private static final String USER = "user";
    private static final String PASSWORD = "password";
    private static final String SERVICE = "service";

    /** The driver has names of its own for these, too. */
    private static final Map<String, String> PLACES = Map.of("PGHOST", HOST, "PGPORT", PORT, "PGDBNAME", DATABASE);

    /** Environment variables of libpq that work here, and the parameters they stand for. */
    private static final Map<String, String> VARIABLES = new LinkedHashMap<>();

    static {
        VARIABLES.put("PGHOST", HOST);
        VARIABLES.put("PGPORT", PORT);
        VARIABLES.put("PGDATABASE", DATABASE);
        VARIABLES.put("PGUSER", USER);
        VARIABLES.put("PGAPPNAME", "application_name");
        VARIABLES.put("PGCHANNELBINDING", "channel_binding");
        VARIABLES.put("PGCONNECT_TIMEOUT", "connect_timeout");
        VARIABLES.put("PGGSSENCMODE", "gssencmode");
        VARIABLES.put("PGGSSLIB", "gsslib");
        VARIABLES.put("PGKRBSRVNAME", "krbsrvname");
        VARIABLES.put("PGLOADBALANCEHOSTS", "load_balance_hosts");
        VARIABLES.put("PGOPTIONS", "options");
        VARIABLES.put("PGREQUIREAUTH", "require_auth");
        VARIABLES.put("PGSSLCERT", "sslcert");
        VARIABLES.put("PGSSLKEY", "sslkey");
        VARIABLES.put("PGSSLMODE", "sslmode");
        VARIABLES.put("PGSSLNEGOTIATION", "sslnegotiation");
        VARIABLES.put("PGSSLROOTCERT", "sslrootcert");
        VARIABLES.put("PGTARGETSESSIONATTRS", "target_session_attrs");
    }

    /** Those that say where to go or whom to trust, and that the driver has nothing for: to pass over them is worse. */
    private static final List<String> REFUSED = List.of(
            "PGHOSTADDR",
            "PGMAXPROTOCOLVERSION",
            "PGMINPROTOCOLVERSION",
            "PGREQUIREPEER",
            "PGREQUIRESSL",
            "PGSSLCERTMODE",
            "PGSSLCRL",
            "PGSSLCRLDIR",
            "PGSSLMAXPROTOCOLVERSION",
            "PGSSLMINPROTOCOLVERSION");

    private final Map<String, String> places = new HashMap<>();
    private final Map<String, String> parameters = new HashMap<>();

    /**
     * Adds parameters of the address, or of what stands in for it. Those that are there already stay.
     *
     * @param given values by libpq's or the driver's names
     * @param origin what says so, for messages
     */
    void add(Map<String, String> given, String origin) {
        Map<String, String> others = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            String place = PLACES.getOrDefault(name, name);
            switch (place) {
                case HOST, PORT, DATABASE, USER, PASSWORD, SERVICE -> {
                    if (!value.isEmpty()) {
                        places.putIfAbsent(place, value);
                    }
                }
                default -> others.put(name, value);
            }
        });
        DriverParameters.of(others, origin).forEach(parameters::putIfAbsent);
    }

    /** Adds what stands before the question mark; what stands behind it goes before. */
    void addLocation(String hosts, String ports, String database, String user, String password) {
        put(HOST, hosts);
        put(PORT, ports);
        put(DATABASE, database);
        put(USER, user);
        put(PASSWORD, password);
    }

    private void put(String place, String value) {
        if (!value.isEmpty()) {
            places.putIfAbsent(place, value);
        }
    }

    /** The whole address. */
    ServerAddress in(Surroundings around) {
        around.variable("PGSERVICE").ifPresent(service -> put(SERVICE, service));
        String service = places.get(SERVICE);
        if (service != null) {
            around.service(service).ifPresent(section -> add(section, "the target's service"));
        }
        VARIABLES.forEach((variable, name) ->
                around.variable(variable).ifPresent(value -> add(Map.of(name, value), variable)));
        for (String variable : REFUSED) {
            if (around.variable(variable).isPresent()) {
                throw new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        "the environment variable " + variable
                                + " has no counterpart in the PostgreSQL JDBC driver; unset it for this command, and"
                                + " set the same in the target's address");
            }
        }
        return new ServerAddress(hosts(), place(DATABASE), place(USER), place(PASSWORD), parameters);
    }

    private Optional<String> place(String name) {
        return Optional.ofNullable(places.get(name));
    }

    /** As many ports as hosts, or one for all. */
    private List<Host> hosts() {
        String[] names = places.getOrDefault(HOST, "").split(",", -1);
        String[] ports = places.getOrDefault(PORT, "").split(",", -1);
        if (ports.length != 1 && ports.length != names.length) {
            throw invalid("names " + names.length + " hosts and " + ports.length + " ports");
        }
        List<Host> hosts = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            hosts.add(new Host(name(names[i].strip()), port(ports[ports.length == 1 ? 0 : i].strip())));
        }
        return hosts;
    }

    private static String name(String text) {
        if (text.startsWith("/") || text.startsWith("@")) {
            throw invalid("names a Unix socket, which the PostgreSQL JDBC driver cannot use: name a host");
        }
        if (text.chars().anyMatch(c -> Character.isWhitespace(c) || c == '#' || c == '@')) {
            throw invalid("has an invalid host name" + ServerAddressParser.ENCODE);
        }
        return text.isEmpty() ? "localhost" : text;
    }

    private static int port(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return ServerAddress.DEFAULT_PORT;
        }
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // The text may be a part of a password: neither it nor the exception that quotes it is passed on.
        }
        throw invalid("has a port that is not a number from 1 to 65535" + ServerAddressParser.ENCODE);
    }

    private static DocrowsException invalid(String problem) {
        return new DocrowsException(
                ErrorCode.INVALID_OPTION,
                "the target's address " + problem
                        + " (it comes from --target, the service that this names, PGHOST and PGPORT)");
    }
}
