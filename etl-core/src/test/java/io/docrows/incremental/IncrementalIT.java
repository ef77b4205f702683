package io.docrows.incremental;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.EVERY_TYPE;
import static io.docrows.testing.db.Tables.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.report.Watermark;
import io.docrows.run.Cancellation;
import io.docrows.run.DeleteLimit;
import io.docrows.run.DeleteMode;
import io.docrows.run.PlanOptions;
import io.docrows.run.RetryOptions;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.tables.records.EveryTypeRecord;
import io.docrows.testing.db.tables.records.WideRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

final class IncrementalIT {

    private static final CollectionMapping<EveryTypeRecord> THINGS = CollectionMapping.of("things", EVERY_TYPE)
            .key(EVERY_TYPE.MONGO_ID, id("_id"))
            .map(EVERY_TYPE.A_TEXT, string("text"))
            .watermark("updated")
            .build();
    private static final RunOptions HOUR = RunOptions.defaults().overlap(Duration.ofHours(1));
    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource();
    private final ConnectedPipeline pipeline = pipeline(THINGS);

    private ConnectedPipeline pipeline(CollectionMapping<?> mapping) {
        return Docrows.pipeline("things", mapping).source(source).target(database.target());
    }

    private static String thing(int id, String text, Object updated) {
        return "{_id: " + id + ", text: '" + text + "', updated: " + updated + "}";
    }

    private static String date(Instant moment) {
        return "{$date: '" + moment + "'}";
    }

    private static String old(int id, String text) {
        return thing(id, text, date(NOON.minus(Duration.ofDays(id))));
    }

    private static Watermark mark(RunReport report) {
        return report.collections().get(0).watermark().orElseThrow();
    }

    private List<String> texts() {
        return database.rows("SELECT mongo_id, a_text FROM every_type ORDER BY 1");
    }

    /** Three documents, the last of them changed at noon; the first is then changed without a new date. */
    private void loadThree() {
        source.with("things", old(1, "a"), old(2, "b"), thing(3, "c", date(NOON)));
        pipeline.run(HOUR);
        source.with("things", old(1, "unseen"), old(2, "b"), thing(3, "c", date(NOON)));
    }

    @Test
    void readsWhatWasChangedSinceTheHighWaterMarkMinusTheOverlap() {
        source.with("things", old(1, "a"), old(2, "b"), thing(3, "c", date(NOON)), "{_id: 4, text: 'd'}");
        RunReport first = pipeline.run(HOUR);
        assertThat(first.total().read()).isEqualTo(4);
        assertThat(mark(first)).isEqualTo(new Watermark("updated", Optional.empty(), Optional.of(NOON), 1));
        assertThat(first.hasDrift()).isFalse();

        source.with(
                "things",
                old(1, "unseen"),
                thing(2, "B", date(NOON.plusSeconds(1))),
                thing(3, "C", date(NOON.minus(Duration.ofHours(1)))),
                "{_id: 4, text: 'unseen'}",
                thing(5, "e", date(NOON.minus(Duration.ofMinutes(61)))));
        assertThat(pipeline.plan(PlanOptions.of(HOUR)).total()).isEqualTo(new Counts(2, 0, 2, 0, 0, 0));
        RunReport second = pipeline.run(HOUR);

        assertThat(second.total()).isEqualTo(new Counts(2, 0, 2, 0, 0, 0));
        assertThat(mark(second))
                .isEqualTo(new Watermark(
                        "updated", Optional.of(NOON.minus(Duration.ofHours(1))), Optional.of(NOON.plusSeconds(1)), 1));
        assertThat(texts()).containsExactly("1|a", "2|B", "3|C", "4|d");
        assertThat(pipeline.verify(VerifyOptions.defaults()).collections().get(0))
                .returns(2L, one -> one.different())
                .returns(1L, one -> one.missing());

        assertThat(pipeline.run(HOUR.force(true)).total()).isEqualTo(new Counts(5, 1, 2, 2, 0, 0));
        assertThat(pipeline.verify(VerifyOptions.defaults()).isEqual()).isTrue();
    }

