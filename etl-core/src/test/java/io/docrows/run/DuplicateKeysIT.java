package io.docrows.run;

import static io.docrows.mapping.Conditions.field;
import static io.docrows.mapping.Values.binary;
import static io.docrows.mapping.Values.decimal;
import static io.docrows.mapping.Values.float64;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.instant;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.KEYED;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.RejectCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.Value;
import io.docrows.report.CollectionPlan;
import io.docrows.report.CollectionReport;
import io.docrows.report.CollectionVerification;
import io.docrows.report.Counts;
import io.docrows.report.Deletions;
import io.docrows.report.RowCounts;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.MemorySource;
import io.docrows.testing.db.tables.records.KeyedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.TableField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents whose keys the column holds equal, whatever MongoDB and Java hold of them: one row is one document's. */
final class DuplicateKeysIT {

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource();

    private static <T> CollectionMapping.Builder<KeyedRecord> keyed(
            TableField<KeyedRecord, T> column, Value<? extends T> value) {
        return CollectionMapping.of("things", KEYED).key(column, value).map(KEYED.NOTE, string("note"));
    }

    private static CollectionMapping<KeyedRecord> byName() {
        return keyed(KEYED.BY_TEXT, string("name")).build();
    }

    private ConnectedPipeline pipeline(CollectionMapping<?> mapping) {
        return Docrows.pipeline("things", mapping).source(source).target(database.target());
    }

    private CollectionReport run(CollectionMapping<?> mapping, RunOptions options) {
        return pipeline(mapping).run(options).collections().get(0);
    }

    private List<String> notes() {
        return database.rows("SELECT note FROM keyed ORDER BY 1");
    }

    private List<String> versions() {
        return database.rows(
                "SELECT ctid, xmin FROM keyed UNION ALL SELECT ctid, xmin FROM docrows.key_claim ORDER BY 1");
    }

    private List<String> rejected() {
        return database.rows("SELECT code || ' ' || document_key FROM docrows.reject ORDER BY 1");
    }

    static Stream<Arguments> coarseKeys() {
        return Stream.of(
                Arguments.of(keyed(KEYED.BY_CITEXT, id("_id")).build(), "_id: 'Java'", "_id: 'JAVA'"),
                Arguments.of(keyed(KEYED.BY_FOLDED, id("_id")).build(), "_id: 'Java'", "_id: 'JAVA'"),
                Arguments.of(keyed(KEYED.BY_CHAR, string("name")).build(), "_id: 1, name: 'a'", "_id: 2, name: 'a'"),
                Arguments.of(keyed(KEYED.BY_TEXT, string("name")).build(), "_id: 1, name: 'a'", "_id: 2, name: 'a'"),
                Arguments.of(keyed(KEYED.BY_CITEXT, string("name")).build(), "_id: 1, name: 'a'", "_id: 2, name: 'A'"),
                Arguments.of(
                        keyed(KEYED.BY_NUMERIC, decimal("n")).build(),
                        "_id: 1, n: {$numberDecimal: '1'}",
                        "_id: 2, n: {$numberDecimal: '1.00'}"),
                Arguments.of(
                        keyed(KEYED.BY_DOUBLE, float64("n")).build(),
                        "_id: 1, n: {$numberDouble: '0.0'}",
                        "_id: 2, n: {$numberDouble: '-0.0'}"),
                Arguments.of(
                        keyed(KEYED.BY_BYTEA, binary("b")).build(),
                        "_id: 1, b: {$binary: {base64: 'AQI=', subType: '00'}}",
                        "_id: 2, b: {$binary: {base64: 'AQI=', subType: '00'}}"),
                Arguments.of(
                        keyed(KEYED.BY_INSTANT, instant("at")).build(),
                        "_id: 1, at: {$date: '2024-05-01T12:00:00Z'}",
                        "_id: 2, at: {$date: '2024-05-01T12:00:00Z'}"),
                Arguments.of(
                        keyed(KEYED.BY_TEXT, id("_id").convert(text -> text.toLowerCase(Locale.ROOT)))
                                .build(),
                        "_id: 'a'",
                        "_id: 'A'"));
    }

