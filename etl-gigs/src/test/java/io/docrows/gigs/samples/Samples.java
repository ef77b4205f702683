package io.docrows.gigs.samples;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the committed files, whichever directory of the repository the tests run in. */
public final class Samples {

    private Samples() {}

    /**
     * The marketplace that loads without a reject.
     *
     * @return a mongodump directory
     */
    public static Path gigs() {
        return repository().resolve("samples").resolve("gigs");
    }

    /**
     * The marketplace with faults.
     *
     * @return a mongodump directory
     */
    public static Path dirty() {
        return repository().resolve("samples").resolve("gigs-dirty");
    }

    /**
     * The directory that holds everything.
     *
     * @return the directory of the Maven wrapper
     */
    public static Path repository() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException("the tests do not run within the repository");
            }
        }
        return directory;
    }
}
