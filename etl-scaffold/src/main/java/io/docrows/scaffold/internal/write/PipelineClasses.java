package io.docrows.scaffold.internal.write;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import io.docrows.Docrows;
import io.docrows.Pipeline;
import io.docrows.PipelineProvider;
import io.docrows.PipelineSchema;
import io.docrows.scaffold.internal.design.ProjectDesign;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The class that puts the mappings together, and the one by which the command line finds it. */
final class PipelineClasses {

    private PipelineClasses() {}

    static List<JavaFile> of(JavaNames names, ProjectDesign project) {
        return List.of(pipeline(names, project), provider(names));
    }

    private static JavaFile file(JavaNames names, TypeSpec type) {
        return JavaFile.builder(names.packageName(), type)
                .indent("    ")
                .skipJavaLangImports(true)
                .build();
    }

    private static JavaFile pipeline(JavaNames names, ProjectDesign project) {
        CodeBlock mappings = project.roots().stream()
                .map(root -> CodeBlock.of("$T.mapping()", names.mappingClass(root.name())))
                .collect(CodeBlock.joining(",\n"));
        return file(
                names,
                TypeSpec.classBuilder(names.pipelineClass())
                        .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                        .addJavadoc("The pipeline: all collections, still without a source and a target.\n")
                        .addField(constant("NAME", names.pipeline(), "The pipeline's name."))
                        .addField(constant(
                                "MIGRATIONS",
                                "classpath:db/" + names.pipeline(),
                                "Where Flyway finds the migrations that make the tables."))
                        .addMethod(MethodSpec.constructorBuilder()
                                .addModifiers(Modifier.PRIVATE)
                                .build())
                        .addMethod(MethodSpec.methodBuilder("pipeline")
                                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                                .returns(Pipeline.class)
                                .addJavadoc("All collections.\n\n@return the pipeline\n")
                                .addCode(CodeBlock.builder()
                                        .add("return $T.pipeline(\n$>$>NAME,\n", Docrows.class)
                                        .add(mappings)
                                        .add(");\n$<$<")
                                        .build())
                                .build())
                        .build());
    }

    private static FieldSpec constant(String name, String value, String doc) {
        return FieldSpec.builder(String.class, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(doc + "\n")
                .initializer("$S", value)
                .build();
    }

    private static JavaFile provider(JavaNames names) {
        return file(
                names,
                TypeSpec.classBuilder(names.providerClass())
                        .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                        .addSuperinterface(PipelineProvider.class)
                        .addJavadoc("Offers the pipeline to the command line.\n")
                        .addMethod(MethodSpec.methodBuilder("pipeline")
                                .addAnnotation(Override.class)
                                .addModifiers(Modifier.PUBLIC)
                                .returns(Pipeline.class)
                                .addStatement("return $T.pipeline()", names.pipelineClass())
                                .build())
                        .addMethod(MethodSpec.methodBuilder("schema")
                                .addAnnotation(Override.class)
                                .addModifiers(Modifier.PUBLIC)
                                .returns(PipelineSchema.class)
                                .addStatement(
                                        "return $T.of($T.NAME, $T.MIGRATIONS)",
                                        PipelineSchema.class,
                                        names.pipelineClass(),
                                        names.pipelineClass())
                                .build())
                        .build());
    }
}
