package io.docrows.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.ConnectedPipeline;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.history.MissingConstraint;
import io.docrows.history.RunHistory;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.BulkLoad;
import io.docrows.run.Cancellation;
import io.docrows.run.PlanOptions;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of a target that a first load has left without its constraints. */
final class CutOffLoadIT {

    private final Database database = Bookshop.database();
    private final ConnectedPipeline pipeline = Bookshop.pipeline()
            .source(new MemorySource()
                    .with(
                            "authors",
                            IntStream.range(0, 50)
                                    .mapToObj(i -> "{_id: " + i + ", name: 'A'}")
                                    .toArray(String[]::new))
                    .with("books")
                    .with("employees"))
            .target(database.target());

    private RunReport cutOff() {
        Cancellation cancellation = new Cancellation();
        return pipeline.run(
                RunOptions.defaults()
                        .batch(10, 1 << 20)
                        .bulkLoad(BulkLoad.ALWAYS)
                        .listener(new RunListener() {
                            @Override
                            public void batchCommitted(String collection, Counts batch) {
                                cancellation.request();
                            }
                        }),
                cancellation);
    }

    @Test
    void verifyAndPlanSayWhatACutOffFirstLoadHasDroppedAndHowItComesBack() {
        assertThat(cutOff().status()).isEqualTo(RunReport.Status.INTERRUPTED);

        for (Runnable command : new Runnable[] {
            () -> pipeline.verify(VerifyOptions.defaults()), () -> pipeline.plan(PlanOptions.defaults())
        }) {
            assertThatExceptionOfType(DocrowsException.class)
                    .isThrownBy(command::run)
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_SCHEMA_MISMATCH))
                    .withMessageContaining("a bulk load of the pipeline bookshop was interrupted")
                    .withMessageContaining("author_mongo_id_key")
                    .withMessageContaining("etl migrate")
                    .satisfies(e -> assertThat(e).message().doesNotContain("rebuild against"));
        }
        assertThat(RunHistory.of(database.target()).missingConstraints())
                .extracting(MissingConstraint::name)
                .contains("author_mongo_id_key");

        assertThat(pipeline.rebuildConstraints()).isPositive();

        assertThat(pipeline.verify(VerifyOptions.defaults()).isAccountedFor()).isFalse();
        assertThat(pipeline.plan(PlanOptions.defaults()).changesNothing()).isFalse();
    }
}
