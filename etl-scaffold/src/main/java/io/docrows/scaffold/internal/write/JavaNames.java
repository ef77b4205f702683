package io.docrows.scaffold.internal.write;

import com.palantir.javapoet.ClassName;
import io.docrows.scaffold.internal.design.GeneratedNames;
import io.docrows.scaffold.internal.design.ProjectDesign;
import io.docrows.scaffold.internal.design.TableDesign;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The names in the Java of a project. Immutable.
 *
 * @param packageName its package
 * @param pipeline its pipeline
 * @param mappings the classes of the mappings, by table
 * @param generated the names in the generated classes
 */
record JavaNames(String packageName, String pipeline, Map<String, String> mappings, GeneratedNames generated) {

    JavaNames {
        mappings = Map.copyOf(mappings);
    }

    static JavaNames of(ProjectDesign project) {
        Map<String, String> mappings = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (TableDesign root : project.roots()) {
            String plain = GeneratedNames.camelCase(root.name().replaceAll("_+$", ""));
            String name = plain;
            for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
                name = plain + number;
            }
            mappings.put(root.name(), name + "Mapping");
        }
        return new JavaNames(project.choices().packageName(), project.choices().pipeline(), mappings, project.names());
    }

    /** A class of the project. */
    ClassName own(String name) {
        return ClassName.get(packageName, name);
    }

    /** The class that makes the pipeline. */
    ClassName pipelineClass() {
        return own(GeneratedNames.camelCase(pipeline) + "Pipeline");
    }

    /** The class that offers the pipeline. */
    ClassName providerClass() {
        return own(GeneratedNames.camelCase(pipeline) + "PipelineProvider");
    }

    /** The class with the mapping of a collection. */
    ClassName mappingClass(String table) {
        return own(mappings.getOrDefault(table, "Mapping"));
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
        return ClassName.get(database() + ".tables.records", generated.record(table));
    }

    /** A method for a table. */
    static String method(String table) {
        String name = GeneratedNames.camelCase(table);
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
