package io.docrows.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A configuration file to begin with. */
public final class ExampleFile {

    private static final String NAME = "etl.example.yaml";

    private ExampleFile() {}

    /**
     * The file.
     *
     * @return its text, with comments
     */
    public static String text() {
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
