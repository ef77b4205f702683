package io.docrows.runner.schema;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.output.ValidateOutput;
import org.flywaydb.core.api.output.ValidateResult;
import org.jspecify.annotations.Nullable;

/**
 * The mapped tables of a target, and the Flyway migrations that make them. Every way in which the target can differ
 * from what this build was compiled against becomes one line that says what to do.
 */
public final class TargetSchema {

    private static final String EMPTY = "none";

    private final Flyway flyway;
    private final String target;

    /**
     * The schema of one target.
     *
     * @param target connections to it
     * @param description where it is, for messages
     * @param location Flyway's location of the migrations
     */
    public TargetSchema(DataSource target, String description, String location) {
        this.target = description;
        this.flyway = Flyway.configure(TargetSchema.class.getClassLoader())
                .dataSource(target)
                .locations(location)
                // Transactional locks make CREATE INDEX CONCURRENTLY wait for itself.
                .configuration(java.util.Map.of("flyway.postgresql.transactional.lock", "false"))
                .load();
    }

    /**
     * What a migration did.
     *
     * @param from the version that was there before, or {@code none}
     * @param to the version that is there now
     * @param applied how many migrations were applied
     */
    public record Migrated(String from, String to, int applied) {}

    /**
     * Applies what is missing.
     *
     * @return what was done
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH} if the target is newer than this build, or its history is
     *     not that of these migrations; {@code TARGET_FAILED} if a migration is refused
     */
    public Migrated migrate() {
        return translating(() -> {
            MigrationInfoService there = flyway.info();
            String from = check(there);
            if (there.pending().length == 0) {
                return new Migrated(from, from, 0);
            }
            int applied = apply();
            return new Migrated(from, current(flyway.info().current()), applied);
        });
    }

    /**
     * How many migrations are not applied yet.
     *
     * @return the number
     */
    public int pending() {
        return translating(() -> flyway.info().pending().length);
    }

    private int apply() {
        try {
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayException e) {
            // They are applied in order, each in its transaction: the first that is left is the one that failed.
            MigrationInfo[] left = flyway.info().pending();
            if (left.length == 0 || e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
                throw e;
            }
            throw new DocrowsException(
                    ErrorCode.TARGET_FAILED,
                    "migration " + left[0].getVersion() + " (" + left[0].getDescription() + ") was refused by " + target
                            + ": " + reason(e) + "; mend the cause and run ./etl migrate again",
                    e);
        }
    }

    /**
     * Makes sure that nothing is missing, without changing anything.
     *
     * @return the version that is there
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH} if it is older or newer than this build, or its history
     *     is not that of these migrations
     */
    public String requireCurrent() {
        return translating(() -> {
            MigrationInfoService there = flyway.info();
            String version = check(there);
            MigrationInfo[] pending = there.pending();
            if (pending.length > 0) {
                throw mismatch("the schema of " + target + " is at version " + version + ", and this build needs "
                        + pending[pending.length - 1].getVersion() + "; run ./etl migrate first");
            }
            return version;
        });
    }

    /**
     * The version that is there.
     *
     * @return the version, or empty if none of the migrations was applied
     */
    public Optional<String> version() {
        return translating(() -> Optional.ofNullable(flyway.info().current())
                .map(MigrationInfo::getVersion)
                .map(MigrationVersion::getVersion));
    }

    /** Refuses what migrating cannot mend, and returns the version that is there. */
    private String check(MigrationInfoService there) {
        MigrationInfo[] all = there.all();
        MigrationInfo current = there.current();
        for (MigrationInfo migration : all) {
            if (migration.getState() == MigrationState.FUTURE_SUCCESS
                    || migration.getState() == MigrationState.FUTURE_FAILED) {
                throw mismatch("the schema of " + target + " is at version " + current(current)
                        + ", newer than version " + known(all)
                        + " that this build knows; use the newer release, or rebuild with its migrations");
            }
            if (migration.getState().isFailed()) {
                throw mismatch("migration " + migration.getVersion() + " (" + migration.getDescription()
                        + ") failed on " + target + " before; mend the schema, delete the failed row from"
                        + " flyway_schema_history, and run ./etl migrate");
            }
        }
        differences();
        return current(current);
    }

    private void differences() {
        ValidateResult result = flyway.validateWithResult();
        List<String> changed = result.invalidMigrations.stream()
                .filter(migration -> migration.errorDetails.errorCode
                                != CoreErrorCode.RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED
                        && migration.errorDetails.errorCode != CoreErrorCode.RESOLVED_REPEATABLE_MIGRATION_NOT_APPLIED
                        && migration.errorDetails.errorCode != CoreErrorCode.OUTDATED_REPEATABLE_MIGRATION)
                .map(TargetSchema::name)
                .toList();
        if (!changed.isEmpty()) {
            throw mismatch("the history of " + target + " is not that of this build's migrations: "
                    + String.join(", ", changed) + (changed.size() == 1 ? " was" : " were")
                    + " changed or removed after being applied; restore the files as they were and put the change"
                    + " into a new migration");
        }
    }

    private static String name(ValidateOutput migration) {
        return "version " + migration.version + " (" + migration.description + ")";
    }

    private static String known(MigrationInfo[] all) {
        return Arrays.stream(all)
                .filter(migration -> migration.getState() != MigrationState.FUTURE_SUCCESS
                        && migration.getState() != MigrationState.FUTURE_FAILED
                        && migration.getVersion() != null)
                .reduce((earlier, later) -> later)
                .map(migration -> migration.getVersion().getVersion())
                .orElse(EMPTY);
    }

    private static String current(@Nullable MigrationInfo migration) {
        return migration == null || migration.getVersion() == null
                ? EMPTY
                : migration.getVersion().getVersion();
    }

    private DocrowsException mismatch(String message) {
        return new DocrowsException(ErrorCode.TARGET_SCHEMA_MISMATCH, message);
    }

    private <T> T translating(java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (FlywayException e) {
            if (e.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
                throw new DocrowsException(
                        ErrorCode.TARGET_SCHEMA_MISMATCH,
                        target + " holds tables that these migrations did not make, and they will not be touched;"
                                + " name an empty database",
                        e);
            }
            throw new DocrowsException(
                    ErrorCode.TARGET_FAILED, "the schema of " + target + " could not be migrated: " + reason(e), e);
        }
    }

    /** Flyway's messages are reports of many lines: the line that PostgreSQL wrote says most. */
    private static String reason(FlywayException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.sql.SQLException && cause.getMessage() != null) {
                return cause.getMessage().lines().findFirst().orElse("");
            }
        }
        return String.valueOf(e.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(2)
                .collect(Collectors.joining(" "));
    }
}
