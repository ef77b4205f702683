package io.docrows.cli.schema;

import io.docrows.Pipeline;
import io.docrows.PipelineInto;
import io.docrows.PipelineProvider;
import io.docrows.PipelineSchema;
import io.docrows.TargetSessions;
import io.docrows.cli.connection.TargetDatabase;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mapped tables of a target, and the Flyway migrations that make them. Nothing is created before it is known that
 * the schema is empty, or that its history is that of these migrations.
 */
public final class TargetSchema {

    private static final Logger LOG = LoggerFactory.getLogger(TargetSchema.class);

    /** Stands for the version of a schema to which nothing was applied. */
    private static final String NONE = "none";

    private final DataSource database;
    private final String target;
    private final PipelineSchema settings;
    private final PipelineInto pipeline;
    private @Nullable Flyway loaded;

    /**
     * The schema of one target.
     *
     * @param target connections to it
     * @param description where it is, for messages
     * @param settings where the tables are, and what makes them
     * @param pipeline the mappings that fill them
     */
    TargetSchema(DataSource target, String description, PipelineSchema settings, Pipeline pipeline) {
        this.database = TargetSessions.forMigrations(target, "docrows migrations of " + settings.pipeline());
        this.target = description;
        this.settings = settings;
        this.pipeline = pipeline.target(target);
    }

    /** Loaded when there is something to ask it: that takes longer than all else in a small command. */
    private Flyway flyway() {
        Flyway flyway = loaded;
        if (flyway == null) {
            flyway = configuration().load();
            loaded = flyway;
        }
        return flyway;
    }

    /**
     * The schema that a pipeline needs.
     *
     * @param pipeline the pipeline
     * @param target where
     * @return the schema of this target
     */
    public static TargetSchema of(PipelineProvider pipeline, TargetDatabase target) {
        if (target.setsSearchPath()) {
            LOG.warn(
                    "the search path in the target's address has no effect: tables and history are in the schema {}",
                    pipeline.schema().schema());
        }
        return of(pipeline, target.dataSource(), target.description());
    }

    /**
     * The schema that a pipeline needs.
     *
     * @param pipeline the pipeline
     * @param target connections to where it is
     * @param description where that is, for messages
     * @return the schema of this target
     */
    public static TargetSchema of(PipelineProvider pipeline, DataSource target, String description) {
        return new TargetSchema(target, description, pipeline.schema(), pipeline.pipeline());
    }

    private FluentConfiguration configuration() {
        FluentConfiguration configuration = Flyway.configure(loader())
                .dataSource(database)
                .locations(settings.migrations())
                .defaultSchema(settings.schema())
                .schemas(settings.schema())
                .table(settings.history());
        // Transactional locks make CREATE INDEX CONCURRENTLY wait for itself. Told by name, it would take Flyway a
        // tenth of a second to find what is meant.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        return configuration;
    }

    /**
     * What a migration did.
     *
     * @param from the version that was there before, or {@code none}
     * @param to the version that is there now
     * @param applied how many migrations were applied
     * @param adopted whether tables that others had made were taken over as they are
     */
    public record Migrated(String from, String to, int applied, boolean adopted) {}

    /**
     * Applies what is missing.
     *
     * @return what was done
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH} if the target is newer than this build, its history is
     *     not that of these migrations, or there is none and the schema holds something; {@code TARGET_FAILED} if a
     *     migration is refused, or the history may not be read
     */
    public Migrated migrate() {
        return translating(() -> {
            HistoryTable own = history();
            if (own == HistoryTable.UNREADABLE) {
                throw new DocrowsException(
                        ErrorCode.TARGET_FAILED,
                        "this role may not read " + qualified() + " of " + target
                                + ", which records the applied migrations; migrate as the role that owns it, or GRANT"
                                + " SELECT on it");
            }
            return migrate(own == HistoryTable.READABLE || takeOver(), () -> {});
        });
    }

