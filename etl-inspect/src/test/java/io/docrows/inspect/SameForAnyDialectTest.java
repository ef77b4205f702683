package io.docrows.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.testing.MemorySource;
import io.docrows.inspect.testing.RandomDocuments;
import io.docrows.source.DocumentSource;
import io.docrows.source.dump.DumpSource;
import io.docrows.source.json.JsonSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A collection is the same, whether it is read from a dump or from JSON, in every dialect that keeps its types. */
final class SameForAnyDialectTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static Inspection inspect(DocumentSource source) {
        try (source) {
            Inspection found = Inspector.of(source)
                    .inspect(InspectOptions.defaults().threads(2))
                    .orElseThrow();
            // Where it was found is another place.
            return new Inspection("", found.sampled(), found.collections(), found.references());
        }
    }

    /**
     * The driver writes a DBPointer as a reference in all dialects but one, and the shell's dates in another calendar.
     */
    private static boolean isKept(BsonValue value) {
        BsonType type = value.getBsonType();
        if (type == BsonType.DOCUMENT) {
            return value.asDocument().values().stream().allMatch(SameForAnyDialectTest::isKept);
        }
        if (type == BsonType.ARRAY) {
            return value.asArray().stream().allMatch(SameForAnyDialectTest::isKept);
        }
        return type != BsonType.DB_POINTER
                && (type != BsonType.DATE_TIME || value.asDateTime().getValue() >= 0)
                && (type != BsonType.TIMESTAMP || value.asTimestamp().getValue() >= 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = JsonMode.class,
            names = {"EXTENDED", "STRICT", "SHELL"})
    void findsTheSame(JsonMode mode) throws IOException {
        List<BsonDocument> documents = new RandomDocuments(9)
                .some(800).stream().filter(SameForAnyDialectTest::isKept).toList();
        assertThat(documents).hasSizeGreaterThan(300);
        JsonWriterSettings dialect =
                JsonWriterSettings.builder().outputMode(mode).build();
        ByteArrayOutputStream bson = new ByteArrayOutputStream();
        for (BsonDocument document : documents) {
            bson.writeBytes(MemorySource.encode(document));
        }
        Path dump = Files.createDirectory(directory.resolve("dump"));
        Files.write(dump.resolve("things.bson"), bson.toByteArray());
        Path json = Files.createDirectory(directory.resolve("json"));
        Files.writeString(
                json.resolve("things.json"),
                documents.stream().map(document -> document.toJson(dialect)).collect(Collectors.joining("\n")));

        assertThat(inspect(JsonSource.open(json))).isEqualTo(inspect(DumpSource.open(dump)));
    }
}
