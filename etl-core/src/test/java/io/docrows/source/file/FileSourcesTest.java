package io.docrows.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.docrows.source.DocumentSource;
import io.docrows.source.dump.DumpFiles;
import io.docrows.source.json.JsonOptions;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a dump and what is JSON is told by names, and by contents where a name says nothing. */
final class FileSourcesTest {

    private static final byte[] JSON = "{\"_id\":1}\n".getBytes(UTF_8);
    private static final byte[] BSON = DumpFiles.joined(DumpFiles.others());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** What it is opened as, which is what is told of it before. */
    private String kind(String path) {
        Optional<Boolean> json = FileSources.isJson(directory.resolve(path));
        try (DocumentSource source =
                FileSources.open(directory.resolve(path), Optional.empty(), JsonOptions.defaults())) {
            String kind = source.description().substring(0, source.description().indexOf(':'));
            assertThat(json).hasValue(kind.equals("json"));
            return kind;
        }
    }

    private void write(String path, byte[] bytes) {
        DumpFiles.write(directory.resolve(path), bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.jsonl", "a.ndjson", "a.json.gz", "a.txt", "a"})
    void aFileOfJsonIsJson(String name) {
        write(name, name.endsWith(".gz") ? DumpFiles.gzip(JSON) : JSON);
        assertThat(kind(name)).isEqualTo("json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.bson", "a.bson.gz"})
    void aFileOfADumpIsADump(String name) {
        write(name, name.endsWith(".gz") ? DumpFiles.gzip(BSON) : BSON);
        assertThat(kind(name)).isEqualTo("dump");
    }

    @Test
    void contentsThatAreCompressedAreLookedInto() {
        write("a", DumpFiles.gzip(("\n".repeat(5_000) + "[{}]").getBytes(UTF_8)));
        assertThat(kind("a")).isEqualTo("json");
    }

    @Test
    void aDirectoryOfADumpStaysOneBesideJson() {
        write("dump/shop/users.bson", BSON);
        write("dump/shop/users.metadata.json", JSON);
        write("dump/prelude.json", JSON);
        write("dump/notes.json", JSON);
        write("export/users.json", JSON);
        write("export/users.metadata.json", JSON);

        assertThat(kind("dump/shop")).isEqualTo("dump");
        assertThat(kind("dump")).isEqualTo("dump");
        assertThat(kind("export")).isEqualTo("json");
    }

    @Test
    void aStreamIsToldByItsBeginning() {
        for (byte[] bytes : new byte[][] {JSON, DumpFiles.gzip(JSON), "\uFEFF[\n{}]".getBytes(UTF_8)}) {
            assertThat(described(bytes)).isEqualTo("json:-");
        }
        for (byte[] bytes : new byte[][] {BSON, DumpFiles.gzip(BSON)}) {
            assertThat(described(bytes)).isEqualTo("dump:-");
        }
        assertThatThrownBy(() -> described("name,email\n".getBytes(UTF_8)))
                .hasMessageContaining("neither BSON nor an archive");
    }

    /** Their lengths, in the first four bytes, are those of a brace, a bracket or a blank. */
    @Test
    void aDocumentWhoseLengthReadsLikeABraceIsBson() {
        for (int size : new int[] {'{', '[', ' ', '{' | '"' << 8, '\n' | '\n' << 8 | '{' << 16}) {
            assertThat(described(DumpFiles.documentOf(size))).isEqualTo("dump:-");
        }
    }

    private static String described(byte[] bytes) {
        try (DocumentSource source =
                FileSources.read(new ByteArrayInputStream(bytes), "-", Optional.empty(), JsonOptions.defaults())) {
            return source.description();
        }
    }

    @Test
    void whatIsForOneKindIsRefusedForTheOther() {
        write("a.json", JSON);
        write("b.bson", BSON);
        JsonOptions numbered = JsonOptions.defaults().withNumbers();
        assertThatThrownBy(() -> FileSources.open(directory.resolve("b.bson"), Optional.empty(), numbered))
                .hasMessageContaining("--number-documents");
        assertThatThrownBy(() ->
                        FileSources.open(directory.resolve("a.json"), Optional.of("shop"), JsonOptions.defaults()))
                .hasMessageContaining("--database");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThatThrownBy(() -> kind("users.json")).hasMessageContaining("No file exists at");
        assertThatThrownBy(() -> kind("users")).hasMessageContaining("No dump exists at");
    }
}
