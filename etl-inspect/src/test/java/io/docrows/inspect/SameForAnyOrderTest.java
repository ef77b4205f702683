package io.docrows.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.testing.MemorySource;
import io.docrows.inspect.testing.RandomDocuments;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither the order of documents, nor partitions, nor threads change what is found. */
final class SameForAnyOrderTest {

    private static Inspection inspect(MemorySource source, int threads) {
        return Inspector.of(source)
                .inspect(InspectOptions.defaults().threads(threads))
                .orElseThrow();
    }

    private static void assertSame(MemorySource source, long seed) {
        Inspection once = inspect(source, 1);
        for (int parts : new int[] {1, 2, 7}) {
            Inspection again = inspect(source.shuffled(seed + parts, parts), 3);
            assertThat(difference(once.toString(), again.toString()))
                    .as("%d partitions, seed %d", parts, seed)
                    .isEmpty();
            assertThat(again).isEqualTo(once);
        }
    }

    /** Where two long texts begin to differ; all of them would be too much to read. */
    private static String difference(String one, String other) {
        int at = 0;
        while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return one.equals(other) ? "" : around(one, at) + " or " + around(other, at);
    }

    private static String around(String text, int at) {
        int path = Math.max(text.lastIndexOf("path=", at), 0);
        return text.substring(path, Math.min(path + 30, text.length())) + " … "
                + text.substring(Math.max(at - 150, 0), Math.min(at + 100, text.length()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void findsTheSame(long seed) {
        assertSame(MemorySource.empty().with("things", new RandomDocuments(seed).some(700)), seed);
    }

    @Test
    @Tag("slow")
    void findsTheSameOfMany() {
        for (long seed = 100; seed < 130; seed++) {
            assertSame(MemorySource.empty().with("things", new RandomDocuments(seed).some(6_000)), seed);
        }
    }

    /** Sketches, few values and names that become data all have a point at which they change their way. */
    @Test
    void findsTheSameAroundEveryThreshold() {
        for (int count : new int[] {63, 64, 65, 255, 256, 257, 1023, 1024, 1025, 3000}) {
            MemorySource source = MemorySource.empty();
            for (int i = 0; i < count; i++) {
                source.with(
                        "edge",
                        java.util.List.of(new BsonDocument("_id", new BsonInt32(i))
                                .append("label", new BsonString("v" + i))
                                .append("map", new BsonDocument("name" + i, new BsonInt32(i % 5)))));
            }
            assertSame(source, count);
        }
    }

    /** Positions of fields, by which the first reading knows what comes together, differ from thread to thread. */
    @ParameterizedTest
    @ValueSource(ints = {3, 60, 80})
    void findsTheSameDiscriminatorsWhateverTheOrderOfFields(int fields) {
        java.util.Random random = new java.util.Random(fields);
        MemorySource source = MemorySource.empty();
        for (int i = 0; i < 400; i++) {
            List<Integer> order = new java.util.ArrayList<>(
                    java.util.stream.IntStream.range(0, fields).boxed().toList());
            java.util.Collections.shuffle(order, random);
            BsonDocument inner = new BsonDocument();
            for (int field : order) {
                if (field == 0) {
                    inner.append("kind", new BsonString("k" + i % 3));
                } else if (field % 3 == i % 3 || random.nextInt(4) == 0 && field % 3 != 1) {
                    inner.append("f" + field, new BsonInt32(i));
                }
            }
            source.with("things", List.of(new BsonDocument("_id", new BsonInt32(i)).append("in", inner)));
        }
        Inspection once = inspect(source, 1);
        assertThat(once.collections().get(0).discriminators())
                .singleElement()
                .satisfies(one -> assertThat(one.variants())
                        .anyMatch(variant -> !variant.always().isEmpty())
                        .anyMatch(variant -> !variant.never().isEmpty()));
        assertSame(source, fields);
    }

    @Test
    void readsNothingAgainWhereTheFirstReadingToldEverything() {
        MemorySource source = MemorySource.empty();
        for (int i = 0; i < 5_000; i++) {
            source.with(
                    "things",
                    List.of(new BsonDocument("_id", new BsonInt32(i))
                            .append("state", new BsonString("s" + i % 3))
                            .append("mail", new BsonString("m" + i + "@example.com"))
                            .append(i % 7 == 0 ? "note" : "remark", new BsonString("n" + i % 90))));
        }
        List<String> passes = new java.util.concurrent.CopyOnWriteArrayList<>();
        Inspection inspection = Inspector.of(source)
                .inspect(InspectOptions.defaults().threads(2).listener(new InspectListener() {
                    @Override
                    public void started(String collection, String pass, java.util.OptionalLong documents) {
                        passes.add(pass);
                    }
                }))
                .orElseThrow();
        assertThat(inspection.collections().get(0).keys())
                .extracting(key -> key.path() + " " + key.unique())
                .containsExactlyInAnyOrder("_id true", "mail true");
        assertThat(passes).containsExactly("measuring");
    }

    /** More names than are told apart: all but the _id, which some documents do not have, become data. */
    @Test
    void findsTheSameIdsWhereAllOtherNamesAreData() {
        MemorySource source = MemorySource.empty();
        for (int i = 0; i < 1_200; i++) {
            BsonDocument document = new BsonDocument("metric" + i, new BsonInt32(i % 50));
            if (i % 100 != 7) {
                document.append("_id", new BsonInt32(i));
            }
            source.with("wide", List.of(document));
        }
        Inspection once = inspect(source, 1);
        assertThat(once.collections().get(0).paths())
                .extracting(path -> path.path())
                .containsExactly("_id", "{}");
        assertThat(once.collections().get(0).path("_id").orElseThrow().missing())
                .isEqualTo(12);
        assertThat(once.collections().get(0).key("_id").orElseThrow().unique()).isTrue();
        assertSame(source, 5);
    }
}