    private Migrated migrate(boolean known, Runnable before) throws SQLException {
        if (!known) {
            if (requireEmpty() && hasPlainMigrations()) {
                // There is nothing to compare them with, which would take Flyway as long again as applying them.
                return apply(NONE);
            }
        } else {
            Optional<String> current = current();
            if (current.isPresent()) {
                return new Migrated(current.get(), current.get(), 0, false);
            }
        }
        AppliedMigrations there = migrations();
        there.requireOwn();
        String from = there.version();
        if (there.pending() == 0) {
            return new Migrated(from, from, 0, false);
        }
        if (known) {
            before.run();
        }
        return apply(from);
    }

    /**
     * Takes tables over that others have made with the same SQL: they are compared with the mappings, and counted as
     * migrated to the latest version. Where there is a history already this is {@link #migrate}.
     *
     * @return what was done
     * @throws DocrowsException as {@link #migrate}; {@code TARGET_SCHEMA_MISMATCH} if the tables are not those of the
     *     mappings
     */
    public Migrated adopt() {
        return translating(() -> {
            if (hasHistory()) {
                return migrate();
            }
            try {
                pipeline.checkTarget();
            } catch (DocrowsException e) {
                throw e.code() == ErrorCode.TARGET_SCHEMA_MISMATCH
                        ? new DocrowsException(
                                e.code(), "the tables of " + target + " cannot be adopted: " + e.getMessage(), e)
                        : e;
            }
            String latest = migrations().latest();
            configuration()
                    .baselineVersion(MigrationVersion.fromVersion(latest))
                    .baselineDescription("adopted by docrows")
                    .load()
                    .baseline();
            return new Migrated(NONE, latest, 0, true);
        });
    }

    /**
     * Brings the schema to head before a run. A role that may not read the history cannot tell whether that is needed:
     * for it the tables are checked instead.
     *
     * @param before done before a migration is applied, if there is one to be applied
     * @return what was done
     * @throws DocrowsException as {@link #migrate} and {@link #requireTables}
     */
    public Optional<Migrated> bringToHead(Runnable before) {
        return translating(() -> {
            HistoryTable own = history();
            if (own == HistoryTable.UNREADABLE) {
                return checkedInstead("read");
            }
            boolean known;
            try {
                known = own == HistoryTable.READABLE || takeOver();
            } catch (SQLException e) {
                if (SchemaFailure.isForbidden(e)) {
                    return checkedInstead("make");
                }
                throw e;
            }
            return Optional.of(migrate(known, before));
        });
    }

    private Optional<Migrated> checkedInstead(String lacking) {
        requireTables();
        LOG.info("this role may not {} {}: the tables were checked instead", lacking, qualified());
        return Optional.empty();
    }

    /**
     * Makes sure that a run would find nothing to migrate, without changing anything: by the history, where there is
     * one that may be read, and by the tables.
     *
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH} if the history is older or newer than this build or not
     *     that of these migrations; and as {@link #requireTables}
     */
    public void requireCurrent() {
        translating(() -> {
            if (history() == HistoryTable.READABLE && current().isEmpty()) {
                AppliedMigrations there = migrations();
                there.requireOwn();
                if (there.pending() > 0) {
                    throw older(there.version(), there.latest(), "", null);
                }
            }
            return this;
        });
        requireTables();
    }

    /**
     * Makes sure that the tables are those of the mappings, whoever made them, without changing anything. No history is
     * needed.
     *
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH}, listing everything that differs, and saying whether
     *     migrating would mend it
     */
    public void requireTables() {
        try {
            pipeline.checkTarget();
        } catch (DocrowsException e) {
            if (e.code() != ErrorCode.TARGET_SCHEMA_MISMATCH) {
                throw e;
            }
            Optional<String> version = version();
            String latest = translating(this::latest);
            if (version.filter(latest::equals).isPresent()) {
                throw e;
            }
            throw older(version.orElse(NONE), latest, " (" + e.getMessage() + ")", e);
        }
    }

    private DocrowsException older(String version, String latest, String details, @Nullable Throwable cause) {
        return new DocrowsException(
                ErrorCode.TARGET_SCHEMA_MISMATCH,
                "the schema of " + target + " is at version " + version + ", and this build needs " + latest
                        + "; run ./etl migrate first" + details,
                cause);
    }

