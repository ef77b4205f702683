package io.docrows.gigs;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Databases with the empty tables of the marketplace: copies of one that was migrated. Used by one thread at a time.
 */
public final class MigratedDatabases {

    private static final String TEMPLATE = "gigs_template";

    private final String jdbcUrl;
    private final @Nullable String user;
    private final @Nullable String password;
    private int count;

    private MigratedDatabases(String jdbcUrl, @Nullable String user, @Nullable String password) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
    }

    /**
     * Prepares a server of which the URL says everything.
     *
     * @param jdbcUrl a database of the server from which others can be made
     * @return the databases of that server
     */
    public static MigratedDatabases on(String jdbcUrl) {
        return on(jdbcUrl, null, null);
    }

    static MigratedDatabases on(String jdbcUrl, @Nullable String user, @Nullable String password) {
        MigratedDatabases databases = new MigratedDatabases(jdbcUrl, user, password);
        databases.administer("CREATE DATABASE " + TEMPLATE);
        Flyway.configure()
                .dataSource(databases.named(TEMPLATE))
                .locations(GigsPipeline.MIGRATIONS)
                .load()
                .migrate();
        return databases;
    }

    /**
     * Makes another database.
     *
     * @return a data source of a database that nobody has used yet
     */
    public DataSource fresh() {
        String name = "gigs_" + ++count;
        administer("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE + " STRATEGY file_copy");
        return named(name);
    }

    private void administer(String statement) {
        DSL.using(source(), SQLDialect.POSTGRES).execute(statement);
    }

    private DataSource named(String database) {
        PGSimpleDataSource source = source();
        source.setDatabaseName(database);
        return source;
    }

    private PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        if (user != null) {
            source.setUser(user);
            source.setPassword(password);
        }
        return source;
    }
}
