package io.docrows.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.Docrows;
import io.docrows.error.RejectCode;
import io.docrows.internal.table.TableTree;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.DocumentId;
import io.docrows.mapping.RejectedDocument;
import io.docrows.report.CollectionReport;
import io.docrows.report.RunReport;
import io.docrows.testing.Bookshop;
import io.docrows.testing.Bookshop.Database;
import io.docrows.testing.Bson;
import io.docrows.testing.Differences;
import io.docrows.testing.MemorySource;
import io.docrows.testing.Parts;
import io.docrows.testing.PlainTrees;
import io.docrows.testing.RandomTrees;
import io.docrows.testing.RowVersions;
import io.docrows.testing.Shop;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random documents with tables below them, loaded and changed and loaded again, become what a plain loader makes of
 * them, row by row; a load of what is unchanged writes no row version in any table. A failure tells the seed, and
 * {@code -Dtrees.seed=SEED} repeats it alone.
 */
final class RandomTreesIT {

    private static final Database DATABASE = database();
    private static final Database TWIN = database();
    private static long documents;
    private static long loads;

    /** What is loaded, and the query for all of its rows. */
    enum Tree {
        ORDERS(Shop.ORDERS, Shop.ORDER_ROWS),
        STATES(
                Shop.STATES,
                "SELECT code, 'state', name, NULL FROM state UNION ALL SELECT state_code, 'border', other_code,"
                        + " kilometres::text FROM border ORDER BY 1, 2, 3, 4"),
        INVOICES(
                Shop.INVOICES,
                "SELECT mongo_id, 'invoice', shop::text, total::text FROM invoice UNION ALL SELECT i.mongo_id,"
                        + " 'line', l.name::text, l.amount::text FROM invoice_line l JOIN invoice i USING (shop, nr)"
                        + " ORDER BY 1, 2, 3, 4"),
        PARCELS(Parts.PARCELS, Parts.PARCEL_ROWS),
        PARTS(Parts.PARTS, Parts.PART_ROWS);

        private final CollectionMapping<?> mapping;
        private final String rows;

        Tree(CollectionMapping<?> mapping, String rows) {
            this.mapping = mapping;
            this.rows = rows;
        }

        private String collection() {
            return mapping.collection();
        }

        /** Which elements are skipped depends on what is there already: the second load decides. */
        private boolean settlesTwice() {
            return this == STATES;
        }
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void agreeWithAPlainLoader(Tree tree) {
        // Always the same, so that a build fails for what was changed, and not by chance.
        Long one = Long.getLong("trees.seed");
        check(tree, one != null ? one : 20633069750530L, 30, 2);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    void agreeWithAPlainLoaderManyTimes(Tree tree) {
        seeds(Integer.getInteger("trees.loads", 30)).forEach(seed -> check(tree, seed, seed % 10 == 0 ? 1_200 : 60, 4));
        System.out.println(tree + ": " + documents + " random documents in " + loads + " loads so far");
    }

    private static LongStream seeds(int number) {
        Long one = Long.getLong("trees.seed");
        long first = System.nanoTime();
        return one != null ? LongStream.of(one) : LongStream.range(first, first + number);
    }

    @AfterAll
    static void tell() {
        System.out.println(documents + " random documents in " + loads + " loads of trees agreed with a plain loader");
    }

    private static Database database() {
        Database database = Bookshop.database();
        RandomTrees.PRODUCTS.forEach(
                product -> database.execute("INSERT INTO product (mongo_id) VALUES ('" + product + "')"));
        return database;
    }

    private static void empty(Tree tree, Database database) {
        TableTree.tables(tree.mapping)
                .forEach(table -> database.execute("TRUNCATE \"" + table.getName() + "\" CASCADE"));
        database.execute("DROP SCHEMA IF EXISTS docrows CASCADE");
    }

    private static void check(Tree tree, long seed, int count, int changes) {
        try {
            agree(tree, seed, count, changes);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    tree + " with -Dtrees.seed=" + seed + " (" + count + " documents): " + e.getMessage(), e);
        }
    }

    private static void agree(Tree tree, long seed, int count, int changes) {
        Random random = new Random(seed);
        RandomTrees trees = new RandomTrees(seed, tree.collection(), random.nextInt(3) == 0 ? 0 : 150);
        empty(tree, DATABASE);
        empty(tree, TWIN);
        BulkLoad first = random.nextBoolean() ? BulkLoad.ALWAYS : BulkLoad.NEVER;
        List<BsonDocument> now = trees.documents(count);
        try (PlainTrees plain = new PlainTrees(TWIN)) {
            for (int round = 0; round <= changes; round++) {
                RunOptions options = RunOptions.defaults()
                        .writers(1 + random.nextInt(2))
                        .batch(batch(random, count), 1 << 20)
                        .bulkLoad(round == 0 ? first : BulkLoad.NEVER);
                agree(tree, plain, options, now.stream().map(Bson::bytes).toList());
                now = trees.changed(now);
            }
        }
    }

    /** The smallest ones with few documents only: each batch is a transaction. */
    static int batch(Random random, int documents) {
        int[] sizes = documents > 100 ? new int[] {30, 100, 1_000} : new int[] {1, 3, 10, 1_000};
        return sizes[random.nextInt(sizes.length)];
    }

    private static void agree(Tree tree, PlainTrees plain, RunOptions options, List<byte[]> raw) {
        if (tree.settlesTwice()) {
            run(tree, options, raw);
            plain.load(tree.collection(), raw);
        }
        CollectionReport report = run(tree, options, raw);
        Map<String, Set<RejectCode>> refused = plain.load(tree.collection(), raw);

        Map<String, String> found = new TreeMap<>();
        DATABASE.rows("SELECT document_key, code FROM docrows.reject").forEach(row -> {
            int bar = row.lastIndexOf('|');
            found.put(row.substring(0, bar), row.substring(bar + 1));
        });
        assertThat(found.keySet()).isEqualTo(new TreeMap<>(refused).keySet());
        // The plain loader stops where PostgreSQL refuses a row; what cannot be decoded may come after that.
        raw.forEach(bson -> {
            if (tree.mapping.decode(bson) instanceof RejectedDocument<?> rejected) {
                refused.computeIfPresent(DocumentId.ofDocument(bson), (key, codes) -> {
                    Set<RejectCode> more = new HashSet<>(codes);
                    more.add(rejected.code());
                    return more;
                });
            }
        });
        assertThat(found).allSatisfy((key, code) -> assertThat(refused.get(key)).contains(RejectCode.valueOf(code)));
        assertThat(Differences.of(DATABASE.rows(tree.rows), TWIN.rows(tree.rows)))
                .isEmpty();
        assertThat(report.counts().rejected()).isEqualTo(refused.size());

        List<String> before = RowVersions.of(DATABASE, tree.mapping);
        CollectionReport again = run(tree, options, raw);
        assertThat(again.counts().unchanged()).isEqualTo(raw.size() - (long) refused.size());
        assertThat(again.counts().rejected()).isEqualTo(refused.size());
        assertThat(RowVersions.of(DATABASE, tree.mapping)).isEqualTo(before);
        documents += raw.size();
        loads++;
    }

    private static CollectionReport run(Tree tree, RunOptions options, List<byte[]> raw) {
        RunReport report = Docrows.pipeline("trees", tree.mapping)
                .source(new MemorySource().withRaw(tree.collection(), raw))
                .target(DATABASE.target())
                .run(options);
        return report.collections().get(0);
    }
}
