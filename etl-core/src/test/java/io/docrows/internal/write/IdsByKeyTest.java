package io.docrows.internal.write;

import static io.docrows.testing.db.Tables.AUTHOR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.internal.column.ColumnType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdsByKeyTest {

    @Test
    void everyKeyThatWasAddedIsFoundAndNoOther() {
        IdsByKey ids = new IdsByKey(64 << 20, none());
        Map<String, Long> expected = new HashMap<>();
        Random random = new Random(3);
        while (expected.size() < 100_000) {
            // Keys of all lengths, one of which is often the beginning of another.
            String key = Integer.toString(random.nextInt(1 << 20), 2 + random.nextInt(35));
            if (expected.putIfAbsent(key, random.nextLong()) == null) {
                add(ids, key, expected.get(key));
            }
        }

        assertThat(ids.size()).isEqualTo(expected.size());
        List<String> keys = List.copyOf(expected.keySet());
        assertThat(find(ids, keys)).isEqualTo(keys.stream().map(expected::get).toList());
        for (int i = 0; i < 10_000; i++) {
            assertThat(find(ids, "no " + i)).isNull();
        }
    }

    @Test
    void whatFindsNoRoomIsForgottenAndTheRestKept() {
        int bytes = 4 << 20;
        IdsByKey ids = new IdsByKey(bytes, none());
        for (int i = 0; i < 300_000; i++) {
            add(ids, "key " + i, i);
        }

        assertThat(ids.size()).isBetween(bytes / 120, bytes / 24);
        for (int i = 0; i < 300_000; i++) {
            assertThat(find(ids, "key " + i)).isIn((long) i, null);
        }
        assertThat(find(ids, "key 0")).isZero();
        assertThat(find(ids, "key 299999")).isNull();
    }

    @Test
    void whatFindsNoRoomOnTheHeapIsInAFileThatNobodyElseCanOpen(@TempDir Path directory) throws IOException {
        int keys = 500_000;
        IdsByKey ids;
        try (MappedChunks file = new MappedChunks(directory)) {
            ids = new IdsByKey(8 << 20, file);
            for (int i = 0; i < keys; i++) {
                add(ids, "key " + i, i);
            }
            try (Stream<Path> left = Files.list(directory)) {
                assertThat(left).isEmpty();
            }
        }

        assertThat(ids.size()).isEqualTo(keys);
        for (int i = 0; i < keys; i++) {
            assertThat(find(ids, "key " + i)).isEqualTo(i);
        }
        assertThat(find(ids, "key " + keys)).isNull();
    }

    @Test
    void aKeyThatIsTooLongIsForgotten() {
        IdsByKey ids = new IdsByKey(4 << 20, none());
        add(ids, "x".repeat(1024), 1);
        add(ids, "x".repeat(1025), 2);
        add(ids, "", 3);

        assertThat(find(ids, "x".repeat(1024))).isEqualTo(1);
        assertThat(find(ids, "x".repeat(1025))).isNull();
        assertThat(find(ids, "")).isEqualTo(3);
    }

    /** No file can be made where there is no directory. */
    private static MappedChunks none() {
        return new MappedChunks(Path.of("no such directory"));
    }

    private static void add(IdsByKey ids, String key, long id) {
        ids.add(key.getBytes(UTF_8), key.getBytes(UTF_8).length, id);
    }

    private static Long find(IdsByKey ids, String key) {
        return find(ids, List.of(key)).get(0);
    }

    private static List<Long> find(IdsByKey ids, List<String> keys) {
        EncodedKeys encoded = new EncodedKeys(keys.size());
        keys.forEach(key ->
                encoded.add(ColumnEncoder.of(ColumnType.of(AUTHOR.MONGO_ID).orElseThrow()), key));
        Long[] found = new Long[keys.size()];
        ids.find(encoded, found);
        return Arrays.asList(found);
    }
}
