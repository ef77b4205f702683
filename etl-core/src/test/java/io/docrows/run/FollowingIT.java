package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.report.Counts;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What a listener and a log learn of a run while it goes on. */
final class FollowingIT {

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource()
            .with("authors", "{_id: 1, name: 'Ursula'}", "{_id: 2, name: 'Stanisław'}", "{_id: 3, name: 'Octavia'}")
            .with("books")
            .with("employees");

    private void run(RunListener listener) {
        Bookshop.pipeline()
                .source(source)
                .target(database.target())
                .run(RunOptions.defaults().batch(2, 1 << 20).listener(listener));
    }

    @Test
    void tellsHowLongEveryBatchTook() {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        List<BatchTiming> timings = Collections.synchronizedList(new ArrayList<>());
        run(new RunListener() {
            @Override
            public void batchCommitted(String collection, Counts batch) {
                heard.add(collection + " " + batch.read());
            }

            @Override
            public void batchTimed(String collection, BatchTiming timing) {
                heard.add(collection + " timed");
                timings.add(timing);
            }
        });
        assertThat(heard)
                .startsWith("authors 2", "authors timed", "authors 1", "authors timed")
                .endsWith("employees 0", "employees timed");
        assertThat(timings).allSatisfy(timing -> {
            assertThat(timing.writing()).isPositive();
            assertThat(timing.reading()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(timing.readerWaiting()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(timing.writerWaiting()).isGreaterThanOrEqualTo(Duration.ZERO);
        });
        assertThat(timings.get(0).decoding()).isPositive();
        BatchTiming sum = timings.stream().reduce(BatchTiming.NONE, BatchTiming::plus);
        assertThat(sum.writing())
                .isEqualTo(timings.stream().map(BatchTiming::writing).reduce(Duration.ZERO, Duration::plus));
    }

    @Test
    void namesRunPipelineAndCollectionInEveryLogLine() {
        List<Map<String, String>> fields = Collections.synchronizedList(new ArrayList<>());
        MDC.put("run", "the application's own");
        try {
            run(new RunListener() {
                @Override
                public void batchCommitted(String collection, Counts batch) {
                    // On the thread that writes.
                    fields.add(MDC.getCopyOfContextMap());
                }
            });
            assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("run", "the application's own"));
        } finally {
            MDC.clear();
        }
        String run = database.rows("SELECT max(id) FROM docrows.run").get(0);
        assertThat(fields)
                .contains(
                        Map.of("pipeline", "bookshop", "run", run, "collection", "authors"),
                        Map.of("pipeline", "bookshop", "run", run, "collection", "books"));
    }
}
