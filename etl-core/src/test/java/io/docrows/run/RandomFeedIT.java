package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.RejectCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionPlan;
import io.docrows.report.CollectionReport;
import io.docrows.report.CollectionVerification;
import io.docrows.report.Counts;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Bson;
import io.docrows.testing.Differences;
import io.docrows.testing.Feed;
import io.docrows.testing.MemorySource;
import io.docrows.testing.OrderedFeed;
import io.docrows.testing.PlainFeed;
import io.docrows.testing.PlainFeed.Told;
import io.docrows.testing.RandomFeed;
import io.docrows.testing.RandomFeed.Part;
import io.docrows.testing.RandomFeed.Target;
import io.docrows.testing.RandomTrees;
import io.docrows.testing.RowVersions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random documents through random mappings: several of one collection, several collections into one table, with
 * conditions, rows of their own, lookups, and tables below. Loaded, changed, loaded again, with and without deleting,
 * they become what a plain loader makes of them; every run is as its plan said, and is verified; a load of what is
 * unchanged writes no row version. A failure tells the seed, and {@code -Dfeed.seed=SEED} repeats it alone.
 */
@Tag("long")
final class RandomFeedIT {

    private static final Database DATABASE = OrderedFeed.database();
    private static long documents;
    private static long runs;
    private static long mappings;

    @Test
    void agreesWithAPlainLoader() {
        // Always the same, so that a build fails for what was changed, and not by chance.
        seeds(LongStream.of(1, 3, 4, 6)).forEach(seed -> check(seed, 20, 1));
    }

    @Test
    @Tag("slow")
    void agreesWithAPlainLoaderManyTimes() {
        long first = System.nanoTime();
        seeds(LongStream.range(first, first + Integer.getInteger("feed.loads", 50)))
                .forEach(seed -> check(seed, seed % 20 == 0 ? 1_200 : 60, 4));
    }

    private static LongStream seeds(LongStream seeds) {
        Long one = Long.getLong("feed.seed");
        return one != null ? LongStream.of(one) : seeds;
    }

    @AfterAll
    static void tell() {
        System.out.println(documents + " random documents in " + runs + " runs through " + mappings
                + " random mappings with conditions and rows of their own agreed with a plain loader");
    }