    /**
     * The version that is there.
     *
     * @return the version, or empty if none of the migrations was applied, or nobody has written it down where this
     *     role can read it
     */
    public Optional<String> version() {
        return translating(() -> {
            HistoryTable own = history();
            if (own == HistoryTable.READABLE) {
                Optional<String> current = current();
                return current.isPresent()
                        ? current
                        : Optional.of(migrations().version()).filter(version -> !version.equals(NONE));
            }
            return own == HistoryTable.UNREADABLE ? Optional.empty() : CatalogReading.in(database, earlier()::version);
        });
    }

    private String latest() throws SQLException {
        // Flyway knows its files only together with a history it may read.
        return history() == HistoryTable.UNREADABLE
                ? "a later one"
                : migrations().latest();
    }

    private Migrated apply(String from) {
        try {
            MigrateResult result = flyway().migrate();
            // There is none if only repeatable migrations were applied.
            String to = result.targetSchemaVersion == null ? migrations().version() : result.targetSchemaVersion;
            return new Migrated(from, to, result.migrationsExecuted, false);
        } catch (FlywayException e) {
            // They are applied in order, each in its transaction: the first that is left is the one that failed.
            AppliedMigrations after = migrations();
            if (after.pending() == 0) {
                throw e;
            }
            throw SchemaFailure.of(after.next(), target, e);
        }
    }

    private boolean hasHistory() throws SQLException {
        return history() != HistoryTable.ABSENT || takeOver();
    }

    /** Takes over the history that an earlier build may have left, and returns whether there is one of our own then. */
    private boolean takeOver() throws SQLException {
        // Asked before Flyway, which takes longer to say what it knows.
        if (CatalogReading.in(database, connection -> EarlierHistory.of(connection, settings))
                != HistoryTable.READABLE) {
            return false;
        }
        boolean taken = CatalogReading.in(database, earlier()::takeOver);
        if (taken) {
            LOG.info("{} now records what an earlier build has migrated", qualified());
        }
        return taken;
    }

    private boolean hasPlainMigrations() {
        return MigrationFiles.at(loader(), settings.migrations()).isPresent();
    }

    /** Whether there is nothing at all; if not, another process has begun to migrate meanwhile. */
    private boolean requireEmpty() throws SQLException {
        SchemaContent content =
                CatalogReading.in(database, connection -> SchemaContent.of(connection, settings.schema()));
        if (content.isEmpty()) {
            return true;
        }
        if (!hasHistory()) {
            throw new DocrowsException(
                    ErrorCode.TARGET_SCHEMA_MISMATCH,
                    target + " holds " + content + " in its schema " + settings.schema()
                            + ", which these migrations did not create, and nothing was changed; "
                            + (fits()
                                    ? "the tables match the mappings: ./etl migrate --adopt takes them over, and"
                                            + " --no-migrate loads them as they are"
                                    : "name an empty database"));
        }
        return false;
    }

    private boolean fits() {
        try {
            pipeline.checkTarget();
            return true;
        } catch (DocrowsException e) {
            return false;
        }
    }

    private HistoryTable history() throws SQLException {
        return CatalogReading.in(
                database, connection -> HistoryTable.of(connection, settings.schema(), settings.history()));
    }

    /** The version that is there, where a readable history is exactly that of this build. */
    private Optional<String> current() throws SQLException {
        return CatalogReading.in(database, connection -> CurrentHistory.version(connection, settings, loader()));
    }

    private static ClassLoader loader() {
        return TargetSchema.class.getClassLoader();
    }

    private EarlierHistory earlier() {
        return new EarlierHistory(settings, migrations().all());
    }

    private AppliedMigrations migrations() {
        return new AppliedMigrations(flyway(), target, qualified());
    }

    private String qualified() {
        return settings.schema() + "." + settings.history();
    }

    @FunctionalInterface
    private interface Work<T> {
        T get() throws SQLException;
    }

    private <T> T translating(Work<T> work) {
        try {
            return work.get();
        } catch (FlywayException | SQLException e) {
            throw SchemaFailure.of(target, e);
        }
    }
}
