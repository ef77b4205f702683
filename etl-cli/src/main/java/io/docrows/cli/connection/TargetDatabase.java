package io.docrows.cli.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.docrows.TargetSessions;
import io.docrows.cli.logging.OneLine;
import io.docrows.embedded.EmbeddedServerException;
import io.docrows.embedded.PostgresServer;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An open target: a pool of connections that were shown to work, and the embedded server behind it, if there is one.
 * Thread-safe.
 */
public final class TargetDatabase implements AutoCloseable {

    /** How long to wait for a server that does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TargetAddress address;
    private final Pool pool;
    private final @Nullable EmbeddedTarget embedded;

    private TargetDatabase(TargetAddress address, Pool pool, @Nullable EmbeddedTarget embedded) {
        this.address = address;
        this.pool = pool;
        this.embedded = embedded;
    }

    /**
     * Opens a target.
     *
     * @param address where it is
     * @param connections how many connections may be in use at the same time
     * @return the open target
     * @throws DocrowsException {@code TARGET_UNAVAILABLE}, saying why and what to do; also where a pooler in
     *     transaction mode stands before it, whatever the command is going to do
     */
    public static TargetDatabase open(TargetAddress address, int connections) {
        return open(address, connections, AddressOption.TARGET);
    }

    /**
     * Opens a database whose address was written elsewhere.
     *
     * @param address where it is
     * @param connections how many connections may be in use at the same time
     * @param option where the address was written
     * @return the open database
     * @throws DocrowsException as for a target
     */
    public static TargetDatabase open(TargetAddress address, int connections, AddressOption option) {
        if (address instanceof TargetAddress.Embedded place) {
            return openEmbedded(place, connections, option);
        }
        ServerAddress server = (ServerAddress) address;
        return new TargetDatabase(address, pool(server, connections, option), null);
    }

    private static TargetDatabase openEmbedded(TargetAddress.Embedded place, int connections, AddressOption option) {
        EmbeddedTarget embedded = EmbeddedTarget.start(place.directory());
        try {
            return new TargetDatabase(place, pool(embedded.address(), connections, option), embedded);
        } catch (RuntimeException e) {
            embedded.close();
            throw e;
        }
    }

    /** A pool whose first connection is the one that was asked: each costs the hashing of a password. */
    private static Pool pool(ServerAddress address, int connections, AddressOption option) {
        PGSimpleDataSource driver = driver(address);
        Connection connection = null;
        try {
            // The pool would say "timed out": the driver, asked once and directly, says why.
            connection = driver.getConnection();
            connection.isValid((int) PATIENCE.toSeconds());
            TargetSessions.refuseTransactionPooler(connection, driver);
            int most = Math.min(connections, ConnectionLimit.left(connection));
            OpenedDataSource opened = new OpenedDataSource(driver, connection);
            return new Pool(pool(opened, most), opened, driver);
        } catch (SQLException e) {
            close(connection);
            throw ConnectionFailure.of(e, address, option);
        } catch (RuntimeException | Error e) {
            close(connection);
            throw e;
        }
    }

    private static void close(@Nullable AutoCloseable connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (Exception e) {
            // What made it useless is what is told.
        }
    }

    private static HikariDataSource pool(DataSource source, int connections) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("target");
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    private static PGSimpleDataSource driver(ServerAddress address) {
        PGSimpleDataSource driver = new PGSimpleDataSource();
        driver.setServerNames(address.hosts().stream()
                .map(host -> host.name().contains(":") ? "[" + host.name() + "]" : host.name())
                .toArray(String[]::new));
        driver.setPortNumbers(
                address.hosts().stream().mapToInt(ServerAddress.Host::port).toArray());
        driver.setDatabaseName(address.effectiveDatabase());
        driver.setUser(address.effectiveUser());
        address.password().ifPresent(driver::setPassword);
        driver.setApplicationName("docrows");
        driver.setTcpKeepAlive(true);
        driver.setConnectTimeout((int) PATIENCE.toSeconds());
        driver.setLoginTimeout((int) PATIENCE.toSeconds());
        address.parameters().forEach((name, value) -> set(driver, name, value));
        return driver;
    }

    private static void set(PGSimpleDataSource driver, String name, String value) {
        try {
            driver.setProperty(name, value);
        } catch (SQLException | IllegalArgumentException e) {
            throw new DocrowsException(
                    ErrorCode.INVALID_OPTION,
                    "the target's address gives " + name + " an invalid value; correct it",
                    e);
        }
    }

    /**
     * The pool.
     *
     * @return connections to the target
     */
    public DataSource dataSource() {
        return pool.connections();
    }

    /**
     * The driver beneath the pool, for processes that open connections of their own.
     *
     * @return a data source without a pool, which can be serialised; it holds the password
     */
    public PGSimpleDataSource driver() {
        return pool.driver();
    }

    /**
     * How many connections can be had at the same time: as many as were asked for, or fewer if the server has no more
     * for this role.
     *
     * @return the number, at least 1
     */
    public int connections() {
        return pool.connections().getMaximumPoolSize();
    }

    /**
     * Where this target is.
     *
     * @return the description; holds no secret
     */
    public String description() {
        return address.description();
    }

    /**
     * Whether the address sets the session's search path.
     *
     * @return true if it does
     */
    public boolean setsSearchPath() {
        return address instanceof ServerAddress server && server.setsSearchPath();
    }

    /**
     * The address at which other programs of this user can reach an embedded target while it is open.
     *
     * @return a URI that names the file with the password, or empty if the target is not embedded
     */
    public Optional<String> embeddedUri() {
        return Optional.ofNullable(embedded).map(EmbeddedTarget::uri);
    }

    /** Closes the pool and stops the embedded server. */
    @Override
    public void close() {
        pool.close();
        if (embedded != null) {
            embedded.close();
        }
    }

    /**
     * Connections, and what they come from.
     *
     * @param connections hands them out
     * @param opened holds the first one, until it is asked for
     * @param driver opens the others
     */
    private record Pool(HikariDataSource connections, OpenedDataSource opened, PGSimpleDataSource driver)
            implements AutoCloseable {

        @Override
        public void close() {
            connections.close();
            TargetDatabase.close(opened);
        }
    }

    /** The embedded server, which must not outlive this process. */
    private record EmbeddedTarget(PostgresServer server, Thread hook) implements AutoCloseable {

        static EmbeddedTarget start(Path directory) {
            PostgresServer server;
            try {
                server = PostgresServer.persistent(directory);
            } catch (EmbeddedServerException e) {
                throw new DocrowsException(ErrorCode.TARGET_UNAVAILABLE, OneLine.of(String.valueOf(e.getMessage())), e);
            }
            Thread hook = new Thread(server::close, "docrows-stop-postgres");
            Runtime.getRuntime().addShutdownHook(hook);
            return new EmbeddedTarget(server, hook);
        }

        ServerAddress address() {
            return ServerAddressParser.libpq(server.connectionUri(), Surroundings.NONE);
        }

        String uri() {
            return server.displayUri();
        }

        @Override
        public void close() {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending already and the hook is at work: closing twice is harmless.
            }
            server.close();
        }
    }
}
