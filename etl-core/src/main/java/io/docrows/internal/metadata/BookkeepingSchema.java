package io.docrows.internal.metadata;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.postgres.SessionDataSource;
import io.docrows.internal.postgres.TargetErrors;
import io.docrows.internal.postgres.TargetSession;
import io.docrows.internal.postgres.TransientErrors;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the library's own schema up to date. It has its own Flyway location and history, apart from the user's. */
public final class BookkeepingSchema {

    private static final Logger LOG = LoggerFactory.getLogger(BookkeepingSchema.class);

    private BookkeepingSchema() {}

    /**
     * Creates or migrates the schema {@code docrows}. Safe to call from several processes. Flyway is asked only where
     * there is an older schema, or one that it refuses: it takes longer to start than a small load.
     *
     * @param target where
     * @throws DocrowsException {@code TARGET_SCHEMA_MISMATCH} if the schema was made by a newer version of this
     *     library; {@code TARGET_FAILED} if a migration is refused; {@code TARGET_UNAVAILABLE} if there is no
     *     connection to be had
     */
    public static void migrate(DataSource target) {
        boolean current;
        try (TargetSession session = TargetSession.open(target, true, "docrows schema")) {
            current = createIfAbsent(session.connection());
        }
        if (!current) {
            askFlyway(target);
        }
    }

    /**
     * Creates the schema {@code docrows} where there is none.
     *
     * @param connection to the target, with auto-commit and the settings of our sessions
     * @return whether the schema is now that of this release; if not, {@link #migrate} makes it so, or says why not
     */
    public static boolean createIfAbsent(Connection connection) {
        try {
            SchemaHistory.State state = SchemaHistory.of(connection);
            if (state == SchemaHistory.State.ABSENT) {
                create(connection);
                state = SchemaHistory.of(connection);
            }
            return state == SchemaHistory.State.CURRENT;
        } catch (SQLException e) {
            // Flyway meets the same, and says what failed.
            return false;
        }
    }

    private static void create(Connection connection) {
        try {
            NewSchema.create(connection);
        } catch (SQLException e) {
            // Another process was faster, or it is refused: how the schema stands now tells.
            LOG.debug("the schema docrows was not created, SQLSTATE {}", e.getSQLState());
        }
    }

    private static void askFlyway(DataSource target) {
        try {
            Flyway flyway = flyway(target);
            refuseNewer(flyway);
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

    /** What applies the migrations of this release to an older schema. */
    static Flyway flyway(DataSource target) {
        return Flyway.configure(BookkeepingSchema.class.getClassLoader())
                .dataSource(SessionDataSource.over(target, "docrows schema"))
                .defaultSchema("docrows")
                .schemas("docrows")
                .createSchemas(true)
                .table("schema_history")
                .locations("classpath:io/docrows/schema")
                .skipDefaultCallbacks(true)
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
