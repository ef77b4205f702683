package io.docrows.source.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.error.DocrowsException;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.internal.BsonBytes;
import io.docrows.source.json.JsonFiles.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonInt64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents without an {@code _id} get a number, if somebody asks for it. */
final class NumberedDocumentsTest {

    private static JsonSource numbered(String json) {
        return JsonSource.read(
                new ByteArrayInputStream(json.getBytes(UTF_8)),
                "-",
                JsonOptions.defaults().withCollection("c").withNumbers());
    }

    private static Outcome read(String json) {
        try (JsonSource source = numbered(json)) {
            return JsonFiles.read(source, "c");
        }
    }

    @Test
    void aLineGivesItsNumber() {
        assertThat(read("{\"a\":1}\n\n{\"a\":\n2}\r\n{a: ObjectId('x')}\r{/*\n*/\"a\":3}\n{}")
                        .documents())
                .extracting(document -> document.get("_id"))
                .containsExactly(
                        new BsonInt64(1), new BsonInt64(3), new BsonInt64(5), new BsonInt64(6), new BsonInt64(8));
    }

    /** The shell breaks long texts over lines, so that bytes do not tell which line a later part begins with. */
    @Test
    void isTheSameHoweverManyReadersThereAre(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("c.json");
        Files.writeString(file, "{a: 'x' +\n 'y'}\n{a: 1}\n{a: 2}\n{a: 3}\n");
        JsonOptions options = JsonOptions.defaults().withCollection("c").withNumbers();
        try (JsonSource whole = JsonSource.open(file, options);
                JsonSource cut = JsonSource.open(file, options, 1)) {
            List<BsonInt64> numbers = new ArrayList<>();
            for (Partition partition : cut.partitions("c", new ReadRequest(List.of(), 3))) {
                try (DocumentReader reader = cut.open(partition, null)) {
                    for (byte[] document = reader.read(); document != null; document = reader.read()) {
                        numbers.add(BsonBytes.decode(document).getInt64("_id"));
                    }
                }
            }
            assertThat(numbers)
                    .isEqualTo(JsonFiles.read(whole, "c").documents().stream()
                            .map(document -> document.getInt64("_id"))
                            .toList());
        }
    }

    @Test
    void anElementGivesItsOwn() {
        assertThat(read("[{\"a\":1},{\"a\":2},\n{\"a\":3}]").documents())
                .extracting(document -> document.get("_id"))
                .containsExactly(new BsonInt64(1), new BsonInt64(2), new BsonInt64(3));
    }

    @Test
    void theNumberIsTheFirstField() {
        assertThat(read("{\"a\":1}").documents().get(0).getFirstKey()).isEqualTo("_id");
    }

    @Test
    void twoDocumentsOnALineAreNotTakenForOne() {
        Outcome outcome = read("{\"a\":1}\n{\"a\":2}{\"a\":3}");
        assertThat(outcome.documents()).hasSize(2);
        assertThat(outcome.error()).contains("line 2, byte 15: expected one document on a line");
    }

    @Test
    void anIdIsNotReplaced() {
        Outcome outcome = read("{\"a\":1}\n{\"_id\":7}");
        assertThat(outcome.documents()).hasSize(1);
        assertThat(outcome.error()).contains("line 2, byte 8: expected a document without _id");
    }

    @Test
    void numbersGoOnAfterEveryPosition() {
        for (String json : List.of("[{\"a\":1},{\"a\":2},\n{\"a\":3}]", "{\"a\":1}\n{\"a\":2}\n\n{\"a\":3}")) {
            List<BsonInt64> ids = read(json).documents().stream()
                    .map(document -> document.getInt64("_id"))
                    .toList();
            try (JsonSource source = numbered(json)) {
                Partition partition =
                        source.partitions("c", ReadRequest.everything()).get(0);
                for (int k = 1; k <= 3; k++) {
                    assertThat(rest(source, partition, k)).isEqualTo(ids.subList(k, 3));
                }
            }
        }
    }

    private static List<BsonInt64> rest(DocumentSource source, Partition partition, int after) {
        try (DocumentReader reader = source.open(partition, null)) {
            for (int i = 0; i < after; i++) {
                reader.read();
            }
            try (DocumentReader next = source.open(partition, reader.position())) {
                java.util.ArrayList<BsonInt64> ids = new java.util.ArrayList<>();
                for (byte[] document = next.read(); document != null; document = next.read()) {
                    ids.add(new org.bson.RawBsonDocument(document).getInt64("_id"));
                }
                return ids;
            }
        }
    }

    @Test
    void aRunWithNumbersIsNotContinuedWithoutThem() {
        String json = "{\"a\":1}\n";
        try (JsonSource source = numbered(json);
                JsonSource other =
                        JsonSource.read(new ByteArrayInputStream(json.getBytes(UTF_8)), "-", JsonOptions.defaults())) {
            Partition partition =
                    source.partitions("c", ReadRequest.everything()).get(0);
            assertThatThrownBy(() -> other.open(partition, null))
                    .isInstanceOf(DocrowsException.class)
                    .hasMessageContaining("with the same options")
                    .hasMessageContaining("--force");
        }
    }
}
