package io.docrows.cli.config;

import io.docrows.PipelineProvider;
import io.docrows.mapping.CollectionMapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;

/** A configuration file to begin with. */
public final class ExampleFile {

    private static final String NAME = "etl.example.yaml";

    private ExampleFile() {}

    /**
     * Returns the file, in the words of the first pipeline.
     *
     * @param pipelines the pipelines that there are; without one, names are made up
     * @return its text, with comments
     */
    public static String text(List<PipelineProvider> pipelines) {
        if (pipelines.isEmpty()) {
            return text();
        }
        List<String> collections = pipelines.get(0).pipeline().mappings().stream()
                .map(CollectionMapping::collection)
                .limit(2)
                .toList();
        return text().replaceAll(
                        "\\bshop\\b", Matcher.quoteReplacement(pipelines.get(0).name()))
                .replace("[customers, orders]", "[" + String.join(", ", collections) + "]");
    }

    private static String text() {
        try (InputStream file = ExampleFile.class.getResourceAsStream(NAME)) {
            if (file == null) {
                throw new IllegalStateException("the program was built without its " + NAME);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
