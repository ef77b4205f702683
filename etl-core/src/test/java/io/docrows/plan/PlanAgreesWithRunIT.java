package io.docrows.plan;

import static io.docrows.mapping.Values.string;
import static io.docrows.testing.db.Tables.KEYED;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.ConnectedPipeline;
import io.docrows.Docrows;
import io.docrows.error.RejectCode;
import io.docrows.mapping.CollectionMapping;
import io.docrows.report.CollectionPlan;
import io.docrows.report.CollectionReport;
import io.docrows.report.PlanReport;
import io.docrows.report.RunReport;
import io.docrows.run.DeleteLimit;
import io.docrows.run.DeleteMode;
import io.docrows.run.PlanOptions;
import io.docrows.run.RunOptions;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Bson;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Parts;
import io.docrows.testing.RandomTrees;
import io.docrows.testing.Shop;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan, and the run after it, over documents that change at random. */
@Tag("long")
final class PlanAgreesWithRunIT {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void forRandomChanges(long seed) {
        agree(seed, 4);
    }

    /** What is unique below a document is met by a run only by failing; a plan foresees it all the same. */
    @ParameterizedTest
    @EnumSource
    void forRandomTrees(Tree tree) {
        agree(tree, 1, 40, 3);
        agree(tree, 2, 40, 2);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    void forVeryManyRandomTrees(Tree tree) {
        LongStream.range(100, 110).forEach(seed -> agree(tree, seed, 200, 4));
    }

    /** Documents with tables below them. */
    enum Tree {
        ORDERS(Shop.ORDERS),
        INVOICES(Shop.INVOICES),
        PARCELS(Parts.PARCELS),
        PARTS(Parts.PARTS),
        STATES(Shop.STATES);

        private final CollectionMapping<?> mapping;

        Tree(CollectionMapping<?> mapping) {
            this.mapping = mapping;
        }
    }

    private static void agree(Tree tree, long seed, int count, int changes) {
        Database database = Bookshop.database();
        RandomTrees.PRODUCTS.forEach(
                product -> database.execute("INSERT INTO product (mongo_id) VALUES ('" + product + "')"));
        RandomTrees trees = new RandomTrees(seed, tree.mapping.collection(), 150).withSerials();
        Random random = new Random(seed);
        MemorySource source = new MemorySource();
        ConnectedPipeline pipeline =
                Docrows.pipeline("trees", tree.mapping).source(source).target(database.target());
        List<BsonDocument> now = trees.documents(count);
        for (int round = 0; round <= changes; round++) {
            source.withRaw(
                    tree.mapping.collection(), now.stream().map(Bson::bytes).toList());
            RunOptions options = RunOptions.defaults().batch(1 + random.nextInt(20), 1 << 20);
            PlanReport plan = pipeline.plan(PlanOptions.of(options));
            RunReport run = pipeline.run(options);
            assertThat(counted(plan))
                    .as("%s, round %d of seed %d", tree, round, seed)
                    .isEqualTo(committed(database, run));
            if (!arrivedLate(database, run)) {
                assertThat(refused(plan.collections().get(0).rejectsByCode()))
                        .as("%s, round %d of seed %d", tree, round, seed)
                        .isEqualTo(refused(run.collections().get(0).rejectsByCode()));
            }
            now = trees.changed(now);
        }
    }

    /** A row that breaks several constraints is refused for the one that PostgreSQL looks at first. */
    private static String refused(Map<RejectCode, Long> rejects) {
        Map<RejectCode, Long> sums = new TreeMap<>();
        rejects.forEach((code, count) -> sums.merge(
                code == RejectCode.DUPLICATE_VALUE ? RejectCode.CONSTRAINT_VIOLATION : code, count, Long::sum));
        return sums.toString();
    }

    static LongStream manySeeds() {
        return LongStream.range(1_000, 1_030);
    }

    @ParameterizedTest
    @MethodSource("manySeeds")
    @Tag("slow")
    void forVeryManyRandomChanges(long seed) {
        agree(seed, 6);
    }

    private static void agree(long seed, int rounds) {
        Database database = Bookshop.database();
        RandomShop shop = new RandomShop(seed);
        int compared = 0;
        for (int round = 0; round < rounds; round++) {
            ConnectedPipeline pipeline = Bookshop.pipeline().source(shop.next()).target(database.target());
            RunOptions options = RunOptions.defaults()
                    .batch(shop.batch(), 1 << 20)
                    .deletes(DeleteMode.DELETE)
                    .maxDeletes(DeleteLimit.of("100%"));

            PlanReport plan = pipeline.plan(PlanOptions.of(options));
            RunReport run = pipeline.run(options);

            assertThat(plan.firstRun()).isEqualTo(round == 0);
            assertThat(counted(plan)).as("round %d of seed %d", round, seed).isEqualTo(committed(database, run));
            // What is loaded at the end of a run, once nothing stands in its way any longer, a plan does not foresee.
            if (arrivedLate(database, run)) {
                continue;
            }
            assertThat(said(plan)).as("round %d of seed %d", round, seed).isEqualTo(done(run));
            compared++;
        }
        assertThat(compared).isPositive();
    }

    /**
     * Where rows have owners, a plan does not foresee that an owner leaves its old key to another document in the same
     * run: only of documents whose key is somebody's that comes with another one may it say DUPLICATE_KEY too often.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void forNaturalKeysThatChangeHands(long seed) {
        Database database = Bookshop.database();
        Random random = new Random(seed);
        MemorySource source = new MemorySource();
        ConnectedPipeline pipeline = Docrows.pipeline(
                        "things",
                        CollectionMapping.of("things", KEYED)
                                .key(KEYED.BY_CITEXT, string("name"))
                                .map(KEYED.NOTE, string("note"))
                                .build())
                .source(source)
                .target(database.target());
        Map<String, String> names = new TreeMap<>();
        int exact = 0;
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 8; i++) {
                if (round == 0 || random.nextInt(8) == 0) {
                    names.put("d" + i, (random.nextBoolean() ? "name" : "NAME") + random.nextInt(9));
                }
            }
            int noted = round;
            source.with(
                    "things",
                    names.entrySet().stream()
                            .map(one -> "{_id: '" + one.getKey() + "', name: '" + one.getValue() + "', note: '"
                                    + one.getKey() + "-" + (noted + one.getKey().charAt(1)) % 3 + "'}")
                            .toArray(String[]::new));
            Map<String, String> owners = new HashMap<>();
            for (String row : database.rows("SELECT lower(by_citext::text), split_part(note, '-', 1) FROM keyed")) {
                owners.put(row.split("\\|")[0], row.split("\\|")[1]);
            }
            RunOptions options = RunOptions.defaults().batch(1 + random.nextInt(4), 1 << 20);
            CollectionPlan plan =
                    pipeline.plan(PlanOptions.of(options)).collections().get(0);
            CollectionReport run = pipeline.run(options).collections().get(0);
            long changingHands = names.entrySet().stream()
                    .filter(one -> {
                        String owner = owners.get(one.getValue().toLowerCase(Locale.ROOT));
                        return owner != null
                                && !owner.equals(one.getKey())
                                && !names.get(owner).equalsIgnoreCase(one.getValue());
                    })
                    .count();
            if (changingHands == 0) {
                assertThat(plan.counts()).as("round %d", round).isEqualTo(run.counts());
                assertThat(plan.rejectsByCode()).as("round %d", round).isEqualTo(run.rejectsByCode());
                exact++;
            } else {
                assertThat(plan.counts().rejected() - run.counts().rejected())
                        .as("round %d", round)
                        .isBetween(0L, changingHands);
                assertThat(plan.counts().read()).isEqualTo(run.counts().read());
            }
        }
        assertThat(exact).isPositive();
    }

    /** What a plan counts. */
    private static List<String> counted(PlanReport plan) {
        return plan.collections().stream()
                .map(one -> one.collection() + "|" + one.counts().read() + "|"
                        + one.counts().inserted() + "|" + one.counts().updated() + "|"
                        + one.counts().unchanged() + "|" + one.counts().rejected() + "|"
                        + one.counts().skipped())
                .sorted()
                .toList();
    }

    /** What a run has counted while it read its source. */
    private static List<String> committed(Database database, RunReport run) {
        return database.rows("SELECT collection, sum(read), sum(inserted), sum(updated), sum(unchanged), sum(rejected),"
                + " sum(skipped) FROM docrows.checkpoint WHERE partition >= 0 AND run_id = " + run.run()
                + " GROUP BY 1 ORDER BY 1");
    }

    private static boolean arrivedLate(Database database, RunReport run) {
        return !database.rows("SELECT 1 FROM docrows.checkpoint WHERE partition < 0 AND run_id = " + run.run())
                .isEmpty();
    }

    private static List<String> said(PlanReport plan) {
        return plan.collections().stream()
                .map(one -> one.collection() + " " + one.counts() + " " + sorted(one.rejectsByCode()) + " "
                        + one.drift() + one.deletions())
                .toList();
    }

    private static List<String> done(RunReport run) {
        return run.collections().stream().map(PlanAgreesWithRunIT::done).toList();
    }

    private static String done(CollectionReport one) {
        return one.collection() + " " + one.counts() + " " + sorted(one.rejectsByCode()) + " " + one.drift()
                + one.deletions();
    }

    private static String sorted(Map<?, ?> map) {
        return new TreeMap<>(map).toString();
    }
}
