package io.docrows.run;

import static io.docrows.mapping.Conditions.field;
import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.Feed.COMMENT;
import static io.docrows.testing.Feed.NOTE;
import static io.docrows.testing.Feed.NOTE_PART;
import static io.docrows.testing.Feed.POST;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Feed;
import io.docrows.testing.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The first load of a collection that several mappings read. */
final class SharedFirstLoadIT {

    private static final CollectionMapping<?> POSTS = CollectionMapping.of("feed", POST)
            .where(field("title").exists())
            .key(POST.mongoId, id("_id"))
            .map(POST.title, string("title"))
            .map(POST.views, int32("views"))
            .build();
    private static final CollectionMapping<?> COMMENTS = CollectionMapping.of("feed", COMMENT)
            .where(field("body").exists())
            .key(COMMENT.mongoId, id("_id"))
            .map(COMMENT.body, string("body"))
            .build();
    private static final CollectionMapping<?> NOTES = CollectionMapping.of("feed", NOTE)
            .where(field("parts").exists())
            .key(NOTE.mongoId, id("_id"))
            .map(NOTE.body, string("body"))
            .children("parts", NOTE_PART, part -> part.position(NOTE_PART.place).map(NOTE_PART.part, string()))
            .build();

    private final Database database = feed();

    private static Database feed() {
        Database database = Bookshop.database();
        database.execute(Feed.SQL);
        return database;
    }

    @BeforeEach
    void makeTitlesUnique() {
        database.execute("ALTER TABLE post ADD UNIQUE (title)");
    }

