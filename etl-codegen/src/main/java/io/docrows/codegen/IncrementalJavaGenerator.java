package io.docrows.codegen;

import io.docrows.embedded.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy.Mode;
import org.jooq.codegen.JavaGenerator;
import org.jooq.codegen.JavaWriter;
import org.jooq.meta.DataTypeDefinition;
import org.jooq.meta.Database;
import org.jooq.meta.DomainDefinition;
import org.jooq.meta.jaxb.OnError;
import org.jspecify.annotations.Nullable;
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

    private static final List<Class<?>> PARTS = List.of(
            IncrementalJavaGenerator.class,
            MigratedPostgresDatabase.class,
            DistinctNames.class,
            ForcedTypes.class,
            JavaTypes.class,
            TrueDomains.class,
            TrueIndex.class,
            TrueTable.class,
            TrueType.class);

    private @Nullable DistinctNames names;

    /** Made by the code generator, through reflection. */
    public IncrementalJavaGenerator() {}

    /** Whatever the strategy, its names are told apart. */
    @Override
    public void setStrategy(GeneratorStrategy strategy) {
        super.setStrategy(strategy);
        // With what jOOQ itself changes in the names of a strategy: two may be one only then.
        names = new DistinctNames(getStrategy());
        super.setStrategy(names);
    }

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
            configure(migrated);
            if (names != null) {
                names.tellApart(migrated);
            }
            super.generate(database);
            requireTables(migrated);
            Files.createDirectories(directory);
            Files.writeString(stamp, fingerprint(migrated, directory));
            LOG.info("Generated {} from its migrations", getTargetPackage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What every schema needs, so that no configuration has to say it. */
    private static void configure(MigratedPostgresDatabase migrated) {
        migrated.getConfiguredForcedTypes().addAll(ForcedTypes.all());
        // The database logs an error and goes on with what it has.
        migrated.setOnError(OnError.FAIL);
        migrated.setIncludeRoutines(false);
        // A numeric(5) is sent as a numeric, not as an integer.
        migrated.setForceIntegerTypesOnZeroScaleDecimals(false);
    }

    /**
     * Adds what jOOQ knows of a type and does not write: that PostgreSQL computes the column, a scale below zero, no
     * fraction of a second, and that a view's column may be NULL where its domain may not.
     */
    @Override
    protected String getJavaTypeReference(Database db, DataTypeDefinition type, JavaWriter out) {
        String reference = JavaTypes.reference(type, super.getJavaTypeReference(db, type, out), out);
        if (type.getScale() < 0) {
            String precision = "(" + type.getPrecision();
            reference = reference.replace(precision + ")", precision + ", " + type.getScale() + ")");
        }
        if (type.getType().equals("INSTANT(0)")) {
            reference = reference.replace(".INSTANT", ".INSTANT(0)");
        }
        DomainDefinition domain = db.getDomain(type.getSchema(), type.getQualifiedUserType());
        if (domain != null && type.isNullable() && !domain.getBaseType().isNullable()) {
            reference += ".nullable(true)";
        }
        return type.isReadonly() ? reference + ".readonly(true)" : reference;
    }

    @Override
    protected String getJavaType(DataTypeDefinition type, JavaWriter out, Mode mode) {
        return JavaTypes.of(type, super.getJavaType(type, out, mode));
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
        // The versions of jOOQ and Flyway, and the configuration of the generator, are in these two.
        fingerprint.addFile(module.resolve("pom.xml"));
        fingerprint.addFile(module.resolveSibling("pom.xml"));
        // The version of PostgreSQL may be given on Maven's command line.
        fingerprint.addPrograms(PostgresServer.class.getClassLoader());
        for (Class<?> part : PARTS) {
            fingerprint.addClass(part);
        }
        for (Path location : migrated.locations()) {
            fingerprint.addTree(location, path -> true);
        }
        fingerprint.addTree(directory, path -> path.toString().endsWith(".java"));
        return fingerprint.toString();
    }
}
