package io.docrows.benchmarks.load;

import io.docrows.benchmarks.data.Content;
import io.docrows.benchmarks.data.DataSet;
import io.docrows.benchmarks.data.Shape;
import io.docrows.cli.schema.TargetSchema;
import io.docrows.embedded.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL with its default settings and a migrated database, from which any number of fresh ones are made. Not
 * thread-safe.
 */
final class TargetServer implements AutoCloseable {

    private static final String TEMPLATE = "docrows_template";
    private static final String DATABASE = "docrows_benchmark";

    private static final String CONSTRAINTS = """
        SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS line
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL
        SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
        ORDER BY line
        """;

    private final PostgresServer server;
    private final Shape shape;

    private TargetServer(PostgresServer server, Shape shape) {
        this.shape = shape;
        this.server = server;
    }

    /** Starts one that keeps what it commits, as an installed one does. */
    static TargetServer durable(Shape shape) throws SQLException {
        return prepare(PostgresServer.temporaryDurable(), shape);
    }

    /** Starts one that is of no use for measurements, for tests. */
    static TargetServer forgetful(Shape shape) throws SQLException {
        return prepare(PostgresServer.temporary(), shape);
    }

    private static TargetServer prepare(PostgresServer server, Shape shape) throws SQLException {
        TargetServer target = new TargetServer(server, shape);
        try {
            target.execute("CREATE DATABASE " + TEMPLATE);
            TargetSchema.of(shape.provider(), target.dataSource(TEMPLATE), "the benchmark's database")
                    .migrate();
            return target;
        } catch (SQLException | RuntimeException e) {
            target.close();
            throw e;
        }
    }

    /** What is loaded. */
    Shape shape() {
        return shape;
    }

    /** Writes a data set for these tables, and the same one after one in a hundred documents was changed. */
    DataSet.Pair write(Path directory, int documents) throws SQLException, IOException {
        return shape.write(directory, documents, shape == Shape.GIGS ? skills() : Set.of());
    }

    /** The names that the migrations put into the table of skills. */
    private Set<String> skills() throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Connection connection = dataSource(TEMPLATE).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name FROM skills")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    /** The version of the server. */
    String version() throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW server_version")) {
            row.next();
            return row.getString(1);
        }
    }

    /** Where it is, with the user and the password in it: not to be shown to anybody. */
    String connectionUri() {
        return server.connectionUri();
    }

    /** The process from which all others of it come. */
    long pid() {
        return server.process().pid();
    }

    /** The processor time it has used so far, in seconds; 0 where that cannot be told. */
    double cpuSeconds() throws IOException {
        return ServerCpu.seconds(server.process());
    }

    /** A database of its own, migrated and empty. */
    Database fresh() throws SQLException {
        return fresh(DATABASE);
    }

    /** The same by a name, where there are several at a time. */
    Database fresh(String name) throws SQLException {
        execute("DROP DATABASE IF EXISTS " + name);
        execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
        return new Database(name);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private PGSimpleDataSource dataSource(String database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(server.jdbcUrl(database));
        return dataSource;
    }

    @Override
    public void close() {
        server.close();
    }

    /** One of the databases. */
    final class Database implements AutoCloseable {

        private final String name;

        private Database(String name) {
            this.name = name;
        }

        String jdbcUrl() {
            return server.jdbcUrl(name);
        }

        Connection connect() throws SQLException {
            return dataSource(name).getConnection();
        }

        Content content() throws SQLException {
            try (Connection connection = connect()) {
                return Content.of(connection, shape);
            }
        }

        /** The definitions of all constraints and indexes; those that were not validated say so. */
        List<String> constraints() throws SQLException {
            List<String> definitions = new ArrayList<>();
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(CONSTRAINTS)) {
                while (rows.next()) {
                    definitions.add(rows.getString(1));
                }
            }
            return definitions;
        }

        /** How many row versions were ever written or deleted in the tables. */
        long rowVersions() throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                awaitOthersGone(statement);
                try (ResultSet row = statement.executeQuery(
                        "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables WHERE schemaname ="
                                + " 'public'")) {
                    row.next();
                    return row.getLong(1);
                }
            }
        }

        /** Does at once what autovacuum does within a minute after many rows were written. */
        void vacuum() throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("VACUUM (ANALYZE)");
            }
        }

        /** A session hands in what it counted when it ends, which is a little after its client did. */
        private void awaitOthersGone(Statement statement) throws SQLException {
            long others;
            do {
                try (ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type ="
                                + " 'client backend' AND pid <> pg_backend_pid()")) {
                    row.next();
                    others = row.getLong(1);
                }
            } while (others > 0);
        }

        @Override
        public void close() throws SQLException {
            execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }
}
