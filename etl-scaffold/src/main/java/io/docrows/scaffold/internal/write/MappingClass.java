package io.docrows.scaffold.internal.write;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import io.docrows.mapping.ChildMapping;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.MissingReference;
import io.docrows.mapping.Values;
import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.internal.design.Step;
import io.docrows.scaffold.internal.design.TableDesign;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/** The class with the mapping of a collection: a method for the documents, and one for each table below. */
final class MappingClass {

    private final JavaNames names;
    private final TableDesign root;
    private final Map<TableDesign, String> methods = new LinkedHashMap<>();
    private final Set<String> tables = new TreeSet<>();

    private MappingClass(JavaNames names, TableDesign root) {
        this.names = names;
        this.root = root;
        // A method of such a name would hide that of the language.
        Set<String> taken = new TreeSet<>(Set.of("mapping"));
        Arrays.stream(Values.class.getMethods()).map(Method::getName).forEach(taken::add);
        for (TableDesign table : root.tree()) {
            if (table.parent().isPresent()) {
                String wanted = Identifiers.safe(JavaNames.method(table.name()));
                String method = wanted;
                for (int number = 2; !taken.add(method); number++) {
                    method = wanted + number;
                }
                methods.put(table, method);
            }
        }
    }

    /** The class for a collection's table. */
    static JavaFile of(JavaNames names, TableDesign root) {
        return new MappingClass(names, root).file();
    }

    private JavaFile file() {
        ClassName self = names.mappingClass(root.name());
        TypeSpec.Builder type = TypeSpec.classBuilder(self)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addJavadoc(
                        "How the documents of the collection {@code $L} become rows. Its migration says why each column is"
                                + " what it is.\n",
                        Identifiers.javadoc(root.collection()))
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build())
                .addMethod(mapping());
        methods.forEach((table, method) -> type.addMethod(rows(table, method)));
        JavaFile.Builder file = JavaFile.builder(self.packageName(), type.build())
                .indent("    ")
                .skipJavaLangImports(true);
        for (String table : tables) {
            file.addStaticImport(names.tables(), names.generated().table(table));
        }
        return file.addStaticImport(Values.class, "*").build();
    }

    private MethodSpec mapping() {
        CodeBlock.Builder body = CodeBlock.builder();
        body.add("return $T.of($S, ", CollectionMapping.class, root.collection());
        body.add(table(root.name()));
        body.add(")$>$>");
        steps(body, root);
        body.add("\n.build();\n$<$<");
        return MethodSpec.methodBuilder("mapping")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(ParameterizedTypeName.get(
                        ClassName.get(CollectionMapping.class), names.recordClass(root.name())))
                .addJavadoc("The mapping; checked when it is built.\n\n@return the mapping\n")
                .addCode(body.build())
                .build();
    }

    private MethodSpec rows(TableDesign table, String method) {
        CodeBlock.Builder body = CodeBlock.builder().add("row");
        List<Step> steps = table.steps();
        if (steps.size() > 1) {
            body.add("$>$>");
        }
        boolean first = true;
        for (Step step : steps) {
            body.add(first ? "" : "\n");
            body.add(call(table, step));
            first = false;
        }
        body.add(steps.size() > 1 ? ";\n$<$<" : ";\n");
        return MethodSpec.methodBuilder(method)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(
                        ParameterizedTypeName.get(
                                ClassName.get(ChildMapping.class).nestedClass("Builder"),
                                names.recordClass(table.name())),
                        "row")
                .addCode(steps.isEmpty() ? CodeBlock.of("") : body.build())
                .build();
    }

    private void steps(CodeBlock.Builder body, TableDesign table) {
        for (Step step : table.steps()) {
            body.add("\n").add(call(table, step));
        }
    }

    private CodeBlock table(String table) {
        tables.add(table);
        return constant(names.generated().table(table));
    }

    private CodeBlock column(String table, String column) {
        tables.add(table);
        return constant(names.generated().table(table) + "." + names.generated().column(table, column));
    }

    /** In the format itself: only there is it found among what is imported. */
    private CodeBlock constant(String name) {
        return CodeBlock.of("$T." + name.replace("$", "$$"), names.tables());
    }

    private CodeBlock call(TableDesign table, Step step) {
        CodeBlock.Builder call = CodeBlock.builder();
        if (step instanceof Step.Key key) {
            call.add(table.parent().isEmpty() ? ".key(" : ".identity(");
            call.add(column(table.name(), key.column()))
                    .add(", ")
                    .add(key.value())
                    .add(")");
        } else if (step instanceof Step.Position position) {
            call.add(".position(").add(column(table.name(), position.column())).add(")");
        } else if (step instanceof Step.Where where) {
            call.add(".where(").add(where.condition()).add(")");
        } else if (step instanceof Step.Parent parent) {
            // The foreign key by its columns, whatever the constant that is generated for it is called.
            call.add(".parent(").add(table(table.name())).add(".getReferencesTo(");
            call.add(table(parent.table())).add(").stream()");
            call.add(".filter(key -> key.getFields().equals($T.of(", List.class)
                    .add(parent.columns().stream()
                            .map(column -> column(table.name(), column))
                            .collect(CodeBlock.joining(", ")))
                    .add("))).findFirst().orElseThrow())");
        } else if (step instanceof Step.Map map) {
            call.add(".map(")
                    .add(column(table.name(), map.column()))
                    .add(", ")
                    .add(map.value())
                    .add(")");
        } else if (step instanceof Step.Reference to) {
            call.add(".reference(")
                    .add(column(table.name(), to.column()))
                    .add(", ")
                    .add(to.value())
                    .add(", ");
            call.add(column(to.table(), to.targetColumn()));
            to.whenMissing().ifPresent(policy -> call.add(", $T.$L", MissingReference.class, policy));
            call.add(")");
        } else if (step instanceof Step.Lookup to) {
            call.add(".lookup(")
                    .add(column(table.name(), to.column()))
                    .add(", ")
                    .add(to.value())
                    .add(", ")
                    .add(column(to.table(), to.values()))
                    .add(")");
        } else if (step instanceof Step.Rows rows) {
            call.add("." + method(rows.source()) + "(").add(path(rows.path())).add(", ");
            call.add(table(rows.table().name())).add(", $T::", names.mappingClass(root.name()));
            call.add("$L)", methods.get(rows.table()));
        } else if (step instanceof Step.MixedTypes mixed) {
            call.add(".mixedTypes(").add(arguments(mixed.path())).add(")");
        } else if (step instanceof Step.Ignore ignore) {
            call.add(ignore.path().size() == 1 ? ".ignore(" : ".ignorePath(");
            call.add(arguments(ignore.path())).add(")");
        }
        return call.build();
    }

    private static String method(Choice.Rows.Source source) {
        return switch (source) {
            case ROWS -> "children";
            case ENTRIES -> "entries";
            case ROW -> "child";
        };
    }

    private static CodeBlock path(List<String> names) {
        return names.size() == 1
                ? CodeBlock.of("$S", names.get(0))
                : CodeBlock.builder()
                        .add("$T.of(", List.class)
                        .add(arguments(names))
                        .add(")")
                        .build();
    }

    private static CodeBlock arguments(List<String> names) {
        List<CodeBlock> quoted = new ArrayList<>();
        names.forEach(name -> quoted.add(CodeBlock.of("$S", name)));
        return quoted.stream().collect(CodeBlock.joining(", "));
    }
}
