package io.docrows.internal.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

final class BookkeepingSchemaIT {

    private final Database database = Bookshop.database();

    /** Counts how often it is asked for a connection: Flyway takes several. */
    private static final class Counting extends PGSimpleDataSource {

        private static final long serialVersionUID = 1;

        private int opened;

        @Override
        public Connection getConnection() throws SQLException {
            opened++;
            return super.getConnection();
        }
    }

    @BeforeEach
    void migrate() {
        BookkeepingSchema.migrate(database.target());
    }

    @Test
    void startsFlywayOnlyWhereThereIsSomethingToDo() throws SQLException {
        Counting target = new Counting();
        target.setUrl(database.address());
        BookkeepingSchema.migrate(target);
        assertThat(target.opened)
                .as("SchemaHistory must list what Flyway writes about every migration: "
                        + database.rows("SELECT * FROM docrows.schema_history ORDER BY installed_rank"))
                .isEqualTo(1);
    }

    @Test
    void refusesASchemaOfANewerRelease() {
        database.execute("INSERT INTO docrows.schema_history SELECT installed_rank + 1, '999', 'later', type,"
                + " 'V999__later.sql', 1, installed_by, installed_on, 1, true FROM docrows.schema_history"
                + " ORDER BY installed_rank DESC LIMIT 1");
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> BookkeepingSchema.migrate(database.target()))
                .withMessageContaining("at version 999, made by a newer release")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_SCHEMA_MISMATCH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE docrows.schema_history SET checksum = checksum + 1 WHERE version = '2'",
                "UPDATE docrows.schema_history SET success = false WHERE version = '8'",
                "ALTER TABLE docrows.schema_history RENAME TO elsewhere"
            })
    void refusesAHistoryThatIsNotTheOneOfThisRelease(String change) {
        database.execute(change);
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> BookkeepingSchema.migrate(database.target()))
                .withMessageContaining("could not be created or migrated")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_FAILED));
    }

    @Test
    void makesWhatIsGone() {
        database.execute("DROP SCHEMA docrows CASCADE");
        BookkeepingSchema.migrate(database.target());
        assertThat(database.rows("SELECT count(*) FROM docrows.run")).containsExactly("0");
    }

    @Test
    void appliesAllThatIsMissingOrNothing() {
        database.execute(
                "DELETE FROM docrows.schema_history WHERE version IN ('5', '6'); DROP TABLE docrows.policy_use");
        assertThatExceptionOfType(DocrowsException.class)
                .as("of version 6 all is there already")
                .isThrownBy(() -> BookkeepingSchema.migrate(database.target()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_FAILED));
        assertThat(database.rows("SELECT to_regclass('docrows.policy_use') IS NULL"))
                .containsExactly("t");
    }
}
