package io.docrows.run;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.Bson.bson;
import static io.docrows.testing.db.Tables.EVERY_TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.tables.records.EveryTypeRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.JSON;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL refuses a value while it is still being sent, long before or just when the COPY ends. */
final class CopyRefusalIT {

    private static final CollectionMapping<EveryTypeRecord> MAPPING = CollectionMapping.of("things", EVERY_TYPE)
            .key(EVERY_TYPE.MONGO_ID, id("_id"))
            .map(EVERY_TYPE.A_TEXT, string("text"))
            .map(EVERY_TYPE.A_JSON, string("json").convert(JSON::valueOf))
            .build();

    private final Database database = Bookshop.database();

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 1_500, 2_999})
    void aRefusalInTheMiddleOfACopyIsNoBrokenConnection(int bad) {
        List<byte[]> documents = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            documents.add(
                    bson("{_id: " + i + ", text: '" + "x".repeat(500) + "', json: '" + (i == bad ? "{" : "{}") + "'}"));
        }
        AtomicInteger retries = new AtomicInteger();

        RunReport report = Docrows.pipeline("things", MAPPING)
                .source(new MemorySource().withRaw("things", documents))
                .target(database.target())
                .run(RunOptions.defaults().listener(new RunListener() {
                    @Override
                    public void retrying(String what, int attempt, Duration delay) {
                        retries.incrementAndGet();
                    }
                }));

        assertThat(report.total()).isEqualTo(new Counts(3_000, 2_999, 0, 0, 1, 0));
        assertThat(retries.get()).isZero();
        assertThat(database.rows("SELECT document_key, code, sqlstate FROM docrows.reject"))
                .containsExactly(bad + "|REFUSED_BY_TARGET|22P02");
    }
}