    /** Three hundred documents, some of which have an _id or a title that another one has, or break a rule. */
    private static MemorySource documents() {
        List<String> documents = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int id = i > 99 && i % 37 == 36 ? i - 30 : i;
            int title = i > 99 && i % 22 == 0 && id == i ? i - 10 : i;
            documents.add("{_id: " + id + (i % 2 == 0 ? ", title: 't" + title + "', views: " + i : "")
                    + (i % 3 == 0 ? ", parts: ['a', 'b" + i + "']" : "")
                    + (i % 5 == 0 ? ", body: '" + (i % 17 == 0 ? "forbidden" : "of " + i) + "'" : "") + "}");
        }
        return new MemorySource().with("feed", documents.toArray(String[]::new));
    }

    private static ConnectedPipeline pipeline(Database target, CollectionMapping<?>... mappings) {
        return Docrows.pipeline("feed", mappings).source(documents()).target(target.target());
    }

    private static List<String> contents(Database database) {
        List<String> rows = new ArrayList<>(database.rows(Feed.ALL_ROWS));
        rows.addAll(
                database.rows(
                        "SELECT document_key, code, path, column_name, sqlstate, md5(document) FROM docrows.reject ORDER BY 1"));
        return rows;
    }

    private static RunOptions options(BulkLoad when) {
        return RunOptions.defaults().batch(16, 1 << 20).bulkLoad(when);
    }

    /** Loads, and returns the names of what was dropped meanwhile. */
    private Set<String> dropped(ConnectedPipeline pipeline, RunOptions options) {
        Set<String> dropped = new TreeSet<>();
        pipeline.run(options.listener(new RunListener() {
            @Override
            public void batchCommitted(String collection, Counts batch) {
                dropped.addAll(database.rows("SELECT name FROM docrows.deferred_constraint"));
            }
        }));
        return dropped;
    }

    @Test
    void isCopiedAndLeavesWhatMergingWouldHaveLeftInAllTables() {
        Database merged = feed();
        merged.execute("ALTER TABLE post ADD UNIQUE (title)");
        Counts expected = pipeline(merged, POSTS, COMMENTS, NOTES)
                .run(options(BulkLoad.NEVER))
                .total();
        ConnectedPipeline pipeline = pipeline(database, POSTS, COMMENTS, NOTES);

        Set<String> dropped = dropped(pipeline, options(BulkLoad.ALWAYS));

        assertThat(dropped)
                .contains(
                        "post_mongo_id_key",
                        "post_title_key",
                        "comment_mongo_id_key",
                        "note_pkey",
                        "note_part_pkey",
                        "note_part_note_id_fkey");
        assertThat(contents(database)).isEqualTo(contents(merged));
        assertThat(database.rows("SELECT name FROM docrows.deferred_constraint"))
                .isEmpty();
        assertThat(pipeline.verify(VerifyOptions.defaults()).collections())
                .allMatch(found -> found.different() + found.missing() + found.extra() == 0);
        RunReport again = pipeline.run(options(BulkLoad.ALWAYS).batch(1000, 1 << 20));
        assertThat(again.total().read()).isEqualTo(expected.read());
        assertThat(again.total().inserted()).isZero();
        assertThat(contents(database)).isEqualTo(contents(merged));
    }

    @Test
    void countsDocumentsOnceOfWhichOneHasAnotherConstraintAgainstIt() {
        MemorySource source = new MemorySource()
                .with(
                        "feed",
                        "{_id: 1, title: 'a'}",
                        "{_id: 2, title: 'a'}",
                        "{_id: 2, title: 'b'}",
                        "{_id: 3, title: 'c'}");
        // Made anew, so that the title's is refused first, while the table still has both documents with the _id 2.
        database.execute("ALTER TABLE post DROP CONSTRAINT post_mongo_id_key; ALTER TABLE post ADD UNIQUE (mongo_id)");
        RunReport report = Docrows.pipeline("feed", POSTS, COMMENTS)
                .source(source)
                .target(database.target())
                .run(options(BulkLoad.ALWAYS).batch(1, 1 << 20).writers(1));

        assertThat(report.total().read()).isEqualTo(4);
        assertThat(database.rows("SELECT mongo_id, title FROM post ORDER BY 1")).containsExactly("1|a", "2|b", "3|c");
    }

    @Test
    void countsADocumentOnceWhateverItsTables() {
        RunReport report = pipeline(database, POSTS, COMMENTS, NOTES).run(options(BulkLoad.ALWAYS));

        Counts counts = report.total();
        assertThat(counts.read()).isEqualTo(300);
        assertThat(counts.inserted())
                .isEqualTo(Long.parseLong(database.rows("SELECT count(*) FROM (SELECT mongo_id FROM post UNION"
                                + " SELECT mongo_id FROM comment UNION SELECT mongo_id FROM note) all_of_them")
                        .get(0)));
        assertThat(counts.rejected()).isPositive();
        assertThat(counts.unmatched()).isPositive();
    }

    @Test
    void mergesWhereOneMappingRefersToRowsOfAnother() {
        CollectionMapping<?> comments = CollectionMapping.of("feed", COMMENT)
                .where(field("body").exists())
                .key(COMMENT.mongoId, id("_id"))
                .map(COMMENT.body, string("body"))
                .reference(COMMENT.postId, id("_id"), POST.mongoId)
                .build();

        assertThat(dropped(pipeline(database, POSTS, comments), options(BulkLoad.ALWAYS)))
                .isEmpty();
    }

    @Test
    void mergesWhereTwoMappingsFillOneTable() {
        CollectionMapping<?> others = CollectionMapping.of("feed", POST)
                .where(field("parts").exists().and(field("title").isMissing()))
                .key(POST.mongoId, id("_id"))
                .map(POST.title, id("_id"))
                .build();

        assertThat(dropped(pipeline(database, POSTS, others), options(BulkLoad.ALWAYS)))
                .isEmpty();
    }

    @Tag("long")
    @Test
    void goesOnWhereItWasInterrupted() {
        Cancellation cancellation = new Cancellation();
        ConnectedPipeline pipeline = pipeline(database, POSTS, COMMENTS, NOTES);
        pipeline.run(
                options(BulkLoad.ALWAYS).listener(new RunListener() {
                    @Override
                    public void batchCommitted(String collection, Counts batch) {
                        cancellation.request();
                    }
                }),
                cancellation);
        assertThat(database.rows("SELECT name FROM docrows.deferred_constraint"))
                .contains("note_pkey");
        Database merged = feed();
        merged.execute("ALTER TABLE post ADD UNIQUE (title)");
        pipeline(merged, POSTS, COMMENTS, NOTES).run(options(BulkLoad.NEVER));

        assertThat(dropped(pipeline, options(BulkLoad.NEVER))).contains("note_pkey");

        assertThat(contents(database)).isEqualTo(contents(merged));
    }

    @Test
    void rowsBelowDocumentsWithOneIdAndANaturalKeyGoWithThem() {
        ConnectedPipeline pipeline = pipeline(database, NOTES);

        pipeline.run(options(BulkLoad.ALWAYS));

        Database merged = feed();
        pipeline(merged, NOTES).run(options(BulkLoad.NEVER));
        assertThat(contents(database)).isEqualTo(contents(merged));
    }
}
