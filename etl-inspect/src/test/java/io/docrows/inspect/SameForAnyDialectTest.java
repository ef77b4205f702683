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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A collection is the same, whether it is read from a dump or from JSON, in every dialect that keeps its types. */
final class SameForAnyDialectTest {

    private static final int COUNT = 800;

    /** 1582-10-15. */
    private static final long GREGORIAN = -12_219_292_800_000L;

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

    /** What becomes of a value that a dialect, or the driver's writer of it, does not keep. */
    private static BsonValue written(BsonValue value, JsonMode mode) {
        if (value instanceof BsonDocument document) {
            BsonDocument copy = new BsonDocument();
            document.forEach((name, inner) -> copy.append(name, written(inner, mode)));
            return copy;
        }
        if (value instanceof BsonArray array) {
            return new BsonArray(
                    array.stream().map(inner -> written(inner, mode)).toList());
        }
        if (value instanceof BsonDbPointer pointer && mode != JsonMode.EXTENDED) {
            return new BsonDocument("$ref", new BsonString(pointer.getNamespace()))
                    .append("$id", new BsonObjectId(pointer.getId()));
        }
        if (value instanceof BsonInt64 number
                && mode == JsonMode.RELAXED
                && number.getValue() == (int) number.getValue()) {
            return new BsonInt32((int) number.getValue());
        }
        return value;
    }

    /** The driver writes the shell's dates in another calendar once they are old. */
    private static BsonValue writable(BsonValue value, JsonMode mode) {
        if (value instanceof BsonDocument document) {
            BsonDocument copy = new BsonDocument();
            document.forEach((name, inner) -> copy.append(name, writable(inner, mode)));
            return copy;
        }
        if (value instanceof BsonArray array) {
            return new BsonArray(
                    array.stream().map(inner -> writable(inner, mode)).toList());
        }
        return mode == JsonMode.SHELL && value instanceof BsonDateTime date && date.getValue() < GREGORIAN
                ? new BsonDateTime(GREGORIAN)
                : value;
    }

    private static void types(BsonValue value, Set<BsonType> found) {
        found.add(value.getBsonType());
        if (value instanceof BsonDocument document) {
            document.values().forEach(inner -> types(inner, found));
        } else if (value instanceof BsonArray array) {
            array.forEach(inner -> types(inner, found));
        }
    }

    @Test
    void theDocumentsHaveEveryType() {
        Set<BsonType> found = EnumSet.noneOf(BsonType.class);
        new RandomDocuments(9).some(COUNT).forEach(document -> types(document, found));
        assertThat(EnumSet.complementOf(EnumSet.copyOf(found))).containsExactly(BsonType.END_OF_DOCUMENT);
    }

    @ParameterizedTest
    @EnumSource(
            value = JsonMode.class,
            names = {"EXTENDED", "STRICT", "SHELL", "RELAXED"})
    void findsTheSame(JsonMode mode) throws IOException {
        List<BsonDocument> documents = new RandomDocuments(9)
                .some(COUNT).stream()
                        .map(document -> writable(document, mode).asDocument())
                        .toList();
        JsonWriterSettings dialect =
                JsonWriterSettings.builder().outputMode(mode).build();
        ByteArrayOutputStream bson = new ByteArrayOutputStream();
        for (BsonDocument document : documents) {
            bson.writeBytes(MemorySource.encode(written(document, mode).asDocument()));
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
