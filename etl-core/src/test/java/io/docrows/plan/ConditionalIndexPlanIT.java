package io.docrows.plan;

import static io.docrows.mapping.Values.id;
import static io.docrows.mapping.Values.int32;
import static io.docrows.mapping.Values.string;
import static io.docrows.testing.Feed.ENTRY;
import static io.docrows.testing.Feed.ENTRY_LINE;
import static io.docrows.testing.Feed.LABEL;
import static io.docrows.testing.Feed.NOTE;
import static io.docrows.testing.Feed.NOTE_PART;
import static io.docrows.testing.Feed.POST;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.RejectCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionPlan;
import io.docrows.report.CollectionReport;
import io.docrows.report.PlanReport;
import io.docrows.report.RunReport;
import io.docrows.run.PlanOptions;
import io.docrows.run.RunOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Feed;
import io.docrows.testing.MemorySource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan foresees what unique indexes refuse that have conditions, or are over expressions. */
final class ConditionalIndexPlanIT {

    private static final CollectionMapping<?> POSTS = CollectionMapping.of("posts", POST)
            .key(POST.mongoId, id("_id"))
            .map(POST.title, string("title"))
            .map(POST.views, int32("views"))
            .build();
    private static final CollectionMapping<?> NOTES = CollectionMapping.of("notes", NOTE)
            .key(NOTE.mongoId, id("_id"))
            .map(NOTE.kind, string("kind"))
            .children("parts", NOTE_PART, part -> part.position(NOTE_PART.place).map(NOTE_PART.part, string()))
            .build();
    private static final CollectionMapping<?> ENTRIES = CollectionMapping.of("entries", ENTRY)
            .key(ENTRY.kind, string("kind"))
            .key(ENTRY.mongoId, id("_id"))
            .map(ENTRY.title, string("title"))
            .lookup(ENTRY.labelId, string("label"), LABEL.name)
            .children(
                    "lines",
                    ENTRY_LINE,
                    line -> line.position(ENTRY_LINE.line)
                            .map(ENTRY_LINE.body, string("body"))
                            .lookup(ENTRY_LINE.labelId, string("label"), LABEL.name))
            .build();

    private final Database database = Bookshop.database();
    private final MemorySource source = new MemorySource();
    private final ConnectedPipeline pipeline =
            Docrows.pipeline("indexed", POSTS, NOTES, ENTRIES).source(source).target(database.target());

    @BeforeEach
    void makeTables() {
        database.execute(Feed.SQL);
    }

    private static String[] documents(int count, String kind, Random random, Map<String, String> now) {
        for (int i = 0; i < count; i++) {
            if (!now.containsKey(kind + i) || random.nextInt(4) == 0) {
                now.put(
                        kind + i,
                        kind.equals("post") ? post(random) : kind.equals("note") ? note(random) : entry(random));
            }
        }
        return IntStream.range(0, count)
                .mapToObj(i -> "{_id: '" + kind + i + "', " + now.get(kind + i) + "}")
                .toArray(String[]::new);
    }

    private static String post(Random random) {
        String title = (random.nextBoolean() ? "Title" : "TITLE") + random.nextInt(60);
        return "title: '" + title + "', views: " + (random.nextInt(3) == 0 ? "null" : random.nextInt(40));
    }

    private static String note(Random random) {
        return "kind: 'k', parts: ["
                + String.join(
                        ", ",
                        IntStream.range(0, random.nextInt(3))
                                .mapToObj(i -> "'" + (random.nextInt(3) == 0 ? "main" : "p" + random.nextInt(60)) + "'")
                                .toList())
                + "]";
    }

    private static String entry(Random random) {
        return "kind: '" + (random.nextBoolean() ? "a" : "b") + "', title: 't" + random.nextInt(9) + "', label: 'l"
                + random.nextInt(30) + "', lines: [{body: 'b" + random.nextInt(3) + "', label: 'l" + random.nextInt(30)
                + "'}]";
    }

    @Tag("long")
    @Test
    void agreesWithTheRunAfterIt() {
        agree(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5, 6, 7, 8, 9})
    @Tag("slow")
    void agreesWithManyRuns(long seed) {
        agree(seed);
    }

