package io.docrows.source.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.docrows.error.DocrowsException;
import io.docrows.source.DocumentReader;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.dump.DumpFiles;
import io.docrows.source.json.JsonFiles.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage is told with file, line and byte, after everything before it was handed out. */
final class JsonDamageTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    static Stream<Arguments> damages() {
        return Stream.of(
                arguments("{\"a\":1}\n{\"a\":2}\n{\"a\":3", 2, "line 3, byte 16: expected a whole document"),
                arguments("{\"a\":1}\r\n{\"a\":secret}\r\n", 1, "line 2, byte "),
                arguments("{\"a\":1}\n\n[1]\n", 1, "line 3, byte 9: expected a document, which begins with {"),
                arguments("{\"a\":1}\n7\n", 1, "line 2, byte 8: expected a document"),
                arguments("{\"a\":1},\n{\"a\":2}", 1, "line 1, byte "),
                arguments("{\"a\":1}\n{\"a\":\"b\nc\"}", 1, "line 2, byte "),
                arguments("{\"a\":1}\n{\"a\\u0000\":1}", 1, "without the character U+0000"),
                arguments("[{\"a\":1},{\"a\":2}", 2, "line 1, byte "),
                arguments("[{\"a\":1},{\"a\":2}] {}", 2, "line 1, byte 18: expected nothing more behind the array"),
                arguments("[{\"a\":1} {\"a\":2}]", 1, "line 1, byte "),
                arguments("[{\"a\":1},7]", 1, "line 1, byte 9: expected a document"),
                arguments("[", 0, "expected a whole document"),
                arguments("hello", 0, "line 1, byte 0"));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void theReaderSaysWhereItIs(String json, int before, String place) {
        Outcome outcome = JsonFiles.read(json);

        assertThat(outcome.documents()).hasSize(before);
        assertThat(outcome.error())
                .startsWith("SOURCE_CORRUPT: The JSON file - is damaged at ")
                .contains(place)
                .contains("Everything before was read")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}\n"
                        + "{\"b\":{\"$oid\":\"5313354a5c1af00d422b0000\"},\"c\":[\"é\\\\\\u0041\",-1.5e3]}\n"
                        + "{\"d\":null}\n",
                "{a: 1}\n/* 2 */ {b: ObjectId('5313354a5c1af00d422b0000'), c: /a\\/b/i}\n{d: new Date(5)}\n",
                "[{\"a\":1},\n{\"b\":[{}]},{\"d\":true}]\n"
            })
    void aFileThatIsCutAnywhereGivesItsWholeDocuments(String json) {
        byte[] whole = json.getBytes(UTF_8);
        boolean array = json.startsWith("[");
        int ended = 0;
        for (int cut = 0; cut <= whole.length; cut++) {
            Outcome outcome = cut == 0 ? new Outcome(List.of(), "") : JsonFiles.read(Arrays.copyOf(whole, cut));
            assertThat(outcome.documents().size()).as("cut at %d", cut).isBetween(ended, ended + 1);
            ended = outcome.documents().size();
            String rest = new String(whole, 0, cut, UTF_8).strip();
            boolean complete = array
                    ? cut == 0 || cut >= json.strip().length()
                    : rest.isEmpty() || rest.endsWith("}") || rest.endsWith("*/");
            if (!complete) {
                assertThat(outcome.error()).as("cut at %d", cut).startsWith("SOURCE_CORRUPT");
            } else if (array) {
                assertThat(outcome.error()).isEmpty();
            }
        }
        assertThat(ended).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\t", "[]", "\n[ ]\n", "\uFEFF", "\uFEFF[]"})
    void aFileWithoutDocumentsIsAnEmptyCollection(String json) throws Exception {
        Path file = JsonFiles.write(directory.resolve("empty.json"), json);
        try (JsonSource source = JsonSource.open(file)) {
            assertThat(JsonFiles.read(source, "empty")).isEqualTo(new Outcome(List.of(), ""));
            assertThat(source.estimatedCount("empty")).hasValue(0);
        }
    }

    @Test
    void aByteOrderMarkIsPassedOver() {
        assertThat(JsonFiles.read("\uFEFF{\"a\":1}").documents()).hasSize(1);
    }

    @Test
    void anotherEncodingIsNamed() {
        for (byte[] json : new byte[][] {
            "{\"a\":1}".getBytes(UTF_16), "{\"a\":1}".getBytes(UTF_16LE), "\uFEFF{\"a\":1}".getBytes(UTF_16LE)
        }) {
            assertThatThrownBy(() -> JsonFiles.read(json))
                    .isInstanceOf(DocrowsException.class)
                    .hasMessageContaining("not encoded as UTF-8")
                    .hasMessageContaining("iconv");
        }
    }

    @Test
    void namesThatOccurTwiceAndTheirOrderAreKept() throws Exception {
        Path file = JsonFiles.write(directory.resolve("c.json"), "{\"b\":1,\"a\":2,\"b\":3}");
        try (JsonSource source = JsonSource.open(file);
                DocumentReader reader = source.open(
                        source.partitions("c", ReadRequest.everything()).get(0), null)) {
            assertThat(reader.read()).isEqualTo(new byte[] {
                26, 0, 0, 0, 16, 'b', 0, 1, 0, 0, 0, 16, 'a', 0, 2, 0, 0, 0, 16, 'b', 0, 3, 0, 0, 0, 0
            });
        }
    }

    @Test
    void aCutOffGzipFileIsTold() throws Exception {
        byte[] gzip = DumpFiles.gzip("{\"a\":1}\n".repeat(50_000).getBytes(UTF_8));
        Path file = DumpFiles.write(directory.resolve("c.json.gz"), Arrays.copyOf(gzip, gzip.length / 2));
        try (JsonSource source = JsonSource.open(file)) {
            Outcome outcome = JsonFiles.read(source, "c");

            assertThat(outcome.documents()).hasSizeGreaterThan(1000);
            assertThat(outcome.error()).startsWith("SOURCE_CORRUPT").contains("compressed data");
        }
    }

    @Test
    void aDocumentThatIsTooDeepIsReadForTheDecoderToReject() {
        assertThat(JsonFiles.length("{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000)))
                .isGreaterThan(30_000);
        assertThat(JsonFiles.read("{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000))
                        .error())
                .startsWith("SOURCE_CORRUPT")
                .contains("levels");
    }

    @Test
    void aDocumentThatMongoDbCouldNotStoreIsRefused() {
        String text = "x".repeat(1 << 20);
        String large = "\"" + text + "\",";
        assertThat(JsonFiles.length("{\"a\":[" + large.repeat(15) + "1]}")).isGreaterThan(15 << 20);
        assertThat(JsonFiles.read("{}\n{\"a\":[" + large.repeat(17) + "1]}").error())
                .contains("line 2, byte 3")
                .contains("no larger than MongoDB stores");
    }

    /** Their text, as base64, is a third longer than what MongoDB stores. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$binary\":{\"base64\":\"DATA\",\"subType\":\"00\"}}",
                "{\"$binary\":\"DATA\",\"$type\":\"02\"}",
                "BinData(0, 'DATA')"
            })
    void aDocumentOfBinaryDataThatMongoDbStoresDoesNotEndTheFile(String form) {
        int groups = ((16 << 20) - 100) / 3;
        Outcome outcome =
                JsonFiles.read("{\"a\":1,\"v\":" + form.replace("DATA", "AAAA".repeat(groups)) + "}\n{\"a\":2}");

        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.documents()).hasSize(2);
        assertThat(outcome.documents().get(0).getBinary("v").getData()).hasSize(3 * groups);
        assertThat(outcome.documents().get(1).get("a")).isEqualTo(new BsonInt32(2));
    }

    @Test
    void binaryDataThatMongoDbCouldNotStoreIsRefused() {
        String data = "AAAA".repeat(((16 << 20) + (16 << 10)) / 3);
        assertThat(JsonFiles.read("{\"v\":{\"$binary\":{\"base64\":\"" + data + "\",\"subType\":\"00\"}}}")
                        .error())
                .contains("no larger than MongoDB stores");
    }

    /** Room is made for what the letters of any language may take, which these do not need. */
    @Test
    void aDocumentOfLettersBeyondAsciiIsReadAsLongAsMongoDbStoresIt() {
        int letters = ((16 << 20) - 100) / 2;
        assertThat(JsonFiles.length("{\"v\":\"" + "é".repeat(letters) + "\"}")).isGreaterThan(2 * letters);
    }

    @Test
    void aFileThatChangedIsNotReadOn() throws Exception {
        Path file = JsonFiles.write(directory.resolve("c.json"), "{\"a\":1}\n");
        try (JsonSource source = JsonSource.open(file)) {
            Partition partition =
                    source.partitions("c", ReadRequest.everything()).get(0);
            Files.writeString(file, "{\"a\":1}\n{\"a\":2}\n");
            assertThatThrownBy(() -> source.open(partition, null))
                    .hasMessageContaining("has changed since it was first read");
        }
    }

    @Test
    void whatFollowsAnErrorIsTheSameError() throws Exception {
        Path file = JsonFiles.write(directory.resolve("c.json"), "{\"a\":1}\n}");
        try (JsonSource source = JsonSource.open(file);
                DocumentReader reader = source.open(
                        source.partitions("c", ReadRequest.everything()).get(0), null)) {
            assertThat(reader.read()).isNotNull();
            byte[] position = reader.position();
            assertThatThrownBy(reader::read).hasMessageContaining("line 2");
            assertThatThrownBy(reader::read).hasMessageContaining("line 2");
            assertThat(reader.position()).isEqualTo(position);
        }
    }

    @Test
    void everyDocumentBeforeTheDamageCanBeReadAgain() {
        Outcome outcome = JsonFiles.read("{\"a\":1}\n{\"a\":2}\n{]");
        assertThat(outcome.documents())
                .extracting(document -> document.get("a"))
                .containsExactly(new BsonInt32(1), new BsonInt32(2));
    }
}
