package io.docrows.scaffold.internal.write;

import com.palantir.javapoet.ClassName;
import io.docrows.scaffold.choice.Choices;
import java.util.Locale;
import org.jooq.tools.StringUtils;

/**
 * The names in the Java of a project. Immutable.
 *
 * @param packageName its package
 * @param pipeline its pipeline
 */
record JavaNames(String packageName, String pipeline) {

    static JavaNames of(Choices choices) {
        return new JavaNames(choices.packageName(), choices.pipeline());
    }

    /** A class of the project. */
    ClassName own(String name) {
        return ClassName.get(packageName, name);
    }

    /** The class that makes the pipeline. */
    ClassName pipelineClass() {
        return own(StringUtils.toCamelCase(pipeline) + "Pipeline");
    }

    /** The class that offers the pipeline. */
    ClassName providerClass() {
        return own(StringUtils.toCamelCase(pipeline) + "PipelineProvider");
    }

    /** The class with the mapping of a collection. */
    ClassName mappingClass(String table) {
        return own(StringUtils.toCamelCase(table.replaceAll("_$", "")) + "Mapping");
    }

    /** Where the generated classes are. */
    String database() {
        return packageName + ".db";
    }

    /** The generated class with a constant for each table. */
    ClassName tables() {
        return ClassName.get(database(), "Tables");
    }

    /** The generated class of a table's rows. */
    ClassName recordClass(String table) {
        return ClassName.get(database() + ".tables.records", StringUtils.toCamelCase(table) + "Record");
    }

    /** The constant that jOOQ makes of a name. */
    static String constant(String name) {
        return name.toUpperCase(Locale.ENGLISH);
    }

    /** A method for a table. */
    static String method(String table) {
        return StringUtils.toCamelCaseLC(table);
    }
}
