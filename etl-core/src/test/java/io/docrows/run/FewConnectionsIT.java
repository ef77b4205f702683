package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.ConnectedPipeline;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.report.Counts;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.FewConnections;
import io.docrows.testing.MemorySource;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run with the least connections that it needs, and with fewer. */
@Tag("long")
final class FewConnectionsIT {

    private final Database database = Bookshop.database();

    private ConnectedPipeline pipeline(FewConnections pool) {
        return Bookshop.pipeline()
                .source(new MemorySource()
                        .with("authors", "{_id: 1, name: 'Ada'}")
                        .with("books", "{_id: 1, title: 'T', author: 1, tags: ['new']}")
                        .with("employees", "{_id: 2, boss: 1}", "{_id: 1}"))
                .target(pool.dataSource());
    }

    @ParameterizedTest
    @EnumSource
    void fourAreEnough(BulkLoad bulkLoad) throws SQLException {
        RunOptions options = RunOptions.defaults().writers(1).bulkLoad(bulkLoad);
        try (FewConnections pool = new FewConnections(database.target(), 4)) {
            assertThat(pipeline(pool).run(options).total()).isEqualTo(new Counts(4, 4, 0, 0, 0, 0));
            assertThat(pipeline(pool).run(options).total()).isEqualTo(new Counts(4, 0, 0, 4, 0, 0));
        }
        try (FewConnections pool = new FewConnections(database.target(), 1)) {
            assertThat(pipeline(pool).verify(VerifyOptions.defaults()).isEqual())
                    .isTrue();
            assertThat(pipeline(pool).plan(PlanOptions.of(options)).changesNothing())
                    .isTrue();
        }
    }

    @Test
    void threeAreEnoughWhereIndexesAreKept() throws SQLException {
        RunOptions options = RunOptions.defaults().writers(1).bulkLoad(BulkLoad.NEVER);
        try (FewConnections pool = new FewConnections(database.target(), 3)) {
            assertThat(pipeline(pool).run(options).total()).isEqualTo(new Counts(4, 4, 0, 0, 0, 0));
        }
    }

    @Test
    void oneIsTooFewAndNotAMatterOfPrivileges() throws SQLException {
        try (FewConnections pool = new FewConnections(database.target(), 1)) {
            assertThatThrownBy(() -> pipeline(pool).run(RunOptions.defaults().writers(1)))
                    .isInstanceOfSatisfying(
                            DocrowsException.class,
                            e -> assertThat(e.code()).as(e.toString()).isEqualTo(ErrorCode.TARGET_UNAVAILABLE))
                    .hasMessageContaining("one connection for each writer and up to three more")
                    .hasMessageNotContaining("right to create");
        }
    }
}
