package io.docrows.testing;

import static io.docrows.mapping.Join.join;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.enumeration;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.strings;
import static io.docrows.testing.db.Tables.AUTHOR;
import static io.docrows.testing.db.Tables.BOOK;
import static io.docrows.testing.db.Tables.BOOK_TAG;
import static io.docrows.testing.db.Tables.EMPLOYEE;
import static io.docrows.testing.db.Tables.TAG;

import io.docrows.Docrows;
import io.docrows.Pipeline;
import io.docrows.embedded.PostgresServer;
import io.docrows.mapping.CollectionMapping;
import io.docrows.testing.db.enums.Genre;
import io.docrows.testing.db.tables.records.AuthorRecord;
import io.docrows.testing.db.tables.records.BookRecord;
import io.docrows.testing.db.tables.records.EmployeeRecord;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A bookshop: a pipeline of the tests, and databases with its tables. One server serves all tests of a JVM. */
public final class Bookshop {

    public static final CollectionMapping<AuthorRecord> AUTHORS = CollectionMapping.of("authors", AUTHOR)
            .key(AUTHOR.MONGO_ID, id("_id"))
            .map(AUTHOR.NAME, string("name"))
            .build();

    public static final CollectionMapping<BookRecord> BOOKS = CollectionMapping.of("books", BOOK)
            .key(BOOK.MONGO_ID, id("_id"))
            .map(BOOK.TITLE, string("title"))
            .map(BOOK.GENRE, enumeration("genre", Genre.class))
            .map(BOOK.PRICE, decimal("price"))
            .map(BOOK.SHELF, string("at", "shelf"))
            .map(BOOK.PLACE, int32("at", "place"))
            .map(BOOK.ISBN, string("isbn"))
            .reference(BOOK.AUTHOR_ID, id("author"), AUTHOR.MONGO_ID)
            .manyToMany(
                    strings("tags"),
                    join(BOOK_TAG, BOOK_TAG.BOOK_ID, BOOK_TAG.TAG_ID).lookup(TAG.NAME))
            .build();

    public static final CollectionMapping<EmployeeRecord> EMPLOYEES = CollectionMapping.of("employees", EMPLOYEE)
            .key(EMPLOYEE.MONGO_ID, id("_id"))
            .reference(EMPLOYEE.BOSS_ID, id("boss"), EMPLOYEE.MONGO_ID)
            .build();

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Map<PostgresServer, String> TEMPLATES = new ConcurrentHashMap<>();

    private Bookshop() {}

    private static final class Server {
        private static final PostgresServer INSTANCE = PostgresServer.temporary();
    }

    /** A new database with the bookshop's tables and the tags {@code new} and {@code used}. */
    public static Database database() {
        return database(Server.INSTANCE);
    }

    /** The same on a server of the caller's. */
    public static Database database(PostgresServer server) {
        String template = TEMPLATES.computeIfAbsent(server, Bookshop::migrated);
        return create(
                server, "bookshop_" + DATABASES.incrementAndGet(), " TEMPLATE " + template + " STRATEGY file_copy");
    }

    /** The same with another encoding than UTF8, such as {@code LATIN1}. */
    public static Database database(String encoding) {
        return migrated(empty(encoding));
    }

    /** A new database of an encoding, without any table. */
    public static Database empty(String encoding) {
        String name = "bookshop_" + DATABASES.incrementAndGet();
        return create(Server.INSTANCE, name, " ENCODING '" + encoding + "' LOCALE 'C' TEMPLATE template0");
    }

    /** Makes the database that all others of a server are copies of; nobody may be connected to it. */
    private static String migrated(PostgresServer server) {
        // A server may have one of an earlier start on the same data.
        String name = "bookshop_template_" + DATABASES.incrementAndGet();
        migrated(create(server, name, ""));
        return name;
    }

    private static Database migrated(Database database) {
        Flyway.configure()
                .dataSource(database.target())
                .locations("classpath:bookshop")
                .load()
                .migrate();
        database.execute("INSERT INTO tag (name) VALUES ('new'), ('used')");
        return database;
    }

    private static Database create(PostgresServer server, String name, String how) {
        new Database(server.dataSource()).execute("CREATE DATABASE " + name + how);
        PGSimpleDataSource target = new PGSimpleDataSource();
        target.setUrl(server.jdbcUrl(name));
        return new Database(target);
    }

    /** The pipeline over authors, books and employees. */
    public static Pipeline pipeline() {
        return Docrows.pipeline("bookshop", BOOKS, AUTHORS, EMPLOYEES);
    }

    /** A database and what a test asks of it. */
    public record Database(DataSource target) {

        /** How a process of its own is told the address: its arguments are for every user of the machine to see. */
        public static final String ADDRESS = "BOOKSHOP_ADDRESS";

        /** The JDBC URL with the user and the password. */
        public String address() {
            PGSimpleDataSource known = (PGSimpleDataSource) target;
            return known.getUrl() + "&user=" + known.getUser() + "&password=" + known.getPassword();
        }

        /** A data source of its own. */
        public PGSimpleDataSource another() {
            PGSimpleDataSource another = new PGSimpleDataSource();
            another.setUrl(address());
            return another;
        }

        /** A data source of its own for another role, which is made if there is none. */
        public PGSimpleDataSource as(String role) {
            PGSimpleDataSource another = another();
            execute("DO $$ BEGIN CREATE ROLE " + role + " LOGIN PASSWORD '" + another.getPassword()
                    + "'; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
            another.setUser(role);
            return another;
        }

        /** Runs a statement. */
        public void execute(String sql) {
            try (Connection connection = target.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The rows of a query, columns joined by {@code |}, NULL as {@code -}. */
        public List<String> rows(String sql) {
            try (Connection connection = target.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                List<String> texts = new ArrayList<>();
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        String value = rows.getString(i);
                        row.add(value == null ? "-" : value);
                    }
                    texts.add(String.join("|", row));
                }
                return texts;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The raw bytes that a query returns. */
        public List<byte[]> bytes(String sql) {
            try (Connection connection = target.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                List<byte[]> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(rows.getBytes(1));
                }
                return all;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