    @Test
    void comparesDatesOnlyAndCountsWhatHasNone() {
        source.with(
                "things",
                thing(1, "a", date(NOON)),
                thing(2, "b", "'9999-12-31'"),
                thing(3, "c", "{$timestamp: {t: 2000000000, i: 1}}"),
                thing(4, "d", "null"),
                thing(5, "e", "[" + date(NOON) + "]"));

        assertThat(mark(pipeline.run(HOUR)))
                .returns(Optional.of(NOON), Watermark::highest)
                .returns(4L, Watermark::without);
        assertThat(pipeline.run(HOUR))
                .returns(1L, report -> report.total().read())
                .returns(4L, report -> mark(report).without());
    }

    @Test
    void aDateInTheFutureDoesNotHideWhatIsChangedUntilThen() {
        source.with("things", thing(1, "a", date(Instant.parse("2999-01-01T00:00:00Z"))), old(2, "b"));
        RunReport first = pipeline.run(HOUR);
        source.with(
                "things",
                thing(1, "a", date(Instant.parse("2999-01-01T00:00:00Z"))),
                thing(2, "B", date(Instant.now())));

        RunReport second = pipeline.run(HOUR);

        assertThat(mark(second).since().orElseThrow()).isBefore(first.started());
        assertThat(second.total()).isEqualTo(new Counts(2, 0, 1, 1, 0, 0));
    }

    @Test
    void aDateInTheFutureHidesNothingOfADumpThatIsOlderThanTheRun() {
        String future = thing(1, "a", date(Instant.parse("2999-01-01T00:00:00Z")));
        source.with("things", future, thing(2, "b", date(NOON)), old(3, "c"));
        pipeline.run(HOUR);
        source.with("things", future, thing(2, "b", date(NOON)), thing(3, "C", date(NOON.plusSeconds(1))));

        RunReport second = pipeline.run(HOUR);

        assertThat(mark(second).since()).contains(NOON.minus(Duration.ofHours(1)));
        assertThat(texts()).containsExactly("1|a", "2|b", "3|C");
    }

    @Test
    void rejectsThatAreRetriedWithoutTheWatermarkLeaveTheMark() {
        source.with("things", thing(1, "a", date(NOON)), "{_id: 2, text: 5}");
        ConnectedPipeline unmarked = pipeline(THINGS.withWatermark());
        pipeline.run(HOUR);
        assertThat(unmarked.retryRejects(RetryOptions.defaults()).total().rejected())
                .isEqualTo(1);

        assertThat(mark(pipeline.run(HOUR)).since()).contains(NOON.minus(Duration.ofHours(1)));
    }

    @Test
    void aRunThatWasInterruptedGoesOnFromWhereItReadAndLeavesTheMarkUntilItIsComplete() {
        loadThree();
        Cancellation cancellation = new Cancellation();
        source.with("things", old(1, "unseen"), thing(2, "B", date(NOON)), thing(3, "C", date(NOON.plusSeconds(9))))
                .beforeEach(cancellation::request);
        assertThat(pipeline.run(HOUR, cancellation).status()).isEqualTo(RunReport.Status.INTERRUPTED);
        source.beforeEach(() -> {});

        RunReport resumed = pipeline.run(HOUR);

        assertThat(resumed.total()).isEqualTo(new Counts(2, 0, 2, 0, 0, 0));
        assertThat(mark(resumed))
                .returns(Optional.of(NOON.minus(Duration.ofHours(1))), Watermark::since)
                .returns(Optional.of(NOON.plusSeconds(9)), Watermark::highest);
        assertThat(texts()).containsExactly("1|a", "2|B", "3|C");
    }

