package io.docrows.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.testing.MemorySource;
import io.docrows.inspect.testing.RandomDocuments;
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
}
