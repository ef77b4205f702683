package io.docrows.testing;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** What the compiler says of a statement that uses the library. */
public final class Compiled {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private Compiled() {}

    /**
     * Compiles a statement, as far as that it is found to be correct.
     *
     * @param imports names of packages, all of whose classes it may use
     * @param parameters what it may refer to, as the parameters of a method
     * @param statement the statement
     * @return the messages of errors; none if it compiles
     */
    public static List<String> errors(List<String> imports, String parameters, String statement) {
        StringBuilder text = new StringBuilder();
        imports.forEach(name -> text.append("import ").append(name).append(".*;\n"));
        text.append("final class Snippet { void call(" + parameters + ") { " + statement + " } }\n");
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) COMPILER.getTask(
                null, null, told, List.of("-proc:none", "-implicit:none"), null, List.of(new Text(text.toString())));
        try {
            task.analyze();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return told.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one -> one.getMessage(Locale.ENGLISH))
                .toList();
    }

    private static final class Text extends SimpleJavaFileObject {

        private final String content;

        Text(String content) {
            super(URI.create("string:///Snippet.java"), Kind.SOURCE);
            this.content = content;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }
    }
}
