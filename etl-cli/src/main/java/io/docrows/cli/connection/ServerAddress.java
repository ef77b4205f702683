package io.docrows.cli.connection;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGProperty;

/**
 * The address of a PostgreSQL server. Immutable; {@link #toString()} holds no secret.
 *
 * @param hosts one host or several alternatives, each with its port
 * @param database the database, or empty for the one named like the user
 * @param user the user, or empty for the one of the operating system
 * @param password the password, or empty to let {@code PGPASSWORD} or the driver's {@code PGPASSFILE} give it
 * @param parameters settings of the PostgreSQL JDBC driver, by the driver's names
 */
public record ServerAddress(
        List<Host> hosts,
        Optional<String> database,
        Optional<String> user,
        Optional<String> password,
        Map<String, String> parameters)
        implements TargetAddress {

    /** The environment variable of PostgreSQL's own that has a password for addresses without one. */
    public static final String PASSWORD_VARIABLE = "PGPASSWORD";

    /** The port PostgreSQL listens on unless told otherwise. */
    public static final int DEFAULT_PORT = 5432;

    /** Copies the collections. */
    public ServerAddress {
        hosts = List.copyOf(hosts);
        parameters = Map.copyOf(parameters);
    }

    /**
     * A host and its port.
     *
     * @param name a name or an IP address, without brackets
     * @param port the port
     */
    public record Host(String name, int port) {

        @Override
        public String toString() {
            return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
        }
    }

    /**
     * The same address with a password that was given apart from it.
     *
     * @param fallback used when the address has none of its own
     * @return an address with a password, if there is one
     */
    public ServerAddress orPassword(Optional<String> fallback) {
        return new ServerAddress(hosts, database, user, password.or(() -> fallback), parameters);
    }

    /**
     * The same address with another password.
     *
     * @param other the password
     * @return an address with that password
     */
    public ServerAddress withPassword(String other) {
        return new ServerAddress(hosts, database, user, Optional.of(other), parameters);
    }

    /**
     * The same address with a password for the key of a client's certificate.
     *
     * @param key the password of the file that {@code sslkey} names
     * @return an address with that parameter
     */
    public ServerAddress withKeyPassword(String key) {
        Map<String, String> more = new HashMap<>(parameters);
        more.put(PGProperty.SSL_PASSWORD.getName(), key);
        return new ServerAddress(hosts, database, user, password, more);
    }

    /**
     * Whether a key of the client's may be used: one that the address names, or that is in the driver's usual place
     * (pgJDBC's documentation of {@code sslkey}).
     *
     * @return true if there is a file that may need a password
     */
    public boolean mayUseKey() {
        return parameters.containsKey(PGProperty.SSL_KEY.getName())
                || Files.exists(Path.of(System.getProperty("user.home"), ".postgresql", "postgresql.pk8"));
    }

    /**
     * The user that the server will see.
     *
     * @return the user's name
     */
    public String effectiveUser() {
        return user.orElseGet(() -> System.getProperty("user.name", ""));
    }

    /**
     * The database that will be opened.
     *
     * @return the database's name
     */
    public String effectiveDatabase() {
        return database.orElseGet(this::effectiveUser);
    }

    /**
     * The hosts, as a person writes them.
     *
     * @return host and port, several separated by commas
     */
    public String location() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(","));
    }

    /**
     * Whether the address sets the session's search path, which no statement of a pipeline depends on.
     *
     * @return true if it does
     */
    public boolean setsSearchPath() {
        return parameters.containsKey(PGProperty.CURRENT_SCHEMA.getName())
                || parameters.getOrDefault(PGProperty.OPTIONS.getName(), "").contains("search_path");
    }

    @Override
    public String description() {
        return "postgresql://" + location() + "/" + PercentCoding.encode(effectiveDatabase());
    }

    @Override
    public List<String> secrets() {
        return Stream.concat(password.stream(), Stream.ofNullable(parameters.get(PGProperty.SSL_PASSWORD.getName())))
                .toList();
    }

    @Override
    public String toString() {
        return description();
    }
}
