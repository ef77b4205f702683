package io.docrows.codegen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.codegen.GeneratorStrategy;
import org.jooq.codegen.GeneratorStrategy.Mode;
import org.jooq.meta.Database;
import org.jooq.meta.Definition;
import org.jooq.meta.SchemaDefinition;
import org.jooq.meta.TableDefinition;

/**
 * Things of a schema that one Java name would stand for, as tables that differ by case only. jOOQ generates one of them
 * and says nothing of the others.
 */
final class NameClashes {

    private final GeneratorStrategy strategy;
    private final List<String> found = new ArrayList<>();

    private NameClashes(GeneratorStrategy strategy) {
        this.strategy = strategy;
    }

    /**
     * Refuses a schema that has any.
     *
     * @throws IllegalStateException if so, naming all of them
     */
    static void refuse(Database database, GeneratorStrategy strategy) {
        NameClashes clashes = new NameClashes(strategy);
        for (SchemaDefinition schema : database.getSchemata()) {
            clashes.findClasses("tables", database.getTables(schema), Mode.DEFAULT);
            clashes.findClasses("enum types", database.getEnums(schema), Mode.ENUM);
            clashes.findIdentifiers("domains", database.getDomains(schema));
            for (TableDefinition table : database.getTables(schema)) {
                clashes.findIdentifiers("columns", table.getColumns());
            }
        }
        if (!clashes.found.isEmpty()) {
            throw new IllegalStateException("One Java name cannot stand for several things: "
                    + String.join("; ", clashes.found)
                    + ". Rename them in a migration, leave tables out with <excludes>,"
                    + " or name them apart with a <strategy> of your own.");
        }
    }

    private void findClasses(String kind, List<? extends Definition> definitions, Mode mode) {
        Map<String, List<Definition>> byName = definitions.stream()
                .collect(Collectors.groupingBy(
                        definition -> strategy.getJavaClassName(definition, mode),
                        LinkedHashMap::new,
                        Collectors.toList()));
        add(kind, byName);
    }

    private void findIdentifiers(String kind, List<? extends Definition> definitions) {
        Map<String, List<Definition>> byName = definitions.stream()
                .collect(Collectors.groupingBy(strategy::getJavaIdentifier, LinkedHashMap::new, Collectors.toList()));
        add(kind, byName);
    }

    private void add(String kind, Map<String, List<Definition>> byName) {
        byName.forEach((name, definitions) -> {
            if (definitions.size() > 1) {
                String all = definitions.stream()
                        .map(Definition::getQualifiedInputName)
                        .collect(Collectors.joining(" and "));
                found.add("the " + kind + " " + all + " would all be " + name);
            }
        });
    }
}