    @ParameterizedTest
    @MethodSource("coarseKeys")
    void keysThatTheColumnHoldsEqualRejectTheSecondDocumentWhateverTheBatch(
            CollectionMapping<?> mapping, String first, String second) {
        source.with("things", "{" + first + ", note: 'one'}", "{" + second + ", note: 'two'}");
        RunOptions apart = RunOptions.defaults().batch(1, 1 << 20).bulkLoad(BulkLoad.NEVER);
        RunOptions together = RunOptions.defaults().batch(100, 1 << 20).bulkLoad(BulkLoad.ALWAYS);
        for (RunOptions options : List.of(apart, together)) {
            CollectionPlan plan = pipeline(mapping)
                    .plan(PlanOptions.of(options))
                    .collections()
                    .get(0);
            CollectionReport report = run(mapping, options);
            assertThat(report.counts()).isEqualTo(new Counts(2, 1, 0, 0, 1, 0));
            assertThat(report.rejectsByCode()).isEqualTo(Map.of(RejectCode.DUPLICATE_KEY, 1L));
            assertThat(plan.counts()).isEqualTo(report.counts());
            assertThat(plan.rejectsByCode()).isEqualTo(report.rejectsByCode());
            assertThat(notes()).containsExactly("one");
            assertASecondRunWritesNothing(mapping, options);
            database.execute("TRUNCATE keyed, docrows.run, docrows.key_claim CASCADE");
        }
    }

    private void assertASecondRunWritesNothing(CollectionMapping<?> mapping, RunOptions options) {
        List<String> before = versions();
        List<String> rejected = rejected();
        CollectionPlan plan =
                pipeline(mapping).plan(PlanOptions.of(options)).collections().get(0);
        CollectionReport report = run(mapping, options);
        assertThat(report.counts()).isEqualTo(new Counts(2, 0, 0, 1, 1, 0));
        assertThat(plan.counts()).isEqualTo(report.counts());
        assertThat(plan.rejectsByCode()).isEqualTo(report.rejectsByCode());
        assertThat(versions()).isEqualTo(before);
        assertThat(rejected()).isEqualTo(rejected);
        CollectionVerification verified =
                pipeline(mapping).verify(VerifyOptions.defaults()).collections().get(0);
        assertThat(List.of(verified.equal(), verified.rejected(), verified.different(), verified.missing()))
                .containsExactly(1L, 1L, 0L, 0L);
        assertThat(List.of(verified.extra(), verified.outdated())).containsExactly(0L, 0L);
    }

    @Test
    void theOwnerOfARowStaysItsOwnerWhateverTheOrder() {
        source.with("things", "{_id: 1, name: 'a', note: 'one'}", "{_id: 2, name: 'a', note: 'two'}");
        run(byName(), RunOptions.defaults());
        source.with("things", "{_id: 2, name: 'a', note: 'two'}", "{_id: 1, name: 'a', note: 'three'}");
        assertThat(run(byName(), RunOptions.defaults()).counts()).isEqualTo(new Counts(2, 0, 1, 0, 1, 0));
        assertThat(notes()).containsExactly("three");
        assertThat(rejected()).containsExactly("DUPLICATE_KEY 2");
    }

    @Test
    void aRepeatedIdKeepsTheLastAndCountsTheFirstAsSkipped() {
        source.with("things", "{_id: 1, name: 'a', note: 'one'}", "{_id: 1, name: 'a', note: 'two'}");
        Counts counts = new Counts(2, 1, 0, 0, 0, 1);
        assertThat(pipeline(byName())
                        .plan(PlanOptions.defaults())
                        .collections()
                        .get(0)
                        .counts())
                .isEqualTo(counts);
        assertThat(run(byName(), RunOptions.defaults()).counts()).isEqualTo(counts);
        assertThat(notes()).containsExactly("two");
    }

