package io.docrows.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.DocumentId;
import io.docrows.report.CollectionVerification;
import io.docrows.report.Counts;
import io.docrows.report.RunReport;
import io.docrows.run.Cancellation;
import io.docrows.run.FollowOptions;
import io.docrows.run.RunListener;
import io.docrows.run.RunOptions;
import io.docrows.run.VerifyOptions;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Differences;
import io.docrows.testing.Feed;
import io.docrows.testing.OrderedFeed;
import io.docrows.testing.PlainFeed;
import io.docrows.testing.RandomFeed;
import io.docrows.testing.RandomFeed.Part;
import io.docrows.testing.RandomFeed.Target;
import io.docrows.testing.RandomTrees;
import io.docrows.testing.ToldSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random documents through random mappings of a {@link RandomFeed}, of which changes are followed: documents come,
 * change, move from one mapping to another and go, and followers stop in the middle of it and go on. Whenever one has
 * caught up, rows and rejects are what a plain loader makes of the documents as they are then. A failure tells the
 * seed, and {@code -Dfollow.seed=SEED} repeats it alone.
 */
@Tag("long")
final class RandomFollowIT {

    private static final Database DATABASE = OrderedFeed.database();
    private static long changed;
    private static long feeds;

    @Test
    void agreesWithAPlainLoader() {
        // Always the same, so that a build fails for what was changed, and not by chance.
        seeds(LongStream.rangeClosed(1, 5)).forEach(seed -> check(seed, 20, 3));
    }

    @Test
    @Tag("slow")
    void agreesWithAPlainLoaderManyTimes() {
        long first = System.nanoTime();
        seeds(LongStream.range(first, first + Integer.getInteger("follow.loads", 60)))
                .forEach(seed -> check(seed, 40, 8));
    }

    private static LongStream seeds(LongStream seeds) {
        Long one = Long.getLong("follow.seed");
        return one != null ? LongStream.of(one) : seeds;
    }

    @AfterAll
    static void tell() {
        System.out.println(changed + " random changes through " + feeds
                + " sets of random mappings agreed with a plain loader whenever they were caught up");
    }

