package io.docrows.codegen;

import io.docrows.embedded.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.meta.DomainDefinition;
import org.jooq.meta.IndexDefinition;
import org.jooq.meta.TableDefinition;
import org.jooq.meta.postgres.PostgresDatabase;
import org.jspecify.annotations.Nullable;

/**
 * An embedded PostgreSQL that holds what the migrations make of it, for jOOQ's code generator. It starts and migrates
 * when it is first asked for a connection, and vanishes when it is closed. Where jOOQ's own look at the schema tells
 * something else than PostgreSQL's catalog, the catalog's word counts.
 *
 * <p>Properties: {@code locations} (required), directories of Flyway migrations, separated by commas and relative to
 * the module; {@code defaultSchema}, the schema of Flyway's history, which Flyway creates.
 *
 * <p>Not thread-safe: the generator runs on one thread.
 */
public final class MigratedPostgresDatabase extends PostgresDatabase {

    private @Nullable PostgresServer server;
    private @Nullable Connection connection;

    /** Made by the code generator, through reflection. */
    public MigratedPostgresDatabase() {}

    /** Returns the directories of the migrations. */
    List<Path> locations() {
        String locations = getProperties().getProperty("locations", "").trim();
        if (locations.isEmpty()) {
            throw new IllegalStateException("The code generator's database has no property \"locations\". "
                    + "Set it in the pom to the directories of the migrations.");
        }
        return Arrays.stream(locations.split(","))
                .map(location -> Path.of(getBasedir()).resolve(location.trim()))
                .toList();
    }

    /** Starts the server and migrates it, unless that was done before. */
    void migrate() {
        if (connection != null) {
            return;
        }
        PostgresServer started = PostgresServer.temporary();
        server = started;
        try {
            runMigrations(started.dataSource());
            Connection opened = started.dataSource().getConnection();
            connection = opened;
            setConnection(opened);
        } catch (SQLException e) {
            throw new DataAccessException("Cannot connect to the embedded PostgreSQL", e);
        }
    }

    private void runMigrations(DataSource target) {
        FluentConfiguration configuration = Flyway.configure(getClass().getClassLoader())
                .dataSource(target)
                .loggers("slf4j")
                .locations(locations().stream()
                        .map(location -> "filesystem:" + location)
                        .toArray(String[]::new))
                .validateMigrationNaming(true)
                .failOnMissingLocations(true);
        // With a lock held in a transaction, CREATE INDEX CONCURRENTLY would wait for it for ever.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        String defaultSchema = getProperties().getProperty("defaultSchema");
        if (defaultSchema != null) {
            configuration.defaultSchema(defaultSchema);
        }
        try {
            MigrateResult result = configuration.load().migrate();
            if (result.migrationsExecuted == 0) {
                throw new IllegalStateException("There is no migration in " + locations());
            }
        } catch (FlywayException e) {
            // Without its causes: Maven would append their messages, and Flyway's says all of it.
            throw new IllegalStateException("A migration failed.\n" + e.getMessage());
        }
    }

    @Override
    protected DSLContext create0() {
        return DSL.using(new MigratingConnectionProvider(), SQLDialect.POSTGRES);
    }

    @Override
    protected List<TableDefinition> getTables0() throws SQLException {
        return TrueTable.of(super.getTables0());
    }

    @Override
    protected List<DomainDefinition> getDomains0() throws SQLException {
        return TrueDomains.of(super.getDomains0());
    }

    @Override
    protected List<IndexDefinition> getIndexes0() {
        return new ArrayList<>(TrueIndex.of(this));
    }

    @Override
    public void close() {
        super.close();
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new DataAccessException("Cannot close the connection to the embedded PostgreSQL", e);
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    private final class MigratingConnectionProvider implements ConnectionProvider {

        @Override
        public @Nullable Connection acquire() {
            migrate();
            return connection;
        }

        @Override
        public void release(Connection released) {
            // It lives as long as the database.
        }
    }
}
