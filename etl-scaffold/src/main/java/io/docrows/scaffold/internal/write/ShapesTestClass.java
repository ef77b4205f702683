package io.docrows.scaffold.internal.write;

import io.docrows.inspect.fact.Inspection;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.scaffold.internal.choose.Paths;
import io.docrows.scaffold.internal.design.Expected;
import io.docrows.scaffold.internal.design.ProjectDesign;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** The test of a project: its mappings decode documents of the shapes that were found. */
final class ShapesTestClass {

    private static final String TEXT = """
            package @PACKAGE@;

            import static org.junit.jupiter.api.Assertions.assertInstanceOf;

            import io.docrows.mapping.CollectionMapping;
            import io.docrows.mapping.Decoded;
            import io.docrows.mapping.MappedDocument;
            import java.io.IOException;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.util.List;
            import java.util.Map;
            import org.bson.BsonBinaryWriter;
            import org.bson.BsonDocument;
            import org.bson.codecs.BsonDocumentCodec;
            import org.bson.codecs.EncoderContext;
            import org.bson.io.BasicOutputBuffer;
            import org.junit.jupiter.params.ParameterizedTest;
            import org.junit.jupiter.params.provider.MethodSource;

            /** Every mapping decodes documents of each shape that was found. The values in them are made up. */
            final class ShapesTest {

                private static final Path SHAPES = Path.of("src", "test", "resources", "shapes");

                /** The file with the documents of each table. */
                private static final Map<String, String> FILES = Map.ofEntries(
            @FILES@);

                static List<CollectionMapping<?>> mappings() {
                    return @PIPELINE@.pipeline().mappings();
                }

                @ParameterizedTest
                @MethodSource("mappings")
                void decodesEveryShape(CollectionMapping<?> mapping) throws IOException {
                    for (String json : Files.readAllLines(SHAPES.resolve(FILES.get(mapping.table().getName())))) {
                        Decoded<?> decoded = mapping.decode(bson(json));
                        assertInstanceOf(MappedDocument.class, decoded, () -> decoded + " from " + json);
                    }
                }

                private static byte[] bson(String json) {
                    BasicOutputBuffer bytes = new BasicOutputBuffer();
                    new BsonDocumentCodec().encode(
                            new BsonBinaryWriter(bytes),
                            BsonDocument.parse(json),
                            EncoderContext.builder().build());
                    return bytes.toByteArray();
                }
            }
            """;

    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    /** The text of documents that have no table of their own; whatever else they have. */
    private static final String OTHER = "none of these";

    private ShapesTestClass() {}

    /** The files, by path. */
    static Map<String, String> of(
            JavaNames names,
            ProjectDesign project,
            Inspection inspection,
            Function<CollectionChoice, Map<List<String>, Expected>> expected) {
        Map<String, String> files = new LinkedHashMap<>();
        String entries = project.roots().stream()
                .map(root ->
                        "            Map.entry(" + quoted(root.name()) + ", " + quoted(root.name() + ".jsonl") + ")")
                .collect(Collectors.joining(",\n"));
        files.put(
                "src/test/java/" + names.packageName().replace('.', '/') + "/ShapesTest.java",
                TEXT.replace("@PACKAGE@", names.packageName())
                        .replace("@FILES@", entries)
                        .replace("@PIPELINE@", names.pipelineClass().simpleName()));
        for (CollectionChoice one : project.choices().collections()) {
            inspection.collection(one.collection()).map(Paths::new).ifPresent(paths -> {
                Map<List<String>, Expected> columns = expected.apply(one);
                files.put(file(one), lines(paths, columns, one.split().map(split -> MadeUp.kind(split.by(), OTHER))));
                one.split()
                        .ifPresent(split -> split.tables()
                                .forEach((text, part) -> files.put(
                                        file(part),
                                        lines(paths, columns, Optional.of(MadeUp.kind(split.by(), text))))));
            });
        }
        return files;
    }

    private static String file(CollectionChoice one) {
        return "src/test/resources/shapes/" + one.table() + ".jsonl";
    }

    private static String lines(
            Paths paths, Map<List<String>, Expected> columns, Optional<UnaryOperator<BsonDocument>> kind) {
        return MadeUp.of(paths, columns).stream()
                .map(kind.orElse(UnaryOperator.identity()))
                .map(document -> document.toJson(CANONICAL) + "\n")
                .collect(Collectors.joining());
    }

    private static String quoted(String text) {
        return com.palantir.javapoet.CodeBlock.of("$S", text).toString();
    }
}
