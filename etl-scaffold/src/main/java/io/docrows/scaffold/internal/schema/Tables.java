package io.docrows.scaffold.internal.schema;

import io.docrows.scaffold.internal.design.GeneratedNames;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All tables of a schema. Immutable.
 *
 * @param tables the tables, in the order in which they were made
 * @param enums the labels of each enum, by the type of its columns
 * @param enumNames the names of the enums, by the type of their columns, in the order in which they were made
 * @param definition SQL that makes tables like these
 */
public record Tables(
        List<ExistingTable> tables, Map<String, List<String>> enums, Map<String, String> enumNames, String definition) {

    /** Copies all. */
    public Tables {
        tables = List.copyOf(tables);
        enums = Map.copyOf(enums);
        enumNames = Collections.unmodifiableMap(new LinkedHashMap<>(enumNames));
    }

    Optional<ExistingTable> table(String name) {
        return tables.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The names of the classes that are generated for them. */
    public GeneratedNames names() {
        List<GeneratedNames.Relation> relations = tables.stream()
                .map(table -> new GeneratedNames.Relation(
                        table.name(),
                        table.columns().stream().map(ExistingColumn::name).toList()))
                .toList();
        return GeneratedNames.of(relations, List.copyOf(enumNames.values()));
    }
}