    @Test
    void aDocumentThatGetsAnotherKeyGivesItsOldOneUpInTheSameRun() {
        source.with("things", "{_id: 1, name: 'a', note: 'one'}", "{_id: 2, name: 'a', note: 'two'}");
        run(byName(), RunOptions.defaults());
        source.with("things", "{_id: 2, name: 'a', note: 'two'}", "{_id: 1, name: 'b', note: 'one'}");
        assertThat(run(byName(), RunOptions.defaults()).counts()).isEqualTo(new Counts(2, 1, 1, 0, 0, 0));
        assertThat(notes()).containsExactly("one", "two");
        assertThat(rejected()).isEmpty();
        assertThat(run(byName(), RunOptions.defaults()).counts()).isEqualTo(new Counts(2, 0, 0, 2, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void documentsThatExchangeTheirKeysAreBothLoaded(int batch) {
        RunOptions options = RunOptions.defaults().batch(batch, 1 << 20);
        source.with("things", "{_id: 1, name: 'a', note: 'one'}", "{_id: 2, name: 'b', note: 'two'}");
        run(byName(), options);
        source.with("things", "{_id: 1, name: 'b', note: 'one'}", "{_id: 2, name: 'a', note: 'two'}");
        CollectionPlan plan =
                pipeline(byName()).plan(PlanOptions.of(options)).collections().get(0);
        CollectionReport report = run(byName(), options);
        assertThat(report.counts()).isEqualTo(new Counts(2, 0, 2, 0, 0, 0));
        assertThat(plan.counts()).isEqualTo(report.counts());
        assertThat(rejected()).isEmpty();
        assertThat(database.rows("SELECT by_text, note FROM keyed ORDER BY 1")).containsExactly("a|two", "b|one");
        List<String> before = versions();
        assertThat(run(byName(), options).counts()).isEqualTo(new Counts(2, 0, 0, 2, 0, 0));
        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void whenTheOwnerIsGoneARunThatDeletesLetsTheOtherHaveTheRow() {
        source.with("things", "{_id: 1, name: 'a', note: 'one'}", "{_id: 2, name: 'a', note: 'two'}");
        run(byName(), RunOptions.defaults());
        source.with("things", "{_id: 2, name: 'a', note: 'two'}");
        assertThat(run(byName(), RunOptions.defaults()).counts()).isEqualTo(new Counts(1, 0, 0, 0, 1, 0));
        RunOptions deleting = RunOptions.defaults().deletes(DeleteMode.DELETE);
        assertThat(run(byName(), deleting).counts()).isEqualTo(new Counts(1, 0, 1, 0, 0, 0));
        assertThat(notes()).containsExactly("two");
        assertThat(rejected()).isEmpty();
    }

    private static RunOptions deletingAll() {
        return RunOptions.defaults().deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("100%"));
    }

    @Test
    void whenTheOwnerIsNotTakenAnyMoreARunThatDeletesLetsTheOtherHaveTheRow() {
        CollectionMapping<KeyedRecord> mapping = keyed(KEYED.BY_TEXT, string("name"))
                .where(field("kind").is("x"))
                .build();
        source.with("things", "{_id: 1, kind: 'x', name: 'a', note: 'one'}");
        run(mapping, RunOptions.defaults());
        source.with(
                "things", "{_id: 1, kind: 'y', name: 'a', note: 'one'}", "{_id: 2, kind: 'x', name: 'a', note: 'two'}");
        assertThat(run(mapping, RunOptions.defaults()).rejectsByCode()).isEqualTo(Map.of(RejectCode.DUPLICATE_KEY, 1L));
        assertThat(run(mapping, deletingAll()).counts()).isEqualTo(new Counts(2, 0, 1, 0, 0, 1, 1));
        assertThat(notes()).containsExactly("two");
        assertThat(rejected()).isEmpty();
        List<String> before = versions();
        assertThat(run(mapping, deletingAll()).counts()).isEqualTo(new Counts(2, 0, 0, 1, 0, 1, 1));
        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void aDocumentThatOneMappingTakesNoMoreKeepsTheRowThatAnotherMakesOfIt() {
        CollectionMapping<KeyedRecord> first = keyed(KEYED.BY_TEXT, string("name"))
                .where(field("kind").is("x"))
                .owns(KEYED.BY_CHAR, "x")
                .build();
        CollectionMapping<KeyedRecord> second = keyed(KEYED.BY_TEXT, string("alias"))
                .where(field("alias").exists())
                .owns(KEYED.BY_CHAR, "y")
                .build();
        ConnectedPipeline both =
                Docrows.pipeline("things", first, second).source(source).target(database.target());
        source.with("things", "{_id: 1, kind: 'x', name: 'a', alias: 'b', note: 'one'}");
        both.run(RunOptions.defaults());
        source.with(
                "things",
                "{_id: 1, kind: 'y', name: 'a', alias: 'b', note: 'one'}",
                "{_id: 2, alias: 'b', note: 'two'}",
                "{_id: 3, kind: 'x', name: 'a', note: 'three'}");
        both.run(deletingAll());
        assertThat(database.rows("SELECT by_text, note FROM keyed ORDER BY 1")).containsExactly("a|three", "b|one");
        assertThat(rejected()).containsExactly("DUPLICATE_KEY 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{_id: 1, name: 'b', note: 5}",
                "{_id: 1, name: 7, note: 'two'}",
                "{_id: 1, note: 'two'}",
                "{_id: 1, name: 'b', note: 'refused'}"
            })
    void aRejectedDocumentKeepsItsRowThoughItsKeyIsAnother(String rejected) {
        source.with("things", "{_id: 1, name: 'a', note: 'one'}", "{_id: 2, name: 'x', note: 'ex'}");
        run(byName(), RunOptions.defaults());
        source.with("things", rejected, "{_id: 2, name: 'y', note: 'ex'}");
        for (int i = 0; i < 2; i++) {
            CollectionPlan plan = pipeline(byName())
                    .plan(PlanOptions.of(deletingAll()))
                    .collections()
                    .get(0);
            CollectionReport report = run(byName(), deletingAll());
            assertThat(report.counts().rejected()).isEqualTo(1);
            assertThat(report.deletions()).isEqualTo(new Deletions(1 - i, 0, 0)).isEqualTo(plan.deletions());
            assertThat(database.rows("SELECT by_text, note FROM keyed ORDER BY 1"))
                    .containsExactly("a|one", "y|ex");
        }
        source.with("things", "{_id: 1, name: 'b', note: 'two'}", "{_id: 2, name: 'y', note: 'ex'}");
        assertThat(run(byName(), deletingAll()).deletions().deleted()).isEqualTo(1);
        assertThat(database.rows("SELECT by_text, note FROM keyed ORDER BY 1")).containsExactly("b|two", "y|ex");
    }

    /** Here the document is refused when it has given up its row already, and another one wants that row. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void aDocumentThatIsRejectedForAnotherValueKeepsItsRowFromOthers(int batch) {
        CollectionMapping<KeyedRecord> mapping = keyed(KEYED.BY_TEXT, string("name"))
                .map(KEYED.EMAIL, string("email"))
                .build();
        RunOptions options = deletingAll().batch(batch, 1 << 20);
        source.with(
                "things",
                "{_id: 1, name: 'a', email: 'e1', note: 'one'}",
                "{_id: 2, name: 'x', email: 'e2', note: 'two'}");
        run(mapping, options);
        source.with(
                "things",
                "{_id: 1, name: 'b', email: 'e2', note: 'one'}",
                "{_id: 2, name: 'x', email: 'e2', note: 'new'}",
                "{_id: 3, name: 'a', email: 'e3', note: 'three'}",
                "{_id: 4, name: 'c', email: 'e4', note: 'four'}");
        for (int i = 0; i < 2; i++) {
            CollectionPlan plan = pipeline(mapping)
                    .plan(PlanOptions.of(options))
                    .collections()
                    .get(0);
            CollectionReport report = run(mapping, options);
            assertThat(rejected()).containsExactly("DUPLICATE_KEY 3", "DUPLICATE_VALUE 1");
            assertThat(database.rows("SELECT by_text, note FROM keyed ORDER BY 1"))
                    .containsExactly("a|one", "c|four", "x|new");
            assertThat(report.deletions()).isEqualTo(Deletions.NONE).isEqualTo(plan.deletions());
        }
    }

    @Test
    void rowsOfAnEarlierReleaseAreTakenByTheFirstDocumentWithTheirKey() {
        database.execute("INSERT INTO keyed (by_text, note) VALUES ('a', 'one')");
        source.with("things", "{_id: 1, name: 'a', note: 'one'}", "{_id: 2, name: 'a', note: 'one'}");
        for (int i = 0; i < 2; i++) {
            assertThat(run(byName(), RunOptions.defaults()).counts()).isEqualTo(new Counts(2, 0, 0, 1, 1, 0));
            assertThat(rejected()).containsExactly("DUPLICATE_KEY 2");
        }
    }

    @Test
    void aDocumentThatPostgresRefusesDoesNotKeepItsKeyFromAnother() {
        source.with("things", "{_id: 1, name: 'a', note: 'refused'}", "{_id: 2, name: 'a', note: 'two'}");
        for (int batch : List.of(1, 100)) {
            CollectionReport report = run(byName(), RunOptions.defaults().batch(batch, 1 << 20));
            assertThat(report.counts().rejected()).isEqualTo(1);
            assertThat(rejected()).containsExactly("CONSTRAINT_VIOLATION 1");
            assertThat(notes()).containsExactly("two");
            database.execute("TRUNCATE keyed, docrows.run, docrows.key_claim CASCADE");
        }
    }

    @Tag("long")
    @Test
    void manyWritersLoseNoDocument() {
        List<String> documents = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            documents.add("{_id: " + i + ", name: 'Name " + i % 100 + "', note: '" + i + "'}");
        }
        source.with("things", documents.toArray(String[]::new));
        CollectionMapping<KeyedRecord> mapping =
                keyed(KEYED.BY_CITEXT, string("name")).build();
        RunOptions options = RunOptions.defaults().writers(4).batch(50, 1 << 20);
        assertThat(run(mapping, options).counts()).isEqualTo(new Counts(1_200, 100, 0, 0, 1_100, 0));
        List<String> before = versions();
        assertThat(run(mapping, options).counts()).isEqualTo(new Counts(1_200, 0, 0, 100, 1_100, 0));
        assertThat(versions()).isEqualTo(before);
        CollectionVerification verified =
                pipeline(mapping).verify(VerifyOptions.defaults()).collections().get(0);
        assertThat(List.of(verified.equal(), verified.rejected())).containsExactly(100L, 1_100L);
    }

    private ConnectedPipeline another(String name, CollectionMapping.Builder<KeyedRecord> mapping) {
        return Docrows.pipeline(name, mapping.build()).source(source).target(database.target());
    }

    private static CollectionMapping.Builder<KeyedRecord> people(Value<String> key) {
        return CollectionMapping.of("people", KEYED).key(KEYED.BY_TEXT, key).map(KEYED.NOTE, string("note"));
    }

    @Test
    void twoPipelinesThatFillOneTableLoseNoDocumentAndDoNotTakeTurnsWithARow() {
        source.with("things", "{_id: 1, name: 'a', note: 'thing'}");
        source.with("people", "{_id: 1, name: 'a', note: 'person'}", "{_id: 2, name: 'b', note: 'person'}");
        ConnectedPipeline things = pipeline(byName());
        ConnectedPipeline people = another("people", people(string("name")));
        for (int i = 0; i < 2; i++) {
            RunReport first = things.run(RunOptions.defaults());
            assertThat(first.collections().get(0).counts())
                    .isEqualTo(i == 0 ? new Counts(1, 1, 0, 0, 0, 0) : new Counts(1, 0, 0, 1, 0, 0));
            CollectionPlan plan =
                    people.plan(PlanOptions.defaults()).collections().get(0);
            RunReport second = people.run(RunOptions.defaults());
            assertThat(second.collections().get(0).counts())
                    .isEqualTo(i == 0 ? new Counts(2, 1, 0, 0, 1, 0) : new Counts(2, 0, 0, 1, 1, 0))
                    .isEqualTo(plan.counts());
            assertThat(notes()).containsExactly("person", "thing");
            assertThat(rejected()).containsExactly("DUPLICATE_KEY 1");
        }
        List<String> before = versions();
        things.run(RunOptions.defaults());
        people.run(RunOptions.defaults());
        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void aPipelineWhoseKeyIsTheIdDoesNotTakeRowsThatAnothersDocumentsHave() {
        source.with("things", "{_id: 1, name: 'a', note: 'thing'}");
        source.with("people", "{_id: 'a', note: 'person'}");
        run(byName(), RunOptions.defaults());
        ConnectedPipeline people = another("people", people(id("_id")));
        assertThat(people.run(RunOptions.defaults()).collections().get(0).rejectsByCode())
                .isEqualTo(Map.of(RejectCode.DUPLICATE_KEY, 1L));
        assertThat(notes()).containsExactly("thing");
    }

    @Test
    void twoPipelinesOverOneCollectionShareItsDocuments() {
        source.with("things", "{_id: 1, name: 'a', note: 'one'}");
        run(byName(), RunOptions.defaults());
        ConnectedPipeline nightly =
                Docrows.pipeline("nightly", byName()).source(source).target(database.target());
        assertThat(nightly.run(RunOptions.defaults()).collections().get(0).counts())
                .isEqualTo(new Counts(1, 0, 0, 1, 0, 0));
        Docrows.forget(database.target(), "nightly");
        assertThat(database.rows("SELECT count(*) FROM docrows.key_claim")).containsExactly("1");
    }

    @Test
    void aRowHasAnOwnerByEachColumnWithAKey() {
        source.with("things", "{_id: 1, name: 'a', note: 'thing'}");
        source.with("people", "{_id: 1, name: 'a', note: 'person'}");
        run(byName(), RunOptions.defaults());
        ConnectedPipeline people = another(
                "people",
                CollectionMapping.of("people", KEYED)
                        .key(KEYED.BY_CITEXT, string("name"))
                        .map(KEYED.NOTE, string("note")));
        assertThat(people.run(RunOptions.defaults())
                        .collections()
                        .get(0)
                        .counts()
                        .inserted())
                .isEqualTo(1);
        assertThat(notes()).containsExactly("person", "thing");
    }

    @Test
    void aCollectionThatWasRenamedTakesTheRowsOfItsFormerNameOnceThatIsForgotten() {
        source.with("things", "{_id: 1, name: 'a', note: 'one'}");
        source.with("people", "{_id: 1, name: 'a', note: 'two'}");
        run(byName(), RunOptions.defaults());
        ConnectedPipeline renamed = another("things", people(string("name")));
        assertThat(renamed.run(RunOptions.defaults())
                        .collections()
                        .get(0)
                        .counts()
                        .rejected())
                .isEqualTo(1);
        assertThat(Docrows.forget(database.target(), "things")).isEqualTo(2);
        assertThat(renamed.run(RunOptions.defaults()).collections().get(0).counts())
                .isEqualTo(new Counts(1, 0, 1, 0, 0, 0));
        assertThat(rejected()).isEmpty();
    }

    @Test
    void theUsualKeyNeedsNoBookkeeping() {
        source.with("things", "{_id: 1, note: 'one'}", "{_id: '1', note: 'two'}");
        CollectionMapping<KeyedRecord> mapping = keyed(KEYED.BY_TEXT, id("_id")).build();
        assertThat(run(mapping, RunOptions.defaults()).counts()).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
        assertThat(database.rows("SELECT count(*) FROM docrows.key_claim")).containsExactly("0");
    }

    @Test
    void aDocumentThatOnlyGivesUpAUniqueValueIsUpdated() {
        CollectionMapping<KeyedRecord> mapping = keyed(KEYED.BY_TEXT, id("_id"))
                .map(KEYED.EMAIL, string("email"))
                .build();
        source.with("things", "{_id: 1, email: 'e'}", "{_id: 2}", "{_id: 3}");
        run(mapping, RunOptions.defaults());
        source.with("things", "{_id: 1}", "{_id: 2, email: 'e'}", "{_id: 3}");

        CollectionReport report = run(mapping, RunOptions.defaults());
        assertThat(report.counts()).isEqualTo(new Counts(3, 0, 2, 1, 0, 0));
        assertThat(report.rows()).containsEntry("public.keyed", new RowCounts(0, 2, 0));
        assertThat(database.rows("SELECT by_text, email FROM keyed ORDER BY 1")).containsExactly("1|-", "2|e", "3|-");
    }
}
