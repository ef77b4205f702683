package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Pipeline;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.util.ArrayList;
import java.util.List;

/** A first load with and without dropping constraints: both leave the same behind, and all constraints. */
final class BothWays {

    private BothWays() {}

    /**
     * Loads into two databases.
     *
     * @param ddl what is done to the tables before
     * @param shape a query for what may not be changed
     * @param queries what is compared
     * @return what both leave behind
     */
    static List<String> loaded(
            Pipeline pipeline, MemorySource source, RunOptions options, String ddl, String shape, String... queries) {
        List<List<String>> both = new ArrayList<>();
        for (BulkLoad how : List.of(BulkLoad.NEVER, BulkLoad.ALWAYS)) {
            Database database = Bookshop.database();
            database.execute(ddl);
            List<String> before = database.rows(shape);

            RunReport report = pipeline.source(source).target(database.target()).run(options.bulkLoad(how));

            assertThat(report.status()).isEqualTo(RunReport.Status.COMPLETED);
            assertThat(database.rows(shape)).isEqualTo(before);
            assertThat(database.rows("SELECT name FROM docrows.deferred_constraint"))
                    .isEmpty();
            List<String> all = new ArrayList<>();
            for (String query : queries) {
                all.addAll(database.rows(query));
            }
            both.add(all);
        }
        assertThat(both.get(1)).isEqualTo(both.get(0));
        return both.get(1);
    }
}
