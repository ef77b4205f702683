package io.docrows.source.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.source.DocumentReader;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.dump.DumpFiles;
import io.docrows.source.internal.BsonBytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.json.JsonWriterSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a file is split, every document is read once, whole. */
final class JsonSplitTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** Documents with all that looks like the end of one: braces in texts and names, arrays of objects, empty ones. */
    private static List<BsonDocument> misleading() {
        Random random = new Random(18);
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            BsonDocument document = new BsonDocument("_id", new BsonInt32(i));
            switch (random.nextInt(5)) {
                case 0 -> document.append("a", new BsonString("}\n{".repeat(random.nextInt(20))));
                case 1 ->
                    document.append(
                            "b",
                            new BsonArray(List.of(
                                    new BsonDocument(), new BsonDocument("}\n{", new BsonInt32(1)), new BsonArray())));
                case 2 -> document.append("\\\"{}", new BsonString("\\\"}\\"));
                case 3 -> document.append("long", new BsonString("x".repeat(random.nextInt(1_000))));
                default -> document.append("c", new BsonDocument("d", new BsonDocument("e", new BsonDocument())));
            }
            documents.add(document);
        }
        return documents;
    }

    private static String text(List<BsonDocument> documents, JsonWriterSettings settings, String between) {
        StringBuilder text = new StringBuilder();
        documents.forEach(document -> text.append(document.toJson(settings)).append(between));
        return text.toString();
    }

    private static List<BsonDocument> read(JsonSource source, int partitions) {
        List<BsonDocument> documents = new ArrayList<>();
        for (Partition partition : source.partitions("c", new ReadRequest(List.of(), partitions))) {
            try (DocumentReader reader = source.open(partition, null)) {
                for (byte[] document = reader.read(); document != null; document = reader.read()) {
                    documents.add(BsonBytes.decode(document));
                }
            }
        }
        return documents;
    }

    private JsonSource divisible(String json, JsonOptions options) {
        return JsonSource.open(JsonFiles.write(directory.resolve("c.json"), json), options, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "", " \t", "\n\n \n"})
    void everyDocumentIsReadOnceWhateverIsBetween(String between) {
        List<BsonDocument> documents = misleading();
        for (JsonWriterSettings settings :
                List.of(JsonFiles.RELAXED, JsonFiles.PRETTY, JsonFiles.SHELL, JsonFiles.CANONICAL)) {
            try (JsonSource source = divisible(text(documents, settings, between), JsonOptions.defaults())) {
                for (int partitions : new int[] {1, 7, 200}) {
                    assertThat(read(source, partitions)).isEqualTo(documents);
                }
            }
        }
    }

    @Test
    void aFileWithOneDocumentOnALineIsSplit() {
        try (JsonSource source = divisible(text(misleading(), JsonFiles.RELAXED, "\n"), JsonOptions.defaults())) {
            assertThat(source.partitions("c", new ReadRequest(List.of(), 7))).hasSize(7);
        }
    }

    @Test
    void arraysCompressedAndSmallFilesAreNotSplit() {
        String json = text(misleading(), JsonFiles.RELAXED, "\n");
        JsonFiles.write(directory.resolve("small.json"), json);
        JsonFiles.gzip(directory.resolve("gzip.json"), json);
        JsonFiles.write(directory.resolve("array.json"), "[" + text(misleading(), JsonFiles.RELAXED, ",\n") + "{}]");
        ReadRequest request = new ReadRequest(List.of(), 7);
        try (JsonSource all = JsonSource.open(directory, JsonOptions.defaults(), 0);
                JsonSource usual = JsonSource.open(directory)) {
            assertThat(all.partitions("gzip", request)).hasSize(1);
            assertThat(all.partitions("array", request)).hasSize(1);
            assertThat(usual.partitions("small", request)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void theNumberOfALineDoesNotDependOnTheSplit(int partitions) {
        List<BsonDocument> documents = misleading();
        documents.forEach(document -> document.remove("_id"));
        try (JsonSource source = divisible(
                "\n" + text(documents, JsonFiles.PRETTY, "\r\n\n"),
                JsonOptions.defaults().withNumbers())) {
            List<BsonDocument> read = read(source, partitions);

            assertThat(read).hasSameSizeAs(documents);
            long line = 2;
            for (int i = 0; i < read.size(); i++) {
                assertThat(read.get(i).getInt64("_id").getValue()).isEqualTo(line);
                line += documents.get(i).toJson(JsonFiles.PRETTY).lines().count() + 1;
            }
        }
    }

    @Test
    void anEstimateIsMadeOfTheBeginning() {
        List<BsonDocument> documents = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            documents.addAll(misleading());
        }
        String json = text(documents, JsonFiles.PRETTY, "\n");
        try (JsonSource source = divisible(json, JsonOptions.defaults())) {
            assertThat(source.estimatedCount("c").orElseThrow()).isBetween(1_000L, 4_000L);
        }
    }

    @Test
    void aPlantedFileOfAnotherKindIsNoCollection() throws Exception {
        DumpFiles.write(directory.resolve(".hidden.json"), new byte[] {'{', '}'});
        DumpFiles.write(directory.resolve("prelude.json"), new byte[] {'{', '}'});
        DumpFiles.write(directory.resolve("notes.txt"), new byte[] {'{', '}'});
        DumpFiles.write(directory.resolve("inner/c.json"), new byte[] {'{', '}'});
        JsonFiles.write(directory.resolve("a.b.ndjson"), "{}");
        try (JsonSource source = JsonSource.open(directory)) {
            assertThat(source.collections()).containsExactly("a.b");
        }
    }
}
