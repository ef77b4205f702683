package io.docrows.internal.metadata;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.postgres.SessionDataSource;
import io.docrows.internal.postgres.TargetErrors;
import io.docrows.internal.postgres.TransientErrors;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the library's own schema up to date. It has its own Flyway location and history, apart from the user's. */
public final class BookkeepingSchema {

    private BookkeepingSchema() {}

    /**
     * Creates or migrates the schema {@code docrows}. Safe to call from several processes: Flyway takes a lock. It is
     * not asked where its history says that there is nothing to do, because it takes longer to start than a small load.
     *
     * @param target where
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH} if the schema was made by a newer version of this
     *     library; {@code TARGET_FAILED} if a migration is refused
     */
    public static void migrate(DataSource target) {
        SchemaHistory.State state = state(target);
        if (state == SchemaHistory.State.CURRENT) {
            return;
        }
        try {
            Flyway flyway = flyway(target, state);
            if (state == SchemaHistory.State.OTHER) {
                refuseNewer(flyway);
            }
            flyway.migrate();
        } catch (FlywayException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof DocrowsException known) {
                    throw known;
                }
            }
            SQLException cause = TargetErrors.sqlCause(e);
            if (cause != null
                    && (TransientErrors.includes(cause)
                            || String.valueOf(cause.getSQLState()).startsWith("53"))) {
                throw TargetErrors.translate(cause, "while the schema docrows was created or migrated");
            }
            throw new DocrowsException(
                    ErrorCode.TARGET_FAILED,
                    "The schema docrows could not be created or migrated. The user needs the right to create it: "
                            + firstLine(e),
                    e);
        }
    }

    private static SchemaHistory.State state(DataSource target) {
        try {
            return SchemaHistory.of(target);
        } catch (SQLException e) {
            // Flyway meets the same, and says what failed.
            return SchemaHistory.State.OTHER;
        }
    }

    private static Flyway flyway(DataSource target, SchemaHistory.State state) {
        return Flyway.configure(BookkeepingSchema.class.getClassLoader())
                .dataSource(SessionDataSource.over(target, "docrows schema"))
                .defaultSchema("docrows")
                .schemas("docrows")
                .createSchemas(true)
                .table("schema_history")
                .locations("classpath:io/docrows/schema")
                // Flyway takes half a second of every first run: it looks for nothing that is not there.
                .skipDefaultCallbacks(true)
                .validateOnMigrate(state != SchemaHistory.State.ABSENT)
                // One commit for all migrations, and all or none.
                .group(true)
                .load();
    }

    private static void refuseNewer(Flyway flyway) {
        for (MigrationInfo migration : flyway.info().applied()) {
            if (migration.getState() == MigrationState.FUTURE_SUCCESS) {
                throw new DocrowsException(
                        ErrorCode.TARGET_SCHEMA_MISMATCH,
                        "The schema docrows in the target is at version " + migration.getVersion()
                                + ", made by a newer release than this one. Use that release.");
            }
        }
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
    }
}