    @Test
    void whatWasChangedWhileARunTookLongIsReadAgain() {
        loadThree();
        // As if the run had begun before the last document was changed, and read another one before its change.
        database.execute("UPDATE docrows.run SET started = '2024-05-01 08:00:00+00'");
        source.with("things", old(1, "a"), thing(2, "B", date(NOON.minus(Duration.ofHours(4)))), old(3, "unseen"));

        assertThat(pipeline.run(HOUR).total()).isEqualTo(new Counts(1, 0, 1, 0, 0, 0));
    }

    @Test
    void nothingChangedIsNothingReadAndTheMarkStays() {
        loadThree();
        source.with("things", old(1, "a"), old(2, "b"));

        assertThat(pipeline.run(HOUR).total()).isEqualTo(Counts.NONE);
        assertThat(mark(pipeline.run(HOUR)).highest()).contains(NOON);
    }

    @Test
    void everythingIsReadWhenRowsMayBeOfNoUse() {
        loadThree();
        assertThat(pipeline.run(HOUR).total().read()).isOne();

        assertThat(pipeline(THINGS.withWatermark("text")).run(HOUR).total().read())
                .isEqualTo(3);
        assertThat(pipeline.run(HOUR).total().read()).isEqualTo(3);
        assertThat(pipeline.run(HOUR).total().read()).isOne();

        database.execute("UPDATE docrows.run SET source = 'another' WHERE id = (SELECT max(id) FROM docrows.run)");
        assertThat(pipeline.run(HOUR).total().read()).isEqualTo(3);
        assertThat(pipeline.run(HOUR).total().read()).isOne();

        database.execute("TRUNCATE every_type");
        assertThat(pipeline.run(HOUR).total().inserted()).isEqualTo(3);
    }

    @Test
    void deletesReadEverything() {
        loadThree();
        source.with("things", old(1, "seen"), thing(3, "c", date(NOON)));

        RunReport report = pipeline.run(HOUR.deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("50%")));

        assertThat(report.total()).isEqualTo(new Counts(2, 0, 1, 1, 0, 0));
        assertThat(report.collections().get(0).deletions().deleted()).isOne();
    }

    @Test
    void chosenDocumentsAreReadWhateverTheirDate() {
        loadThree();
        assertThat(pipeline.run(HOUR.ids(List.of(new BsonInt32(1)))).total().updated())
                .isOne();
        assertThat(pipeline.run(HOUR.limit(2)).total().read()).isEqualTo(2);
        assertThat(pipeline.run(HOUR).total().read()).isOne();
    }

    @Test
    void documentsThatCannotBeReadAreNotPassedOver() {
        loadThree();
        source.withRaw("things", List.of(new byte[] {5, 0, 0, 0, 1}));

        assertThat(pipeline.run(HOUR).total().rejected()).isOne();
    }

    @Test
    void anOverlapCannotBeNegative() {
        assertThatExceptionOfType(DocrowsException.class)
                .isThrownBy(() -> RunOptions.defaults().overlap(Duration.ofSeconds(-1)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION));
    }

    @Test
    void aReferenceThatIsReadFromAnotherFieldIsReadForOldDocumentsToo() {
        source.with(
                "things",
                "{_id: 1, updated: " + date(NOON.minus(Duration.ofDays(9))) + "}",
                "{_id: 2, poster: 1, owner: 2, updated: " + date(NOON.minus(Duration.ofDays(8))) + "}",
                "{_id: 3, updated: " + date(NOON) + "}");
        pipeline(referring("poster")).run(HOUR);
        RunReport report = pipeline(referring("owner")).run(HOUR);
        assertThat(report.collections().get(0).counts()).isEqualTo(new Counts(3, 0, 1, 2, 0, 0));
        assertThat(database.rows("SELECT p.mongo_id FROM wide w JOIN wide p ON p.id = w.parent_id"))
                .containsExactly("2");
    }

    private static CollectionMapping<WideRecord> referring(String field) {
        return CollectionMapping.of("things", WIDE)
                .key(WIDE.MONGO_ID, id("_id"))
                .reference(WIDE.PARENT_ID, id(field), WIDE.MONGO_ID)
                .watermark("updated")
                .build();
    }
}