    private static void check(long seed, int count, int rounds) {
        List<Part> parts = new RandomFeed(seed).parts();
        if (RandomFeed.areMixed(parts)) {
            // Refused: whose a row is nothing tells.
            return;
        }
        try {
            new Scene(seed, parts).agree(count, rounds);
            feeds++;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "with -Dfollow.seed=" + seed + " (" + count + " documents), " + parts + ": " + e.getMessage(), e);
        }
    }

    /** One set of mappings, and what is followed through it. */
    private static final class Scene {

        private final Random random;
        private final List<Part> parts;
        private final OrderedFeed feed;
        private final Map<String, RandomTrees> makers;
        private final PlainFeed plain;
        private final ToldSource source = new ToldSource();
        private final ConnectedPipeline pipeline;
        /**
         * Those that depend on what came first: a post that went, or a document that wanted it to stay; what a rejected
         * document waited for, or another version of it.
         */
        private final Set<String> contested = new TreeSet<>();

        private Scene(long seed, List<Part> given) {
            random = new Random(seed);
            feed = OrderedFeed.of(given);
            parts = feed.parts();
            makers = feed.makers(seed, random);
            plain = new PlainFeed(parts);
            pipeline = Docrows.pipeline("feed", feed.mappings().toArray(CollectionMapping<?>[]::new))
                    .source(source)
                    .target(DATABASE.target());
            OrderedFeed.empty(DATABASE);
        }

        private void agree(int count, int rounds) {
            feed.addNobodys(DATABASE, plain);
            Map<String, List<BsonDocument>> all = new LinkedHashMap<>();
            makers.forEach((collection, maker) -> all.put(collection, maker.documents(count)));
            Map<String, List<BsonDocument>> last = Map.of();
            for (int round = 0; round <= rounds; round++) {
                Map<String, List<BsonDocument>> now = OrderedFeed.some(all, random);
                last.forEach((collection, documents) -> addChangedRejects(collection, documents, now.get(collection)));
                last = now;
                long before = source.time().getValue();
                now.forEach(source::put);
                now.forEach(source::retain);
                changed += source.time().getValue() - before;
                follow();
                plain.load(now, true);
                agree(now, round);
                all.replaceAll((collection, documents) -> makers.get(collection).changed(documents));
            }
        }

        /** Until it has caught up, by one process or several that end in the middle of it. */
        private void follow() {
            RunReport.Status status;
            do {
                Cancellation cancellation = new Cancellation();
                int batches = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : Integer.MAX_VALUE;
                RunOptions load = RunOptions.defaults()
                        .writers(1 + random.nextInt(2))
                        .batch(1 + random.nextInt(20), 1 << 20)
                        .listener(new RunListener() {
                            private int left = batches;

                            @Override
                            public synchronized void batchCommitted(String collection, Counts batch) {
                                if (--left == 0) {
                                    cancellation.request();
                                }
                            }
                        });
                status = pipeline.follow(
                                FollowOptions.defaults()
                                        .untilCaughtUp(true)
                                        .batch(1 + random.nextInt(20), Duration.ofSeconds(1))
                                        .load(load),
                                cancellation)
                        .status();
            } while (status == RunReport.Status.INTERRUPTED);
            assertThat(status).isEqualTo(RunReport.Status.COMPLETED);
        }

        private void agree(Map<String, List<BsonDocument>> now, int round) {
            addContested(now);
            assertThat(Differences.of(settled(DATABASE.rows(Feed.ALL_ROWS)), settled(plain.rows())))
                    .as("rows after round %d", round)
                    .isEmpty();
            for (String collection : now.keySet()) {
                Set<String> rejected = new TreeSet<>(DATABASE.rows(
                        "SELECT document_key FROM docrows.reject WHERE collection = '" + collection + "'"));
                Set<String> wanted = plain.waiting(collection);
                rejected.removeAll(contested);
                wanted.removeAll(contested);
                assertThat(rejected)
                        .as("rejects of %s after round %d", collection, round)
                        .isEqualTo(wanted);
            }
            List<CollectionVerification> verified =
                    pipeline.verify(VerifyOptions.defaults()).collections();
            assertThat(verified)
                    .as("verified after round %d", round)
                    .allMatch(one -> one.different() == 0 && one.missing() == 0);
            if (contested.isEmpty()) {
                assertThat(verified).allMatch(one -> one.extra() == 0);
            }
        }

        private void addChangedRejects(String collection, List<BsonDocument> before, List<BsonDocument> now) {
            Set<String> rejected = plain.waiting(collection);
            for (BsonDocument document : before) {
                String id = DocumentId.text(document.get("_id"));
                if (rejected.contains(id) && !now.contains(document)) {
                    contested.add(id);
                }
            }
        }

        /** Posts that are no longer posts, and whoever refers to one, directly or by way of others. */
        private void addContested(Map<String, List<BsonDocument>> now) {
            for (Part part : parts) {
                if (part.target() == Target.POST) {
                    contested.addAll(plain.orphans(part, now.get(part.collection())));
                }
            }
            List<BsonDocument> referring = now.values().stream()
                    .flatMap(List::stream)
                    .filter(document -> document.containsKey("post"))
                    .toList();
            boolean more = !contested.isEmpty();
            while (more) {
                more = false;
                for (BsonDocument document : referring) {
                    more |= contested.contains(DocumentId.text(document.get("post")))
                            && contested.add(DocumentId.text(document.get("_id")));
                }
            }
        }

        private List<String> settled(List<String> rows) {
            return rows.stream().filter(row -> !contested.contains(idOf(row))).toList();
        }

        /**
         * Rows begin with their table and their key, in which a kind may precede the document's, and a place follow.
         */
        private static String idOf(String row) {
            String[] parts = row.split("\\|", -1);
            String[] key = parts[1].split(" ", -1);
            return parts[0].equals("entry") || parts[0].equals("line") ? key[1] : key[0];
        }
    }
}
