package io.docrows.scaffold.internal.schema;

import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.scaffold.internal.choose.Paths;
import io.docrows.scaffold.internal.design.Expected;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the columns take that the fields of a collection lead into. Used once. */
final class Expectations {

    private final Map<List<String>, Expected> expected = new HashMap<>();
    private final Choices choices;
    private final Tables tables;

    private Expectations(Choices choices, Tables tables) {
        this.choices = choices;
        this.tables = tables;
    }

    /** By the names that lead to each field. */
    static Map<List<String>, Expected> of(CollectionChoice one, Choices choices, Tables tables) {
        Expectations all = new Expectations(choices, tables);
        tables.table(one.table()).ifPresent(table -> {
            table.column(one.key()).ifPresent(key -> all.put(List.of("_id"), key.type(), true));
            all.choice(one.fields(), List.of(), table);
        });
        return all.expected;
    }

    private void choice(Choice choice, List<String> names, ExistingTable table) {
        if (choice instanceof Choice.Fields document) {
            document.fields().forEach((name, field) -> choice(field, Paths.with(names, name), table));
        } else if (choice instanceof Choice.Rows rows) {
            List<String> inner = switch (rows.source()) {
                case ROWS -> Paths.with(names, Paths.ELEMENT);
                case ENTRIES -> Paths.with(names, Paths.ENTRY);
                case ROW -> names;
            };
            tables.table(rows.table()).ifPresent(child -> choice(rows.row(), inner, child));
        } else if (choice instanceof Choice.Column column) {
            table.column(column.column()).ifPresent(there -> put(names, type(column, there), there.notNull()));
        }
    }

    private String type(Choice.Column column, ExistingColumn there) {
        // Of a reference, the value is that of the other table's key.
        Optional<String> key = Optional.of(column.references())
                .filter(names -> !names.isEmpty())
                .flatMap(names -> choices.collection(names.get(0)))
                .flatMap(target -> tables.table(target.table()).flatMap(table -> table.column(target.key())))
                .map(ExistingColumn::type);
        return key.orElse(there.type());
    }

    private void put(List<String> names, String type, boolean required) {
        boolean array = type.endsWith("[]");
        String element = array ? type.substring(0, type.length() - 2) : type;
        Expected one = new Expected(element, tables.enums().getOrDefault(element, List.of()), required);
        expected.put(names, one);
        if (array) {
            expected.put(Paths.with(names, Paths.ELEMENT), one);
        }
    }
}
