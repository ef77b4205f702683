package io.docrows.run;

import static io.docrows.mapping.Conditions.field;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.Feed.COMMENT;
import static io.docrows.testing.Feed.COMMENTS;
import static io.docrows.testing.Feed.ENTRIES;
import static io.docrows.testing.Feed.ENTRY;
import static io.docrows.testing.Feed.ENTRY_LINE;
import static io.docrows.testing.Feed.POST;
import static io.docrows.testing.Feed.POSTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.DocrowsException;
import io.docrows.error.RejectCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.report.CollectionReport;
import io.docrows.report.CollectionVerification;
import io.docrows.report.Counts;
import io.docrows.report.Drift;
import io.docrows.report.RowCounts;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Feed;
import io.docrows.testing.MemorySource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several mappings of one collection, which is read once. */
final class SeveralMappingsIT {

    private static final CollectionMapping<?> STRICT_COMMENTS = CollectionMapping.of("feed", COMMENT)
            .where(field("type").is("comment"))
            .key(COMMENT.mongoId, id("_id"))
            .map(COMMENT.body, string("body"))
            .reference(COMMENT.postId, id("post"), POST.mongoId, MissingReference.REJECT)
            .build();

    private static final String[] DOCUMENTS = {
        "{_id: 1, type: 'comment', body: 'early', post: 2}",
        "{_id: 2, type: 'post', title: 'two', lines: ['a', 'b']}",
        "{_id: 3, type: 'comment', body: 'late', post: 2}",
        "{_id: 4, type: 'like'}",
        "{_id: 5}"
    };
    private static final String[] ROWS = {
        "comment|1|early|2",
        "comment|3|late|2",
        "entry|1|comment|-",
        "entry|2|post|two",
        "entry|3|comment|-",
        "entry|4|like|-",
        "line|post 2|0|a",
        "line|post 2|1|b",
        "post|2|two|-"
    };

    private final Database database = Bookshop.database();
    private final RunOptions options = RunOptions.defaults();

    @BeforeEach
    void makeTables() {
        database.execute(Feed.SQL);
    }

    private ConnectedPipeline all(String... documents) {
        return pipeline(List.of(ENTRIES, COMMENTS, POSTS), documents);
    }

    private ConnectedPipeline pipeline(List<CollectionMapping<?>> mappings, String... documents) {
        return Docrows.pipeline("feed", mappings.toArray(CollectionMapping<?>[]::new))
                .source(new MemorySource().with("feed", documents))
                .target(database.target());
    }

    private static Counts planned(ConnectedPipeline pipeline) {
        return pipeline.plan(PlanOptions.of(RunOptions.defaults()))
                .collections()
                .get(0)
                .counts();
    }

    private static Counts counts(ConnectedPipeline pipeline, RunOptions options) {
        Counts planned = planned(pipeline);
        List<CollectionReport> reports = pipeline.run(options).collections();
        assertThat(reports).hasSize(1);
        assertThat(planned).isEqualTo(reports.get(0).counts());
        return reports.get(0).counts();
    }

