package io.docrows.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.history.PastCollection;
import io.docrows.history.PastRun;
import io.docrows.report.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StatusOutputTest {

    private static PastRun run(long number, String pipeline, PastRun.State state, PastCollection... collections) {
        return new PastRun(
                number,
                pipeline,
                "dump:/d",
                state,
                Instant.EPOCH,
                state == PastRun.State.CUT_OFF ? Optional.empty() : Optional.of(Instant.ofEpochSecond(65)),
                state == PastRun.State.FAILED ? Optional.of("SOURCE_CORRUPT") : Optional.empty(),
                number == 3,
                List.of(collections));
    }

    private static String text(PastRun... runs) {
        return StatusOutput.text(
                new Status(
                        "postgresql://h:5432/x",
                        List.of(runs),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()),
                10);
    }

    @Test
    void showsARunOverSeveralRows() {
        assertThat(text(
                        run(
                                2,
                                "gigs",
                                PastRun.State.CUT_OFF,
                                new PastCollection("gigs", 2, 1, new Counts(1_000, 1_000, 0, 0, 0, 0)),
                                new PastCollection("users", 1, 1, Counts.NONE)),
                        run(1, "gigs", PastRun.State.FAILED)))
                .isEqualTo("""
                    postgresql://h:5432/x

                    pipeline gigs
                    run  started (UTC)          time  docs/s  state                    collection  parts   read  inserted  updated  unchanged  rejected
                    ---  -------------------  ------  ------  -----------------------  ----------  -----  -----  --------  -------  ---------  --------
                      2  1970-01-01 00:00:00       -       -  cut off                  gigs        1/2    1,000     1,000        0          0         0
                                                                                       users       1/1        0         0        0          0         0
                      1  1970-01-01 00:00:00  1m 05s       -  failed (SOURCE_CORRUPT)

                    The next run continues from the checkpoints of run 2. Documents read so far: 1,000 of gigs; 0 of users, complete.

                    No rejected documents are open.
                    No references are pending.
                    """);
    }

    @Test
    void tellsPipelinesApartAndShowsWhatWasSkipped() {
        assertThat(text(
                        run(
                                3,
                                "gigs",
                                PastRun.State.COMPLETED,
                                new PastCollection("users", 1, 1, new Counts(2, 1, 0, 0, 0, 1))),
                        run(2, "books", PastRun.State.COMPLETED)))
                .contains("pipeline", "skipped", "books", "completed, partial")
                .doesNotContain("goes on");
    }

    @Test
    void saysHowToBegin() {
        assertThat(text()).contains("No run yet", "./etl run");
    }
}
