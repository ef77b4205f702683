package io.docrows.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Job;
import io.docrows.benchmarks.contender.Loader;
import io.docrows.benchmarks.contender.Phase;
import io.docrows.benchmarks.contender.RowFiles;
import io.docrows.benchmarks.data.Content;
import io.docrows.benchmarks.data.DataSet;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every contender does the same job, or it must not be compared. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContendersIT {

    private Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private TargetServer server;

    @SuppressWarnings("NullAway.Init")
    private DataSet.Pair data;

    @BeforeAll
    void loadOnce(@TempDir Path temporary) throws Exception {
        directory = temporary;
        server = TargetServer.forgetful();
        data = DataSet.write(directory, 300, server.skills());
        try (TargetServer.Database database = server.fresh()) {
            load(Contender.JDBC_BATCH, database, data.original());
            try (Connection connection = database.connect()) {
                new RowFiles(rows()).write(connection);
            }
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Path rows() {
        return directory.resolve("rows");
    }

    private void load(Contender contender, TargetServer.Database database, DataSet dataSet) throws Exception {
        Job job = new Job(
                database.jdbcUrl(), dataSet.dump(), rows(), contender.writers().orElse(1));
        Loader loader = contender.loader();
        loader.prepare(job);
        loader.load(job);
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheExpectedRowsAfterEachPhase(Contender contender) throws Exception {
        try (TargetServer.Database database = server.fresh()) {
            for (Phase phase : Phase.values()) {
                if (contender.takesPartIn(phase)) {
                    DataSet loaded = phase == Phase.CHANGED ? data.changed() : data.original();
                    load(contender, database, loaded);
                    assertThat(database.content()).as(phase.title()).isEqualTo(loaded.content());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"COPY_INDEXED", "COPY_BARE"})
    void leavesEveryConstraintAndIndex(Contender contender) throws Exception {
        try (TargetServer.Database database = server.fresh()) {
            List<String> before = database.constraints();
            load(contender, database, data.original());
            assertThat(database.constraints())
                    .isEqualTo(before)
                    .anyMatch(definition -> definition.contains("FOREIGN KEY"))
                    .anyMatch(definition -> definition.contains("gigs_poster_id_idx"));
        }
    }

    @Test
    void noticesASingleOtherValue() throws Exception {
        try (TargetServer.Database database = server.fresh()) {
            load(Contender.COPY_INDEXED, database, data.original());
            Content before = database.content();
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE gigs SET budget = budget + 0.01 WHERE id = (SELECT min(id) FROM gigs WHERE"
                        + " budget IS NOT NULL)");
            }
            assertThat(database.content().tables().get("gigs"))
                    .isNotEqualTo(before.tables().get("gigs"));
            assertThat(database.content().tables().get("users"))
                    .isEqualTo(before.tables().get("users"));
        }
    }
}
