package io.docrows.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.benchmarks.contender.Contender;
import io.docrows.benchmarks.contender.Job;
import io.docrows.benchmarks.contender.Loader;
import io.docrows.benchmarks.contender.Phase;
import io.docrows.benchmarks.contender.RowFiles;
import io.docrows.benchmarks.data.DataSet;
import io.docrows.benchmarks.data.Shape;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every contender does the same job, or it must not be compared. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContendersContract {

    private final Shape shape;

    private Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init")
    TargetServer server;

    @SuppressWarnings("NullAway.Init")
    DataSet.Pair data;

    ContendersContract(Shape shape) {
        this.shape = shape;
    }

    @BeforeAll
    void loadOnce(@TempDir Path temporary) throws Exception {
        directory = temporary;
        server = TargetServer.forgetful(shape);
        data = server.write(directory, 300);
        try (TargetServer.Database database = server.fresh()) {
            load(Contender.JDBC_BATCH, database, data.original());
            try (Connection connection = database.connect()) {
                new RowFiles(shape, rows()).write(connection);
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

    final void load(Contender contender, TargetServer.Database database, DataSet dataSet) throws Exception {
        Job job = new Job(
                shape,
                database.jdbcUrl(),
                dataSet.dump().toString(),
                rows(),
                contender.writers().orElse(1));
        Loader loader = contender.loader(shape);
        loader.prepare(job);
        loader.load(job);
    }

    List<Contender> contenders() {
        return Arrays.stream(Contender.values())
                .filter(contender -> contender.loads(shape))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("contenders")
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
                    .anyMatch(definition -> definition.contains("CREATE INDEX"));
        }
    }
}
