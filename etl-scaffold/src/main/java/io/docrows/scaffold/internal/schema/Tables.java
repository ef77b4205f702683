package io.docrows.scaffold.internal.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All tables of a schema. Immutable.
 *
 * @param tables the tables, by name
 * @param enums the labels of each enum, by its name
 * @param definition SQL that makes tables like these
 */
public record Tables(List<ExistingTable> tables, Map<String, List<String>> enums, String definition) {

    /** Copies both. */
    public Tables {
        tables = List.copyOf(tables);
        enums = Map.copyOf(enums);
    }

    Optional<ExistingTable> table(String name) {
        return tables.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
