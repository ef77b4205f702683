package io.docrows.source.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.docrows.internal.bson.RandomBson;
import io.docrows.source.DocumentReader;
import io.docrows.source.DocumentSource;
import io.docrows.source.Partition;
import io.docrows.source.ReadRequest;
import io.docrows.source.dump.DumpFiles;
import io.docrows.source.dump.DumpSource;
import io.docrows.source.internal.BsonBytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonWriterSettings;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Documents of every BSON type are the very same bytes, whether they are read from a dump or from JSON; but for the
 * types that a dialect, or the driver's writer of it, does not keep.
 */
final class SameDocumentsTest {

    private static final int DOCUMENTS = 400;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    static Stream<Arguments> dialects() {
        UnaryOperator<BsonValue> all = UnaryOperator.identity();
        UnaryOperator<BsonValue> withoutPointers = SameDocumentsTest::reference;
        UnaryOperator<BsonValue> smallIntegers = value -> reference(smallest(value));
        return Stream.of(
                arguments("canonical", JsonFiles.CANONICAL, all),
                arguments("pretty", JsonFiles.PRETTY, all),
                arguments("v1", JsonFiles.STRICT, withoutPointers),
                arguments("shell", JsonFiles.SHELL, withoutPointers),
                arguments("relaxed", JsonFiles.RELAXED, smallIntegers));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void jsonGivesTheDocumentsOfADump(String name, JsonWriterSettings dialect, UnaryOperator<BsonValue> kept) {
        List<byte[]> documents = documents();
        List<byte[]> expected = documents.stream()
                .map(document -> BsonBytes.encode(
                        changed(BsonBytes.decode(document), kept).asDocument()))
                .toList();
        DumpFiles.write(directory.resolve("dump/c.bson"), DumpFiles.joined(expected));
        JsonFiles.write(directory.resolve("json/c.json"), JsonFiles.lines(documents, dialect));
        JsonFiles.write(directory.resolve("array/c.json"), JsonFiles.array(documents, dialect, "\n"));

        List<String> dump = read(DumpSource.open(directory.resolve("dump")));

        assertThat(dump).hasSize(DOCUMENTS);
        assertThat(read(JsonSource.open(directory.resolve("json")))).isEqualTo(dump);
        assertThat(read(JsonSource.open(directory.resolve("array")))).isEqualTo(dump);
    }

    private static List<byte[]> documents() {
        RandomBson random = new RandomBson(18);
        List<byte[]> documents = new ArrayList<>();
        while (documents.size() < DOCUMENTS) {
            BsonDocument document = random.document(3);
            if (!document.isEmpty()) {
                documents.add(BsonBytes.encode(
                        changed(document, SameDocumentsTest::writable).asDocument()));
            }
        }
        return documents;
    }

    /** No text tells one NaN from another, or has all the encodings of a decimal128. */
    private static BsonValue writable(BsonValue value) {
        if (value instanceof BsonDouble number && Double.isNaN(number.getValue())) {
            return new BsonDouble(Double.NaN);
        }
        if (value instanceof BsonDecimal128 number) {
            try {
                return new BsonDecimal128(Decimal128.parse(number.getValue().toString()));
            } catch (NumberFormatException beyond) {
                return new BsonDecimal128(Decimal128.NaN);
            }
        }
        return value;
    }

    /** But for its canonical mode, the driver writes a DBPointer as a reference, which is a document. */
    private static BsonValue reference(BsonValue value) {
        return value instanceof BsonDbPointer pointer
                ? new BsonDocument("$ref", new BsonString(pointer.getNamespace()))
                        .append("$id", new BsonObjectId(pointer.getId()))
                : value;
    }

    private static BsonValue smallest(BsonValue value) {
        return value instanceof BsonInt64 number && number.getValue() == (int) number.getValue()
                ? new BsonInt32((int) number.getValue())
                : value;
    }

    private static BsonValue changed(BsonValue value, UnaryOperator<BsonValue> change) {
        if (value instanceof BsonDocument document) {
            BsonDocument copy = new BsonDocument();
            document.forEach((name, inner) -> copy.append(name, changed(inner, change)));
            return copy;
        }
        if (value instanceof BsonArray array) {
            return new BsonArray(
                    array.stream().map(inner -> changed(inner, change)).toList());
        }
        if (value instanceof BsonJavaScriptWithScope code) {
            return new BsonJavaScriptWithScope(
                    code.getCode(), changed(code.getScope(), change).asDocument());
        }
        return change.apply(value);
    }

    private static List<String> read(DocumentSource opened) {
        List<String> read = new ArrayList<>();
        try (DocumentSource source = opened) {
            for (Partition partition : source.partitions("c", ReadRequest.everything())) {
                try (DocumentReader reader = source.open(partition, null)) {
                    for (byte[] document = reader.read(); document != null; document = reader.read()) {
                        read.add(HexFormat.of().formatHex(document));
                    }
                }
            }
        }
        return read;
    }
}
