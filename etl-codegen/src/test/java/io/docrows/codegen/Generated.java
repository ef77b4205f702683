package io.docrows.codegen;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jooq.Table;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Property;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.jooq.meta.jaxb.Target;

/** The classes of a schema: generated from one migration as an outside project would do it, compiled and loaded. */
final class Generated {

    private final ClassLoader classes;

    private Generated(ClassLoader classes) {
        this.classes = classes;
    }

    /** Generates and compiles. */
    static Generated of(Path module, String migration, String... schemas) throws Exception {
        Files.writeString(module.resolve("pom.xml"), "<project/>");
        Files.writeString(Files.createDirectories(module.resolve("sql")).resolve("V1__schema.sql"), migration);
        List<SchemaMappingType> all = new ArrayList<>();
        for (String schema : schemas) {
            all.add(new SchemaMappingType().withInputSchema(schema));
        }
        Generator generator = new Generator()
                .withName(IncrementalJavaGenerator.class.getName())
                .withDatabase(new Database()
                        .withName(MigratedPostgresDatabase.class.getName())
                        .withSchemata(all)
                        .withExcludes("flyway_schema_history")
                        .withProperties(new Property().withKey("locations").withValue("sql")))
                .withGenerate(new Generate())
                .withTarget(new Target()
                        .withDirectory(module.resolve("out").toString())
                        .withPackageName("test.db"));
        GenerationTool.generate(new Configuration()
                .withBasedir(module.toString())
                .withLogging(Logging.ERROR)
                .withGenerator(generator));
        return compiled(module.resolve("out"), Files.createDirectories(module.resolve("classes")));
    }

    private static Generated compiled(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (Stream<Path> files = Files.walk(sources);
                var manager = compiler.getStandardFileManager(null, null, null)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of("-proc:none", "-nowarn", "-d", classes.toString());
            var units = manager.getJavaFileObjectsFromPaths(java);
            if (!compiler.getTask(errors, manager, null, options, null, units).call()) {
                throw new AssertionError("what was generated does not compile:\n" + errors);
            }
        }
        return new Generated(new URLClassLoader(new URL[] {classes.toUri().toURL()}, Generated.class.getClassLoader()));
    }

    /** A table: {@code schema.Table} if several schemas were generated, else {@code Table}. */
    Table<?> table(String name) throws ReflectiveOperationException {
        int dot = name.lastIndexOf('.');
        String type = "test.db." + name.substring(0, dot + 1) + "tables." + name.substring(dot + 1);
        return (Table<?>) classes.loadClass(type).getConstructor().newInstance();
    }

    /** A constant of a generated class. */
    Object constant(String type, String name) throws ReflectiveOperationException {
        return classes.loadClass("test.db." + type).getField(name).get(null);
    }
}
