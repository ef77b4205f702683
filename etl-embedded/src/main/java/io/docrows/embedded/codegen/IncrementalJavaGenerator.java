package io.docrows.embedded.codegen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jooq.codegen.JavaGenerator;
import org.jooq.meta.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * jOOQ's generator, kept from work that was done before: a stamp beside the generated classes holds a fingerprint of
 * everything they depend on, and of themselves. While it holds, no database starts.
 *
 * <p>Not thread-safe: Maven runs one execution on one thread.
 */
public final class IncrementalJavaGenerator extends JavaGenerator {

    private static final Logger LOG = LoggerFactory.getLogger(IncrementalJavaGenerator.class);

    /** Made by the code generator, through reflection. */
    public IncrementalJavaGenerator() {}

    @Override
    public void generate(Database database) {
        if (!(database instanceof MigratedPostgresDatabase migrated)) {
            throw new IllegalArgumentException("This generator needs the database "
                    + MigratedPostgresDatabase.class.getName() + ", set as generator/database/name in the pom.");
        }
        Path directory = Path.of(getTargetDirectory());
        Path stamp = directory.resolve(".fingerprint");
        try {
            if (Files.exists(stamp) && Files.readString(stamp).equals(fingerprint(migrated, directory))) {
                LOG.info("{} is up to date with its migrations", getTargetPackage());
                return;
            }
            Files.deleteIfExists(stamp);
            migrated.migrate();
            super.generate(database);
            requireTables(migrated);
            Files.createDirectories(directory);
            Files.writeString(stamp, fingerprint(migrated, directory));
            LOG.info("Generated {} from its migrations", getTargetPackage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The generator can log an error and return as if nothing had happened: no stamp may be set on that. */
    private void requireTables(MigratedPostgresDatabase migrated) {
        boolean empty = migrated.getSchemata().stream()
                .allMatch(schema -> migrated.getTables(schema).isEmpty());
        if (empty) {
            throw new IllegalStateException(
                    "The migrations in " + migrated.locations() + " made no table in " + migrated.getInputSchemata());
        }
    }

    private String fingerprint(MigratedPostgresDatabase migrated, Path directory) throws IOException {
        Path module = Path.of(migrated.getBasedir()).toAbsolutePath().normalize();
        Fingerprint fingerprint = new Fingerprint();
        // The versions of jOOQ, Flyway and PostgreSQL, and the configuration of the generator, are in these two.
        fingerprint.addFile(module.resolve("pom.xml"));
        fingerprint.addFile(module.resolveSibling("pom.xml"));
        for (Class<?> part : new Class<?>[] {getClass(), migrated.getClass()}) {
            fingerprint.addClass(part);
        }
        for (Path location : migrated.locations()) {
            fingerprint.addTree(location, path -> true);
        }
        fingerprint.addTree(directory, path -> path.toString().endsWith(".java"));
        return fingerprint.toString();
    }
}
