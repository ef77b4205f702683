package io.docrows.internal.write;

import static io.docrows.mapping.Join.join;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.mapping.Values.strings;
import static io.docrows.testing.db.Tables.AUTHOR;
import static io.docrows.testing.db.Tables.AUTHOR_AWARD;
import static io.docrows.testing.db.Tables.AWARD;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.run.BulkLoad;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What PostgreSQL knows of the staging tables while a collection is merged. */
final class StagingStatisticsIT {

    private final Database database = Bookshop.database();

    @Test
    void areThereAfterABatchOfWhichADocumentWasRefused() {
        CollectionMapping<?> authors = CollectionMapping.of("authors", AUTHOR)
                .key(AUTHOR.MONGO_ID, id("_id"))
                .map(AUTHOR.NAME, string("name"))
                .manyToMany(
                        strings("awards"),
                        join(AUTHOR_AWARD, AUTHOR_AWARD.AUTHOR_ID, AUTHOR_AWARD.AWARD_ID)
                                .lookup(AWARD.NAME)
                                .insertMissing())
                .build();
        database.execute("ALTER TABLE author ADD CHECK (name <> 'nobody')");
        List<String> known = new ArrayList<>();
        Docrows.pipeline("authors", authors)
                .source(new MemorySource()
                        .with(
                                "authors",
                                "{_id: 1, name: 'Ursula', awards: ['Hugo']}",
                                "{_id: 2, name: 'Stanisław', awards: ['Nebula']}",
                                "{_id: 3, name: 'Octavia', awards: ['Locus']}",
                                "{_id: 4, name: 'nobody', awards: ['Hugo']}"))
                .target(database.target())
                .run(RunOptions.defaults()
                        .bulkLoad(BulkLoad.NEVER)
                        .batch(4, 1 << 20)
                        .listener(new RunListener() {
                            @Override
                            public void batchCommitted(String collection, Counts batch) {
                                known.addAll(database.rows("SELECT DISTINCT tablename FROM pg_stats WHERE schemaname ^@"
                                        + " 'pg_temp_' ORDER BY 1"));
                            }
                        }));

        assertThat(known).contains("docrows_stage", "docrows_lookups_0");
    }
}
