package io.docrows.docs;

import io.docrows.mapping.CollectionMapping;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles mappings as they are printed on a page, and runs what was compiled. */
final class Examples {

    private static final String HEAD = """
        import static io.docrows.mapping.Conditions.field;
        import static io.docrows.mapping.Conditions.not;
        import static io.docrows.mapping.Join.join;
        import static io.docrows.mapping.TimeFormats.*;
        import static io.docrows.mapping.Values.*;
        import static io.docrows.testing.db.Keys.*;
        import static io.docrows.testing.db.Tables.*;
        import static java.time.format.DateTimeFormatter.*;
        import static java.time.ZoneOffset.UTC;
        import static org.bson.UuidRepresentation.*;
        import io.docrows.mapping.*;
        import io.docrows.testing.FullName;
        import java.time.ZoneId;
        import java.util.List;
        import java.util.Set;
        public final class Example {
        """;

    private Examples() {}

    /** The mappings that some statements make, the last of each being one. */
    static List<CollectionMapping<?>> mappings(List<String> examples, Path directory)
            throws IOException, ReflectiveOperationException {
        compile(examples, directory);
        List<CollectionMapping<?>> mappings = new ArrayList<>();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, Examples.class.getClassLoader())) {
            Class<?> compiled = loader.loadClass("Example");
            for (int i = 0; i < examples.size(); i++) {
                mappings.add(
                        (CollectionMapping<?>) compiled.getMethod("example" + i).invoke(null));
            }
        }
        return mappings;
    }

    private static void compile(List<String> examples, Path directory) throws IOException {
        StringBuilder source = new StringBuilder(HEAD);
        for (int i = 0; i < examples.size(); i++) {
            String example = examples.get(i);
            int last = example.lastIndexOf("CollectionMapping.of(");
            source.append("public static CollectionMapping<?> example")
                    .append(i)
                    .append("() {\n")
                    .append(example, 0, last)
                    .append("return ")
                    .append(example, last, example.length())
                    .append("}\n");
        }
        Path file = Files.writeString(directory.resolve("Example.java"), source.append("}\n"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(told, null, null)) {
            List<String> options = List.of(
                    "-proc:none", "-d", directory.toString(), "-classpath", System.getProperty("java.class.path"));
            compiler.getTask(null, files, told, options, null, files.getJavaFileObjects(file))
                    .call();
        }
        List<String> errors = told.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
        if (!errors.isEmpty()) {
            throw new AssertionError(String.join("\n", errors));
        }
    }

    /** The blocks of a language in some lines, in order. */
    static List<String> blocks(Stream<String> lines, String language) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        for (String line : lines.toList()) {
            if (block == null && line.equals("```" + language)) {
                block = new StringBuilder();
            } else if (block != null && line.equals("```")) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }
}
