package io.docrows.cli.schema;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorDetails;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.output.ValidateOutput;
import org.jspecify.annotations.Nullable;

/**
 * What a history says was applied, beside what this build would apply. Every way in which the two can differ becomes
 * one line that says what to do.
 */
final class AppliedMigrations {

    private static final String NONE = "none";

    /** Migrations that are merely not applied yet. */
    private static final Set<org.flywaydb.core.api.ErrorCode> YET_TO_COME = Set.of(
            CoreErrorCode.RESOLVED_VERSIONED_MIGRATION_NOT_APPLIED,
            CoreErrorCode.RESOLVED_REPEATABLE_MIGRATION_NOT_APPLIED,
            CoreErrorCode.OUTDATED_REPEATABLE_MIGRATION);

    private final Flyway flyway;
    private final MigrationInfoService there;
    private final String target;
    private final String history;

    AppliedMigrations(Flyway flyway, String target, String history) {
        this.flyway = flyway;
        this.there = flyway.info();
        this.target = target;
        this.history = history;
    }

    /** The version that is there, or {@code none}. */
    String version() {
        return text(there.current());
    }

    /** The version that this build would bring it to. */
    String latest() {
        return Arrays.stream(there.all())
                .filter(migration -> !isFuture(migration) && migration.getVersion() != null)
                .map(AppliedMigrations::text)
                .reduce((earlier, later) -> later)
                .orElse(NONE);
    }

    int pending() {
        return there.pending().length;
    }

    /** The migration that would be next. */
    MigrationInfo next() {
        return there.pending()[0];
    }

    MigrationInfo[] all() {
        return there.all();
    }

    /**
     * Refuses what migrating cannot mend.
     *
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH}
     */
    void requireOwn() {
        for (MigrationInfo migration : there.all()) {
            if (isFuture(migration)) {
                throw mismatch("the schema of " + target + " is at version " + version() + ", newer than version "
                        + latest() + " that this build knows; use the newer release, or rebuild with its migrations");
            }
            if (migration.getState().isFailed()) {
                throw mismatch("migration " + migration.getVersion() + " (" + migration.getDescription()
                        + ") failed on " + target + " before; fix the schema, delete the failed row from " + history
                        + ", and run ./etl migrate");
            }
        }
        if (there.applied().length == 0) {
            return;
        }
        List<String> changed = flyway.validateWithResult().invalidMigrations.stream()
                .filter(migration -> !isYetToCome(migration.errorDetails))
                .map(AppliedMigrations::name)
                .toList();
        if (!changed.isEmpty()) {
            throw mismatch("the history " + history + " of " + target + " is not that of this build's migrations: "
                    + String.join(", ", changed) + (changed.size() == 1 ? " was" : " were")
                    + " changed or removed after being applied; restore the files as they were and put the change"
                    + " into a new migration");
        }
    }

    private static boolean isYetToCome(ErrorDetails error) {
        return YET_TO_COME.contains(error.errorCode);
    }

    private static boolean isFuture(MigrationInfo migration) {
        return migration.getState() == MigrationState.FUTURE_SUCCESS
                || migration.getState() == MigrationState.FUTURE_FAILED;
    }

    private static String name(ValidateOutput migration) {
        return "version " + migration.version + " (" + migration.description + ")";
    }

    private static String text(@Nullable MigrationInfo migration) {
        return migration == null || migration.getVersion() == null
                ? NONE
                : migration.getVersion().getVersion();
    }

    private static DocrowsException mismatch(String message) {
        return new DocrowsException(ErrorCode.TARGET_SCHEMA_MISMATCH, message);
    }
}
