package io.docrows.run;

import static io.docrows.mapping.Conditions.field;
import static io.docrows.mapping.Values.constant;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.int64;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.Feed.ENTRY;
import static io.docrows.testing.Feed.ENTRY_LINE;
import static io.docrows.testing.Feed.NOTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.error.RejectCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionPlan;
import io.docrows.report.CollectionReport;
import io.docrows.report.CollectionVerification;
import io.docrows.report.Counts;
import io.docrows.report.Deletions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Feed;
import io.docrows.testing.MemorySource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several mappings fill one table: each has its own rows, and touches no others. */
@Tag("long")
final class OwnedRowsIT {

    private static final CollectionMapping<?> ARTICLES = entries("articles");
    private static final CollectionMapping<?> VIDEOS = entries("videos");
    private static final CollectionMapping<?> MEMOS =
            notes("memos").owns(NOTE.kind, "memo").build();
    private static final CollectionMapping<?> TASKS =
            notes("tasks").owns(NOTE.kind, "task").build();

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource();
    private final RunOptions options = RunOptions.defaults();
    private final RunOptions deleting = options.deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("100%"));

    @BeforeEach
    void makeTables() {
        database.execute(Feed.SQL);
    }

    /** The kind is part of the key. */
    private static CollectionMapping<?> entries(String collection) {
        return CollectionMapping.of(collection, ENTRY)
                .key(ENTRY.kind, constant(collection))
                .key(ENTRY.mongoId, id("_id"))
                .map(ENTRY.title, string("title"))
                .children(
                        "lines",
                        ENTRY_LINE,
                        line -> line.position(ENTRY_LINE.line).map(ENTRY_LINE.body, string()))
                .build();
    }

    private static CollectionMapping.Builder<Feed.NoteRecord> notes(String collection) {
        return CollectionMapping.of(collection, NOTE)
                .key(NOTE.mongoId, id("_id"))
                .map(NOTE.body, string("body"));
    }

    private ConnectedPipeline pipeline(CollectionMapping<?>... mappings) {
        return Docrows.pipeline("media", mappings).source(source).target(database.target());
    }

    /** The counts of a run, which are those of its plan. */
    private List<Counts> run(ConnectedPipeline pipeline, RunOptions how) {
        List<Counts> planned = pipeline.plan(PlanOptions.of(how)).collections().stream()
                .map(CollectionPlan::counts)
                .toList();
        List<Counts> done = pipeline.run(how).collections().stream()
                .map(CollectionReport::counts)
                .toList();
        assertThat(planned).isEqualTo(done);
        return done;
    }

    private static void assertEqual(ConnectedPipeline pipeline) {
        assertThat(pipeline.verify(VerifyOptions.defaults()).collections()).allMatch(CollectionVerification::isEqual);
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void severalCollectionsFillOneTableWithTheSameKeysBesideEachOther(BulkLoad bulkLoad) {
        source.with("articles", "{_id: 1, title: 'a', lines: ['x', 'y']}", "{_id: 2}")
                .with("videos", "{_id: 1, title: 'v', lines: ['z']}");
        ConnectedPipeline pipeline = pipeline(ARTICLES, VIDEOS);

        assertThat(run(pipeline, options.bulkLoad(bulkLoad)))
                .containsExactly(new Counts(2, 2, 0, 0, 0, 0), new Counts(1, 1, 0, 0, 0, 0));

        assertThat(database.rows(Feed.ROWS))
                .containsExactly(
                        "entry|1|articles|a",
                        "entry|1|videos|v",
                        "entry|2|articles|-",
                        "line|articles 1|0|x",
                        "line|articles 1|1|y",
                        "line|videos 1|0|z");
        assertEqual(pipeline);
        assertThat(run(pipeline, options)).containsExactly(new Counts(2, 0, 0, 2, 0, 0), new Counts(1, 0, 0, 1, 0, 0));
    }

    @Test
    void aMappingDeletesAndVerifiesItsOwnRowsOnly() {
        source.with("articles", "{_id: 1, lines: ['x']}", "{_id: 2}").with("videos", "{_id: 1}", "{_id: 3}");
        pipeline(ARTICLES, VIDEOS).run(options);
        database.execute("INSERT INTO entry (kind, mongo_id) VALUES ('by hand', '9')");
        source.with("articles", "{_id: 2}").with("videos", "{_id: 3}");

        ConnectedPipeline pipeline = pipeline(ARTICLES, VIDEOS);
        assertThat(pipeline.verify(VerifyOptions.defaults()).collections())
                .extracting(CollectionVerification::extra, CollectionVerification::rows)
                .containsOnly(tuple(1L, 2L));
        RunOptions some = deleting.collections(Set.of("articles"));
        assertThat(pipeline.plan(PlanOptions.of(some))
                        .collections()
                        .get(0)
                        .deletions()
                        .deleted())
                .isEqualTo(1);
        assertThat(pipeline.run(some).collections().get(0).deletions().deleted())
                .isEqualTo(1);

        assertThat(database.rows("SELECT kind, mongo_id FROM entry ORDER BY 1, 2"))
                .containsExactly("articles|2", "by hand|9", "videos|1", "videos|3");
        pipeline.run(deleting);
        assertThat(database.rows("SELECT kind, mongo_id FROM entry ORDER BY 1, 2"))
                .containsExactly("articles|2", "by hand|9", "videos|3");
        assertEqual(pipeline);
    }

    /** The rows below them are in the same table, and lead up to rows of the one or of the other. */
    @Test
    void rowsWithOthersBelowThemAreDeletedWhicheverMappingOfTheirTableTheyBelongTo() {
        source.with("articles", "{_id: 1, lines: ['x']}", "{_id: 2}").with("videos", "{_id: 1, lines: ['y', 'z']}");
        ConnectedPipeline pipeline = pipeline(ARTICLES, VIDEOS);
        pipeline.run(options);
        source.with("articles", "{_id: 2}").with("videos");

        assertThat(pipeline.plan(PlanOptions.of(deleting)).collections())
                .extracting(CollectionPlan::deletions)
                .containsOnly(new Deletions(1, 0, 0));
        assertThat(pipeline.run(deleting).collections())
                .extracting(CollectionReport::deletions)
                .containsOnly(new Deletions(1, 0, 0));

        assertThat(database.rows(Feed.ROWS)).containsExactly("entry|2|articles|-");
    }

    @Test
    void aKeyOfAnotherMappingsRowRejectsTheDocumentAndTheRowStaysAsItIs() {
        source.with("memos", "{_id: 1, body: 'm'}", "{_id: 2, body: 'm'}")
                .with("tasks", "{_id: 1, body: 't'}", "{_id: 3, body: 't'}");
        ConnectedPipeline pipeline = pipeline(MEMOS, TASKS);

        for (int round = 0; round < 2; round++) {
            List<CollectionPlan> planned =
                    pipeline.plan(PlanOptions.of(options)).collections();
            List<CollectionReport> done = pipeline.run(options).collections();

            assertThat(done.get(1).rejectsByCode()).isEqualTo(Map.of(RejectCode.DUPLICATE_KEY, 1L));
            assertThat(planned)
                    .extracting(CollectionPlan::counts)
                    .containsExactlyElementsOf(
                            done.stream().map(CollectionReport::counts).toList());
            assertThat(planned.get(1).rejectsByCode()).isEqualTo(Map.of(RejectCode.DUPLICATE_KEY, 1L));
            assertThat(database.rows(Feed.ROWS)).containsExactly("note|1|memo|m", "note|2|memo|m", "note|3|task|t");
        }
        assertThat(pipeline.verify(VerifyOptions.defaults()).collections())
                .allMatch(CollectionVerification::isAccountedFor);
        pipeline.run(deleting);
        assertThat(database.rows(Feed.ROWS)).containsExactly("note|1|memo|m", "note|2|memo|m", "note|3|task|t");
    }

    @Test
    void aRowThatIsNobodysIsTakenByTheDocumentWithItsKey() {
        database.execute("INSERT INTO note (mongo_id, body) VALUES ('1', 'before there were kinds'), ('5', 'left')");
        source.with("memos", "{_id: 1, body: 'm'}").with("tasks");

        assertThat(run(pipeline(MEMOS, TASKS), deleting).get(0)).isEqualTo(new Counts(1, 0, 1, 0, 0, 0));

        assertThat(database.rows(Feed.ROWS)).containsExactly("note|1|memo|m", "note|5|-|left");
    }

    @Test
    void whereNothingTellsRowsApartDeletingIsRefusedByNameBeforeAnythingIsRead() {
        AtomicInteger read = new AtomicInteger();
        source.with("memos", "{_id: 1, body: 'm'}").with("tasks", "{_id: 2, body: 't'}");
        source.beforeEach(read::incrementAndGet);
        ConnectedPipeline pipeline =
                pipeline(notes("memos").build(), notes("tasks").build());

        assertThatThrownBy(() -> pipeline.run(deleting))
                .isInstanceOfSatisfying(
                        DocrowsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContaining("public.note is filled from memos and from tasks");
        assertThatThrownBy(() -> pipeline.plan(PlanOptions.of(deleting.collections(Set.of("memos")))))
                .hasMessageContaining("public.note is filled from memos and from tasks");
        ConnectedPipeline maybeTheSame = pipeline(
                notes("memos").owns(NOTE.kind, "memo").build(),
                notes("tasks").owns(NOTE.kind, "Memo ").build());
        assertThatThrownBy(() -> maybeTheSame.run(deleting))
                .as("a column may not tell letter case or trailing blanks apart")
                .hasMessageContaining("public.note is filled from memos and from tasks");
        assertThat(read).hasValue(0);

        assertThat(run(pipeline, options)).containsOnly(new Counts(1, 1, 0, 0, 0, 0));
        assertThat(pipeline.verify(VerifyOptions.defaults()).collections())
                .allMatch(one -> one.isEqual() && one.partial());
    }

    @Test
    void withoutAnythingThatTellsThemApartNoDocumentTakesTheRowOfAnother() {
        source.with("memos", "{_id: 1, body: 'm'}").with("tasks", "{_id: 1, body: 't'}", "{_id: 2, body: 't'}");
        ConnectedPipeline pipeline =
                pipeline(notes("memos").build(), notes("tasks").build());

        for (int round = 0; round < 2; round++) {
            assertThat(run(pipeline, options).get(1).rejected()).isEqualTo(1);
            assertThat(database.rows(Feed.ROWS)).containsExactly("note|1|-|m", "note|2|-|t");
        }
    }

    @Test
    void twoPipelinesOfOneTableDeleteTheirOwnRowsIfConstantsTellThemApart() {
        source.with("memos", "{_id: 1, body: 'm'}", "{_id: 2, body: 'm'}").with("tasks", "{_id: 3, body: 't'}");
        ConnectedPipeline first = pipeline(MEMOS);
        ConnectedPipeline second =
                Docrows.pipeline("others", TASKS).source(source).target(database.target());
        first.run(options);
        second.run(options);
        source.with("memos", "{_id: 2, body: 'm'}").with("tasks");

        first.run(deleting);
        assertThat(database.rows(Feed.ROWS)).containsExactly("note|2|memo|m", "note|3|task|t");
        second.run(deleting);
        assertThat(database.rows(Feed.ROWS)).containsExactly("note|2|memo|m");

        ConnectedPipeline third =
                Docrows.pipeline("third", notes("memos").build()).source(source).target(database.target());
        assertThatThrownBy(() -> third.run(deleting))
                .hasMessageContaining("public.note is also filled from memos by the pipeline media")
                .hasMessageContaining("public.note is also filled from tasks by the pipeline others");
    }

    @Test
    void aConstantThatWasAddedToAMappingDoesNotStandInTheWayOfItself() {
        source.with("memos", "{_id: 1, body: 'm'}");
        pipeline(notes("memos").build()).run(options);

        pipeline(MEMOS).run(options);
        source.with("memos");
        pipeline(MEMOS).run(deleting);

        assertThat(database.rows(Feed.ROWS)).isEmpty();
    }

    @Test
    void aDocumentCanHaveARowOfEachKind() {
        source.with("articles", "{_id: 1, title: 'a', summary: 's'}", "{_id: 2, title: 'b'}");
        ConnectedPipeline pipeline = pipeline(entry("title", "title"), entry("summary", "summary"));

        assertThat(run(pipeline, options)).containsExactly(new Counts(2, 2, 0, 0, 0, 0));
        assertThat(database.rows(Feed.ROWS)).containsExactly("entry|1|summary|s", "entry|1|title|a", "entry|2|title|b");
        source.with("articles", "{_id: 1, title: 'a'}");
        run(pipeline, deleting);
        assertThat(database.rows(Feed.ROWS)).containsExactly("entry|1|title|a");
    }

    private static CollectionMapping<?> entry(String kind, String field) {
        return CollectionMapping.of("articles", ENTRY)
                .where(field(field).exists())
                .key(ENTRY.kind, constant(kind))
                .key(ENTRY.mongoId, id("_id"))
                .map(ENTRY.title, string(field))
                .build();
    }

    @Test
    void aDocumentOfWhichTwoMappingsMakeTheSameRowIsRejected() {
        source.with("memos", "{_id: 1, body: 'm'}", "{_id: 2}");
        ConnectedPipeline pipeline = pipeline(
                notes("memos").where(field("body").exists()).build(),
                notes("memos").build());

        assertThat(run(pipeline, options)).containsExactly(new Counts(2, 1, 0, 0, 1, 0));
        assertThat(database.rows(Feed.ROWS)).containsExactly("note|2|-|-");
    }

    @Test
    void aTableIsNotFilledAtTheTopAndBelowAnother() {
        CollectionMapping<?> lines = CollectionMapping.of("lines", ENTRY_LINE)
                .key(ENTRY_LINE.entryId, int64("entry"))
                .key(ENTRY_LINE.line, int32("line"))
                .build();
        assertThatThrownBy(() -> Docrows.pipeline("media", ARTICLES, lines))
                .isInstanceOf(DocrowsException.class)
                .hasMessageContaining("entry_line is mapped twice");
    }

    @Test
    void aKeyOfConstantsAloneIsNoKey() {
        assertThatThrownBy(() -> CollectionMapping.of("memos", NOTE)
                        .key(NOTE.mongoId, constant("x"))
                        .build())
                .hasMessageContaining("the key is a constant");
    }

    @Test
    void aRowThatAnotherPipelineInsertsMeanwhileIsNotTakenOver() {
        source.with("memos", "{_id: 1, body: 'm'}", "{_id: 2, body: 'm'}");
        database.execute("""
                CREATE EXTENSION dblink;
                CREATE FUNCTION meanwhile() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                  PERFORM public.dblink_exec(
                    format('host=localhost port=%s user=%s password=ABC dbname=%s', current_setting('port'), current_user, current_database()),
                    'INSERT INTO public.note (mongo_id, kind, body) VALUES (''1'', ''task'', ''t'') ON CONFLICT DO NOTHING');
                  RETURN NEW;
                END $$;
                CREATE TRIGGER meanwhile BEFORE INSERT ON note
                FOR EACH ROW WHEN (NEW.kind = 'memo' AND NEW.mongo_id = '1') EXECUTE FUNCTION meanwhile()
                """.replace("ABC", database.another().getPassword()));

        assertThat(pipeline(MEMOS).run(options.bulkLoad(BulkLoad.NEVER)).total())
                .isEqualTo(new Counts(2, 1, 0, 0, 1, 0));
        assertThat(database.rows("SELECT mongo_id, kind, body FROM note ORDER BY 1"))
                .containsExactly("1|task|t", "2|memo|m");
        assertThat(database.rows("SELECT document_key, code FROM docrows.reject"))
                .containsExactly("1|DUPLICATE_KEY");
    }
}