    private static void check(long seed, int count, int changes) {
        List<Part> parts = new RandomFeed(seed).parts();
        try {
            new Scene(seed, parts).agree(count, changes);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "with -Dfeed.seed=" + seed + " (" + count + " documents), " + parts + ": " + e.getMessage(), e);
        }
    }

    /** One set of mappings, and what is loaded through it. */
    private static final class Scene {

        private final Random random;
        private final List<Part> parts;
        private final List<CollectionMapping<?>> ordered;
        private final OrderedFeed feed;
        private final Map<String, RandomTrees> makers;
        private final PlainFeed plain;
        private final boolean deletes;
        private final boolean refers;
        private final MemorySource source = new MemorySource();
        private final ConnectedPipeline pipeline;

        private Scene(long seed, List<Part> given) {
            random = new Random(seed);
            feed = OrderedFeed.of(given);
            ordered = feed.ordered();
            parts = feed.parts();
            makers = feed.makers(seed, random);
            plain = new PlainFeed(parts);
            deletes = !RandomFeed.areMixed(parts) && random.nextBoolean();
            refers = parts.stream().anyMatch(part -> part.target() == Target.COMMENT);
            pipeline = Docrows.pipeline("feed", feed.mappings().toArray(CollectionMapping<?>[]::new))
                    .source(source)
                    .target(DATABASE.target());
            OrderedFeed.empty(DATABASE);
            mappings += parts.size();
        }

        private void agree(int count, int changes) {
            feed.addNobodys(DATABASE, plain);
            Map<String, List<BsonDocument>> all = new LinkedHashMap<>();
            makers.forEach((collection, maker) -> all.put(collection, maker.documents(count)));
            for (int round = 0; round <= changes; round++) {
                Map<String, List<BsonDocument>> now = OrderedFeed.some(all, random);
                RunOptions options = RunOptions.defaults()
                        .writers(1 + random.nextInt(2))
                        .batch(RandomTreesIT.batch(random, count), 1 << 20)
                        .bulkLoad(random.nextBoolean() ? BulkLoad.ALWAYS : BulkLoad.NEVER);
                agree(now, deletes ? options.deletes(DeleteMode.DELETE).maxDeletes(DeleteLimit.of("100%")) : options);
                all.replaceAll((collection, documents) -> makers.get(collection).changed(documents));
            }
        }

        private void agree(Map<String, List<BsonDocument>> now, RunOptions options) {
            now.forEach((collection, all) ->
                    source.withRaw(collection, all.stream().map(Bson::bytes).toList()));
            List<CollectionPlan> planned =
                    pipeline.plan(PlanOptions.of(options)).collections();
            List<CollectionReport> reports = pipeline.run(options).collections();
            Map<String, Told> told = plain.load(now, deletes);
            // What is loaded once nothing stands in its way any longer, a plan does not foresee.
            boolean late = !DATABASE.rows("SELECT FROM docrows.checkpoint WHERE partition < 0 AND run_id ="
                            + " (SELECT max(id) FROM docrows.run)")
                    .isEmpty();

            assertThat(Differences.of(DATABASE.rows(Feed.ALL_ROWS), plain.rows()))
                    .as("rows after run %d%s", runs, deletes ? ", with deletes" : "")
                    .isEmpty();
            for (CollectionReport report : reports) {
                agree(report, now.get(report.collection()), told.get(report.collection()));
                if (!refers && !late) {
                    CollectionPlan plan = planned.get(reports.indexOf(report));
                    assertThat(plan.counts()).as("the plan").isEqualTo(report.counts());
                    assertThat(plan.rejectsByCode()).as("the plan").isEqualTo(report.rejectsByCode());
                    assertThat(plan.deletions()).as("the plan").isEqualTo(report.deletions());
                }
            }
            verify(now);
            List<String> before = versions();
            pipeline.run(options).collections().forEach(report -> {
                int rejected = told.get(report.collection()).rejected().size();
                assertThat(report.counts().unchanged())
                        .isEqualTo(report.counts().read()
                                - rejected
                                - report.counts().unmatched());
                assertThat(report.counts().rejected()).isEqualTo(rejected);
            });
            assertThat(versions()).isEqualTo(before);
            runs++;
        }

        private void agree(CollectionReport report, List<BsonDocument> read, Told told) {
            documents += read.size();
            Map<String, String> found = new TreeMap<>();
            DATABASE.rows("SELECT document_key, code FROM docrows.reject WHERE collection = '" + report.collection()
                            + "'")
                    .forEach(row ->
                            found.put(row.substring(0, row.lastIndexOf('|')), row.substring(row.lastIndexOf('|') + 1)));
            assertThat(found.keySet()).isEqualTo(plain.waiting(report.collection()));
            told.rejected()
                    .forEach((key, codes) -> assertThat(codes).as(key).contains(RejectCode.valueOf(found.get(key))));
            assertThat(report.deletions()).isEqualTo(told.deletions());
            if (told.others()) {
                return;
            }
            Counts counts = report.counts();
            assertThat(counts.read()).isEqualTo(read.size());
            assertThat(counts.unmatched()).isEqualTo(told.unmatched());
            assertThat(counts.rejected()).isEqualTo(told.rejected().size());
            if (!refers) {
                assertThat(counts.inserted()).isEqualTo(told.inserted());
                assertThat(counts.updated()).isEqualTo(told.updated());
                assertThat(counts.unchanged()).isEqualTo(told.unchanged());
            }
        }

        private void verify(Map<String, List<BsonDocument>> now) {
            List<CollectionVerification> verified =
                    pipeline.verify(VerifyOptions.defaults()).collections();
            assertThat(verified).allMatch(one -> one.different() == 0 && one.missing() == 0);
            if (!RandomFeed.areMixed(parts)) {
                assertThat(verified.stream()
                                .mapToLong(CollectionVerification::extra)
                                .sum())
                        .isEqualTo(parts.stream()
                                .mapToLong(part -> plain.extra(part, now.get(part.collection())))
                                .sum());
            }
        }

        private List<String> versions() {
            List<String> versions = new ArrayList<>();
            Set.copyOf(ordered).forEach(mapping -> versions.addAll(RowVersions.of(DATABASE, mapping)));
            versions.sort(null);
            return versions;
        }
    }
}
