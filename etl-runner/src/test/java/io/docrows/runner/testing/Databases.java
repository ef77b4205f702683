package io.docrows.runner.testing;

import io.docrows.embedded.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** An embedded PostgreSQL that hands out empty databases, and can be made to ask for passwords. */
public final class Databases implements AutoCloseable {

    private final PostgresServer server = PostgresServer.temporary();
    private final AtomicInteger made = new AtomicInteger();

    private static final class Shared {
        private static final Databases INSTANCE = new Databases();
    }

    /** The server of all tests of a JVM that make no roles and change no settings. Not to be closed. */
    public static Databases shared() {
        return Shared.INSTANCE;
    }

    /** Makes an empty database and returns its address. */
    public String create() throws SQLException {
        String name = "test_" + made.incrementAndGet();
        execute(server.jdbcUrl(), "CREATE DATABASE " + name);
        return address(name);
    }

    /** Makes a database that holds what another one does, to which nobody is connected, and returns its address. */
    public String copyOf(String address) throws SQLException {
        String name = "test_" + made.incrementAndGet();
        execute(
                server.jdbcUrl(),
                "CREATE DATABASE " + name + " TEMPLATE " + address.substring(address.lastIndexOf('/') + 1));
        return address(name);
    }

    public String address(String database) {
        return "postgresql://postgres:" + server.password() + "@localhost:" + server.port() + "/" + database;
    }

    /** The address as it may be shown: neither the user nor the password are in it. */
    public static String described(String address) {
        return address.replaceFirst("//[^/]*@", "//");
    }

    public int port() {
        return server.port();
    }

    /** Asks a role for its password from now on, and no other. */
    public void requirePassword(String role) throws SQLException, IOException {
        Path rules = Path.of(text(server.jdbcUrl(), "SHOW hba_file"));
        Files.writeString(rules, "host all " + role + " samehost scram-sha-256\n" + Files.readString(rules));
        execute(server.jdbcUrl(), "SELECT pg_reload_conf()");
    }

    /** Speaks TLS from now on, and takes a role only with TLS and a client certificate that is the server's own. */
    public void requireCertificate(String role, SelfSigned own) throws SQLException, IOException {
        Path data = Path.of(text(server.jdbcUrl(), "SHOW data_directory"));
        Files.copy(own.certificate(), data.resolve("server.crt"));
        Files.copy(own.key(), data.resolve("server.key"), StandardCopyOption.COPY_ATTRIBUTES);
        execute(server.jdbcUrl(), "ALTER SYSTEM SET ssl_ca_file = 'server.crt'", "ALTER SYSTEM SET ssl = on");
        Path rules = Path.of(text(server.jdbcUrl(), "SHOW hba_file"));
        Files.writeString(
                rules,
                "hostssl all " + role + " samehost cert\nhostnossl all " + role + " samehost reject\n"
                        + Files.readString(rules));
        execute(server.jdbcUrl(), "SELECT pg_reload_conf()");
        while (text(server.jdbcUrl(), "SHOW ssl").equals("off")) {
            Thread.onSpinWait();
        }
    }

    public static void execute(String address, String... statements) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public static String text(String address, String query) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    public static DataSource dataSource(String address) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl(address));
        return dataSource;
    }

    public static String jdbcUrl(String address) {
        return address.replaceFirst("^postgresql://(.*):(.*)@(.*)$", "jdbc:postgresql://$3?user=$1&password=$2");
    }

    public static Connection connect(String address) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(address));
    }

    @Override
    public void close() {
        server.close();
    }
}
