package io.docrows.spark;

import io.docrows.embedded.PostgresServer;
import io.docrows.gigs.GigsPipeline;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database with the marketplace's tables.
 *
 * @param url where it is
 * @param user who connects
 * @param password with which password
 */
record Market(String url, String user, String password) implements TargetFactory, Serializable {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final List<String> ROWS = List.of(
            "SELECT mongo_id, name, email, created, updated FROM users ORDER BY mongo_id",
            "SELECT u.mongo_id, s.name FROM users_skills JOIN users u ON u.id = user_id JOIN skills s ON s.id = skill_id"
                    + " ORDER BY 1, 2",
            "SELECT g.mongo_id, g.title, g.description, g.state, g.budget, g.created, g.updated, u.mongo_id FROM gigs g"
                    + " LEFT JOIN users u ON u.id = g.poster_id ORDER BY 1",
            "SELECT collection, document_key, code FROM docrows.reject ORDER BY 1, 2");

    /** Makes an empty one on a server. */
    static Market on(PostgresServer server) {
        String name = "market_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        Market whole = new Market(server.jdbcUrl(), server.user(), server.password());
        whole.execute("CREATE DATABASE " + name);
        Market made = new Market(server.jdbcUrl(name), server.user(), server.password());
        Flyway.configure()
                .dataSource(made.dataSource())
                .locations(GigsPipeline.MIGRATIONS)
                .load()
                .migrate();
        return made;
    }

    @Override
    public DataSource dataSource() {
        PGSimpleDataSource driver = new PGSimpleDataSource();
        driver.setUrl(url);
        driver.setUser(user);
        driver.setPassword(password);
        return driver;
    }

    void execute(String sql) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> rows(String query) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT q::text FROM (" + query + ") q")) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything that a load leaves in the tables, without the numbers that PostgreSQL gave the rows. */
    List<String> content() {
        List<String> all = new ArrayList<>();
        ROWS.forEach(query -> all.addAll(rows(query)));
        return all;
    }

    /** A digest of the same, for many rows. */
    List<String> digest() {
        List<String> all = new ArrayList<>();
        for (String query : ROWS) {
            all.addAll(rows("SELECT count(*), sum(hashtextextended(q::text, 0)::numeric) FROM (" + query + ") q"));
        }
        return all;
    }
}
