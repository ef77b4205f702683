package io.docrows.run;

import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.KEYED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.DocrowsException;
import io.docrows.history.FilledTable;
import io.docrows.history.PastRun;
import io.docrows.history.RunHistory;
import io.docrows.mapping.CollectionMapping;
import io.docrows.reject.Rejects;
import io.docrows.reject.StoredReject;
import io.docrows.report.CollectionReport;
import io.docrows.report.CollectionVerification;
import io.docrows.report.Counts;
import io.docrows.report.Deletions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.tables.records.KeyedRecord;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and {@code _id}s of others are kept in every target, whatever its encoding, and found again. */
@Tag("long")
final class ForeignNamesIT {

    private static final String PIPELINE = "caf\u00e9 \u20ac \\u20ac";
    private static final String COLLECTION = "r\u00e9sum\u00e9s \u65e5\u672c \ud83d\ude00";
    private static final String FIELD = "pr\u00e9nom \u20ac";

    private static final CollectionMapping<KeyedRecord> MAPPING = CollectionMapping.of(COLLECTION, KEYED)
            .key(KEYED.BY_TEXT, string("name"))
            .map(KEYED.EMAIL, string(FIELD).truncate(20))
            .map(KEYED.NOTE, string("note"))
            .build();

    private final MemorySource source = new MemorySource();

    private static Database database(String encoding) {
        Database database = Bookshop.empty(encoding);
        database.execute("CREATE TABLE keyed (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, by_text text UNIQUE,"
                + " email text UNIQUE, note text)");
        return database;
    }

    private static CollectionReport only(List<CollectionReport> reports) {
        return reports.get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF8", "SQL_ASCII", "LATIN1", "WIN1252", "EUC_JP"})
    void areStoredAndFoundInEveryEncoding(String encoding) {
        Database database = database(encoding);
        ConnectedPipeline pipeline =
                Docrows.pipeline(PIPELINE, MAPPING).source(source).target(database.target());
        Rejects rejects = Rejects.of(database.target(), PIPELINE);
        source.with(
                COLLECTION,
                "{_id: '1\u20ac', name: 'a', '" + FIELD + "': 'this is rather too long a text'}",
                "{_id: '2\u20ac\u00e9', name: 'b', '" + FIELD + "': 7}",
                "{_id: '3\u20ac', name: 'a'}",
                "{_id: '4\\\\u20ac', name: 'c', '" + FIELD + "': 8}",
                "{_id: '4\u20ac', name: 'd', '" + FIELD + "': 9}");

        source.failingAfter(3);
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> pipeline.run(RunOptions.defaults().batch(1, 1 << 20)));
        source.failingAfter(Integer.MAX_VALUE);
        assertThat(only(pipeline.run(RunOptions.defaults().batch(2, 1 << 20)).collections())
                        .counts())
                .isEqualTo(new Counts(5, 1, 0, 0, 4, 0));
        assertThat(RunHistory.of(database.target()).runs(5))
                .as("goes on")
                .extracting(PastRun::pipeline, PastRun::run)
                .containsExactly(tuple(PIPELINE, 1L));
        assertThat(RunHistory.of(database.target()).filledTables())
                .containsExactly(new FilledTable("public.keyed", PIPELINE, COLLECTION));

        assertThat(rejects.list(RejectFilter.ALL, 10))
                .extracting(StoredReject::collection, StoredReject::key, StoredReject::code, StoredReject::path)
                .containsExactlyInAnyOrder(
                        tuple(COLLECTION, "2\u20ac\u00e9", "TYPE_MISMATCH", FIELD),
                        tuple(COLLECTION, "3\u20ac", "DUPLICATE_KEY", "name"),
                        tuple(COLLECTION, "4\\u20ac", "TYPE_MISMATCH", FIELD),
                        tuple(COLLECTION, "4\u20ac", "TYPE_MISMATCH", FIELD));
        assertThat(pipeline.plan(PlanOptions.defaults()).collections().get(0).counts())
                .isEqualTo(new Counts(5, 0, 0, 1, 4, 0));
        CollectionVerification verified =
                pipeline.verify(VerifyOptions.defaults()).collections().get(0);
        assertThat(List.of(verified.equal(), verified.rejected(), verified.missing()))
                .containsExactly(1L, 4L, 0L);

        RejectFilter one = new RejectFilter(Set.of(COLLECTION), Set.of(), Set.of(), Set.of("4\u20ac"), Set.of());
        assertThat(only(pipeline.retryRejects(one, RetryOptions.defaults()).collections())
                        .counts())
                .isEqualTo(new Counts(1, 0, 0, 0, 1, 0));
        assertThat(rejects.discard(one)).isEqualTo(1);
        assertThat(rejects.list(RejectFilter.ALL, 10))
                .extracting(StoredReject::key)
                .contains("4\\u20ac");

        source.with(COLLECTION, "{_id: '2\u20ac\u00e9', name: 'b'}", "{_id: '3\u20ac', name: 'a'}");
        CollectionReport last = only(
                pipeline.run(RunOptions.defaults().deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("100%")))
                        .collections());
        assertThat(last.counts()).isEqualTo(new Counts(2, 1, 1, 0, 0, 0));
        assertThat(last.deletions()).isEqualTo(new Deletions(0, 0, 0));
        assertThat(rejects.count(RejectFilter.ALL)).isZero();
        assertThat(Docrows.forget(database.target(), PIPELINE)).isEqualTo(1);
        assertThat(database.rows("SELECT count(*) FROM docrows.key_claim")).containsExactly("0");
    }
}
