package io.docrows.scaffold.internal.schema;

import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.scaffold.internal.design.Expected;
import io.docrows.scaffold.internal.design.GeneratedNames;
import java.util.Collections;
import java.util.HashMap;
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

    /**
     * The columns that lead from rows to the table above, of those tables that have several foreign keys to it.
     *
     * @param choices what leads into the tables
     * @return the columns, by the table of the rows
     */
    public Map<String, List<String>> parents(Choices choices) {
        Map<String, List<String>> parents = new HashMap<>();
        choices.collections()
                .forEach(one -> table(one.table()).ifPresent(table -> parents(one.fields(), table, parents)));
        return parents;
    }

    /**
     * What the columns take that the fields of a collection lead into.
     *
     * @param one the collection
     * @param choices all choices
     * @return by the names that lead to each field
     */
    public Map<List<String>, Expected> expected(CollectionChoice one, Choices choices) {
        return Expectations.of(one, choices, this);
    }

    private void parents(Choice choice, ExistingTable above, Map<String, List<String>> parents) {
        if (choice instanceof Choice.Fields document) {
            document.fields().values().forEach(one -> parents(one, above, parents));
        } else if (choice instanceof Choice.Rows rows) {
            table(rows.table()).ifPresent(table -> {
                if (table.foreignKeys(above).size() > 1) {
                    table.parentKey(above, rows.by()).ifPresent(key -> parents.put(table.name(), key.columns()));
                }
                parents(rows.row(), table, parents);
            });
        }
    }

    /** The names of the classes that are generated for them. */
    public GeneratedNames names() {
        List<GeneratedNames.Relation> relations = tables.stream()
                .map(table -> new GeneratedNames.Relation(
                        table.name(),
                        table.columns().stream()
                                .filter(column -> !column.absent())
                                .map(ExistingColumn::name)
                                .toList()))
                .toList();
        return GeneratedNames.of(relations, List.copyOf(enumNames.values()));
    }
}