    private static void assertEqual(ConnectedPipeline pipeline) {
        assertThat(pipeline.verify(VerifyOptions.defaults()).collections()).allMatch(CollectionVerification::isEqual);
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void aDocumentGoesToEveryMappingThatTakesItAndCountsOnce(BulkLoad bulkLoad) {
        ConnectedPipeline pipeline = all(DOCUMENTS);

        CollectionReport report =
                pipeline.run(options.bulkLoad(bulkLoad)).collections().get(0);

        assertThat(report.collection()).isEqualTo("feed");
        assertThat(report.counts()).isEqualTo(new Counts(5, 4, 0, 0, 0, 1, 1));
        assertThat(report.rows())
                .containsOnly(
                        entry("public.post", new RowCounts(1, 0, 0)),
                        entry("public.comment", new RowCounts(2, 0, 0)),
                        entry("public.entry", new RowCounts(4, 0, 0)),
                        entry("public.entry_line", new RowCounts(2, 0, 0)));
        assertThat(database.rows(Feed.ROWS)).containsExactly(ROWS);
        assertEqual(pipeline);
        assertThat(counts(pipeline, options)).isEqualTo(new Counts(5, 0, 0, 4, 0, 1, 1));
    }

    @Test
    void aChangeInOneTableIsAnUpdateOfTheDocumentAndARowThatIsNewInOneOfThemToo() {
        all(DOCUMENTS).run(options);
        database.execute("DELETE FROM entry_line; DELETE FROM entry WHERE kind = 'comment'");
        String[] changed = DOCUMENTS.clone();
        changed[1] = changed[1].replace("'two'", "'other'");

        assertThat(counts(all(changed), options)).isEqualTo(new Counts(5, 0, 3, 1, 0, 1, 1));
        assertEqual(all(changed));
    }

    @Test
    void whatOneMappingRejectsNoOtherWritesAndItIsKeptOnce() {
        String[] documents = {
            "{_id: 1, type: 'post', title: 'fine'}",
            "{_id: 2, type: 'post', title: 7}",
            "{_id: 3, type: 'comment', body: 'forbidden'}",
            "{_id: 4, type: 'comment', body: 'fine'}"
        };
        ConnectedPipeline pipeline = all(documents);

        CollectionReport report = pipeline.run(options).collections().get(0);

        assertThat(report.counts()).isEqualTo(new Counts(4, 2, 0, 0, 2, 0));
        assertThat(report.rejectsByCode())
                .containsOnly(entry(RejectCode.TYPE_MISMATCH, 1L), entry(RejectCode.CONSTRAINT_VIOLATION, 1L));
        assertThat(database.rows(Feed.ROWS))
                .containsExactly("comment|4|fine|-", "entry|1|post|fine", "entry|4|comment|-", "post|1|fine|-");
        assertThat(database.rows("SELECT document_key, code FROM docrows.reject ORDER BY 1"))
                .containsExactly("2|TYPE_MISMATCH", "3|CONSTRAINT_VIOLATION");
        assertThat(pipeline.verify(VerifyOptions.defaults()).collections())
                .allMatch(CollectionVerification::isAccountedFor);
        assertThat(counts(pipeline, options)).isEqualTo(new Counts(4, 0, 0, 2, 2, 0));
    }

    @Test
    void rowsOfADocumentThatIsRejectedNowStayAsTheyWereInAllTables() {
        all("{_id: 1, type: 'comment', body: 'fine', title: 'old'}").run(options);
        ConnectedPipeline broken = all("{_id: 1, type: 'comment', body: 'forbidden', title: 'new'}");

        assertThat(counts(broken, options)).isEqualTo(new Counts(1, 0, 0, 0, 1, 0));

        assertThat(database.rows(Feed.ROWS)).containsExactly("comment|1|fine|-", "entry|1|comment|old");
        assertThat(broken.verify(VerifyOptions.defaults()).collections())
                .allMatch(CollectionVerification::isAccountedFor);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void whatRefersToADocumentOfItsOwnCollectionIsLoadedWhateverTheirOrder(int batch) {
        ConnectedPipeline pipeline = pipeline(List.of(STRICT_COMMENTS, POSTS, ENTRIES), DOCUMENTS);

        Counts counts =
                pipeline.run(options.batch(batch, 1 << 20)).collections().get(0).counts();

        assertThat(counts).isEqualTo(new Counts(5, 4, 0, 0, 0, 1, 1));
        assertThat(database.rows(Feed.ROWS)).containsExactly(ROWS);
        assertThat(database.rows("SELECT count(*) FROM docrows.reject")).containsExactly("0");
        assertEqual(pipeline);
    }

    @Test
    void aRejectThatIsRetriedGoesToAllMappings() {
        pipeline(List.of(STRICT_COMMENTS, POSTS, ENTRIES), "{_id: 1, type: 'comment', body: 'x', post: 9}")
                .run(options);
        assertThat(database.rows(Feed.ROWS)).isEmpty();
        database.execute("INSERT INTO post (mongo_id, title) VALUES ('9', 'nine')");

        Counts counts = pipeline(List.of(STRICT_COMMENTS, POSTS, ENTRIES))
                .retryRejects(RetryOptions.defaults())
                .collections()
                .get(0)
                .counts();

        assertThat(counts).isEqualTo(new Counts(1, 1, 0, 0, 0, 0));
        assertThat(database.rows(Feed.ROWS)).containsExactly("comment|1|x|9", "entry|1|comment|-", "post|9|nine|-");
        assertThat(database.rows("SELECT count(*) FROM docrows.reject")).containsExactly("0");
    }

    @Test
    void eachMappingDeletesItsOwnRowsAndNoRejectOfAnother() {
        String rejected = "{_id: 6, type: 'comment', body: 'forbidden'}";
        all(DOCUMENTS[0], DOCUMENTS[1], DOCUMENTS[2], DOCUMENTS[3], rejected).run(options);
        RunOptions deleting = options.deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("100%"));
        ConnectedPipeline changed = all(DOCUMENTS[1], "{_id: 3, type: 'post', title: 'now a post'}", rejected);

        assertThat(changed.plan(PlanOptions.of(deleting))
                        .collections()
                        .get(0)
                        .deletions()
                        .deleted())
                .isEqualTo(5);
        CollectionReport report = changed.run(deleting).collections().get(0);

        assertThat(report.deletions().deleted()).isEqualTo(5);
        assertThat(database.rows(Feed.ROWS))
                .containsExactly(
                        "entry|2|post|two",
                        "entry|3|post|now a post",
                        "line|post 2|0|a",
                        "line|post 2|1|b",
                        "post|2|two|-",
                        "post|3|now a post|-");
        assertThat(database.rows("SELECT document_key FROM docrows.reject")).containsExactly("6");
    }

    @Test
    void aRunThatWasCutOffGoesOnWithAllMappings() {
        MemorySource source = new MemorySource().with("feed", DOCUMENTS).failingAfter(3);
        ConnectedPipeline failing = Docrows.pipeline("feed", ENTRIES, COMMENTS, POSTS)
                .source(source)
                .target(database.target());
        assertThatThrownBy(() -> failing.run(options.batch(1, 1 << 20))).isInstanceOf(DocrowsException.class);

        Counts counts = all(DOCUMENTS)
                .run(options.batch(1, 1 << 20))
                .collections()
                .get(0)
                .counts();

        assertThat(counts).isEqualTo(new Counts(5, 4, 0, 0, 0, 1, 1));
        assertThat(database.rows(Feed.ROWS)).containsExactly(ROWS);
    }

    @Test
    void ofDocumentsWithTheSameIdInABatchTheLastOneWinsInAllTables() {
        ConnectedPipeline twice = all("{_id: 1, type: 'post', title: 'old'}", "{_id: 1, type: 'comment', body: 'new'}");

        assertThat(twice.run(options).collections().get(0).counts()).isEqualTo(new Counts(2, 1, 0, 0, 0, 1));

        assertThat(database.rows(Feed.ROWS)).containsExactly("comment|1|new|-", "entry|1|comment|-");
    }

    @Test
    void mappingsOfOneCollectionHaveOneWatermark() {
        assertThatThrownBy(() -> Docrows.pipeline("feed", POSTS.withWatermark("at"), COMMENTS))
                .isInstanceOf(DocrowsException.class)
                .hasMessageContaining("different watermarks");
    }

    @Test
    void aFieldIsUnknownOnlyIfItIsSoToAllMappingsAndIsCountedOnce() {
        ConnectedPipeline pipeline = all(
                "{_id: 1, type: 'comment', body: 'x', title: 'y', nobodys: 1, lines: ['a']}",
                "{_id: 2, type: 'post', title: 'y', views: 1, nobodys: 'text', author: {name: 'z'}}",
                "{_id: 3, type: 'like', nobodys: null, views: 7}");

        Map<String, Long> expected = Map.of("nobodys", 3L, "author", 1L);
        assertThat(pipeline.plan(PlanOptions.of(options)).collections().get(0).unmappedFields())
                .isEqualTo(expected);
        Drift drift = pipeline.run(options).collections().get(0).drift();
        assertThat(drift.unmappedFields()).isEqualTo(expected);
        assertThat(drift.types().get("title")).isEqualTo(Map.of("string", 2L));
    }

    @Test
    void aStrictMappingKnowsTheFieldsThatOthersTakeOfTheSameDocumentAndNoOthers() {
        CollectionMapping<?> posts = CollectionMapping.of("feed", POST)
                .where(field("type").is("post"))
                .key(POST.mongoId, id("_id"))
                .map(POST.title, string("head", "title"))
                .strict()
                .build();
        CollectionMapping<?> entries = CollectionMapping.of("feed", ENTRY)
                .where(field("lines").exists())
                .key(ENTRY.kind, string("type"))
                .key(ENTRY.mongoId, id("_id"))
                .map(ENTRY.title, string("head", "entry"))
                .children(
                        "lines",
                        ENTRY_LINE,
                        line -> line.position(ENTRY_LINE.line).map(ENTRY_LINE.body, string("text")))
                .strict()
                .build();
        ConnectedPipeline pipeline = pipeline(
                List.of(posts, entries, COMMENTS),
                "{_id: 1, type: 'post', head: {title: 'x', entry: 'y'}, lines: [{text: 'a'}]}",
                "{_id: 2, type: 'post', head: {title: 'x', entry: 'nobody takes it'}}",
                "{_id: 3, type: 'post', head: {title: 'x'}, body: 'a comment has it'}",
                "{_id: 4, type: 'post', head: {title: 'x'}, lines: [{text: 'a', more: 1}]}",
                "{_id: 5, type: 'comment', head: {entry: 'y'}, body: 'x', lines: []}");

        assertThat(counts(pipeline, options)).isEqualTo(new Counts(5, 2, 0, 0, 3, 0));

        assertThat(database.rows(
                        "SELECT document_key || ' ' || code || ' ' || path FROM docrows.reject ORDER BY document_key"))
                .containsExactly(
                        "2 UNMAPPED_FIELD head.entry", "3 UNMAPPED_FIELD body", "4 UNMAPPED_FIELD lines[].more");
        assertThat(counts(pipeline, options)).isEqualTo(new Counts(5, 0, 0, 2, 3, 0));
        assertThat(pipeline.verify(VerifyOptions.defaults()).collections())
                .allMatch(found -> found.different() + found.missing() + found.extra() == 0);
    }
}