    private void agree(long seed) {
        database.execute("CREATE UNIQUE INDEX post_title ON post (lower(title));"
                + " CREATE UNIQUE INDEX post_views ON post (views) WHERE title LIKE 'T_TLE%' OR views > 10;"
                + " CREATE UNIQUE INDEX note_main ON note_part (note_id) WHERE part = 'main';"
                + " CREATE UNIQUE INDEX note_first ON note_part (upper(part), (place + 1)) WHERE place = 0 AND part <> 'main';"
                + " CREATE UNIQUE INDEX entry_label ON entry (label_id) WHERE kind = 'a';"
                + " CREATE UNIQUE INDEX line_label ON entry_line (label_id, lower(body)) WHERE body > 'b0'");
        Random random = new Random(seed);
        Map<String, String> now = new TreeMap<>();
        long foreseen = 0;
        for (int round = 0; round < 3; round++) {
            source.with("posts", documents(24, "post", random, now))
                    .with("notes", documents(20, "note", random, now))
                    .with("entries", documents(20, "entry", random, now));
            RunOptions options = RunOptions.defaults().batch(1 + random.nextInt(8), 1 << 20);

            PlanReport plan = pipeline.plan(PlanOptions.of(options));
            RunReport run = pipeline.run(options);

            // What is loaded at the end of a run, once nothing stands in its way any longer, a plan does not foresee.
            assertThat(plan.collections().stream().map(ConditionalIndexPlanIT::said))
                    .as("round %d of seed %d", round, seed)
                    .containsExactlyInAnyOrderElementsOf(database.rows(
                            "SELECT collection, sum(inserted), sum(updated), sum(unchanged), sum(rejected)"
                                    + " FROM docrows.checkpoint WHERE partition >= 0 AND run_id = " + run.run()
                                    + " GROUP BY 1"));
            foreseen += plan.collections().stream()
                    .mapToLong(one -> one.rejectsByCode().getOrDefault(RejectCode.DUPLICATE_VALUE, 0L))
                    .sum();
        }
        assertThat(foreseen).isGreaterThan(5);
    }

    @Test
    void elementsPassOnWhatAnIndexAllowsOnlyOnce() {
        database.execute("CREATE UNIQUE INDEX note_main ON note_part (note_id) WHERE part = 'main'");
        source.with("posts").with("entries").with("notes", "{_id: 1, parts: ['main', 'x', 'y']}");
        pipeline.run(RunOptions.defaults());
        source.with("notes", "{_id: 1, parts: ['x', 'main', 'y']}", "{_id: 2, parts: ['main', 'main']}");
        CollectionPlan plan = pipeline.plan(PlanOptions.of(RunOptions.defaults()))
                .collections()
                .get(1);

        CollectionReport report =
                pipeline.run(RunOptions.defaults()).collections().get(1);

        assertThat(report.counts().updated()).isEqualTo(1);
        assertThat(report.counts().rejected()).isEqualTo(1);
        assertThat(plan.counts()).isEqualTo(report.counts());
        assertThat(database.rows("SELECT note_id, place, part FROM note_part ORDER BY 1, 2"))
                .containsExactly("1|0|x", "1|1|main", "1|2|y");
    }

    @Test
    void leavesOutWhatItCannotEvaluate() {
        database.execute("ALTER TABLE post ADD hidden boolean NOT NULL DEFAULT false;"
                + " CREATE UNIQUE INDEX ON post (title) WHERE NOT hidden;"
                + " CREATE UNIQUE INDEX ON post ((12 / (views - 7)))");
        source.with("posts", "{_id: 1, title: 'a', views: 7}", "{_id: 2, title: 'a', views: 1}", "{_id: 3, title: 'c'}")
                .with("notes")
                .with("entries");

        List<CollectionPlan> plan =
                pipeline.plan(PlanOptions.of(RunOptions.defaults())).collections();

        assertThat(plan.get(0).counts().inserted()).isEqualTo(3);
    }

    private static String said(CollectionPlan one) {
        return one.collection() + "|" + one.counts().inserted() + "|"
                + one.counts().updated() + "|" + one.counts().unchanged() + "|"
                + one.counts().rejected();
    }
}
