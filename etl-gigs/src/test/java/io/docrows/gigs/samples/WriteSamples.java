package io.docrows.gigs.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the generated files below a directory, {@code samples} unless another one is named. */
public final class WriteSamples {

    private WriteSamples() {}

    /**
     * Writes the files and overwrites those that are there.
     *
     * @param arguments the directory, or nothing
     */
    public static void main(String[] arguments) {
        Path samples = Path.of(arguments.length == 0 ? "samples" : arguments[0]);
        SampleFiles.all().forEach((name, content) -> write(samples.resolve(name), content));
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
