package io.docrows.cli.testing;

import io.docrows.embedded.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own for each test, on the server that all tests of a JVM share. */
public record LibraryDatabase(String name) {

    private static final AtomicInteger MADE = new AtomicInteger();

    private static final class Shared {
        private static final PostgresServer SERVER = PostgresServer.temporary();
    }

    /** Makes an empty database. */
    public static LibraryDatabase create() throws SQLException {
        LibraryDatabase database = new LibraryDatabase("library_" + MADE.incrementAndGet());
        try (Connection connection = DriverManager.getConnection(server().jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database.name());
        }
        return database;
    }

    public static PostgresServer server() {
        return Shared.SERVER;
    }

    public String address() {
        return "postgresql://postgres:" + server().password() + "@localhost:" + server().port() + "/" + name;
    }

    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column. */
    public List<String> rows(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(server().jdbcUrl(name));
    }
}
