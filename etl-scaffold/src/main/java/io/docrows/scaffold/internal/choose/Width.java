package io.docrows.scaffold.internal.choose;

import io.docrows.scaffold.choice.Choice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Keeps tables to a width at which PostgreSQL can hold a row that has every column. */
final class Width {

    /** 250 columns of up to 18 bytes, and what large values leave in the row, are well below a page. */
    private static final int MOST_COLUMNS = 250;

    private Width() {}

    /**
     * What fits.
     *
     * @param fields the fields that have columns
     * @param cut how many fields at the top have none
     */
    record Fitted(Choice.Fields fields, int cut) {}

    /** The first fields, which most documents have, as far as their columns fit. */
    static Fitted fit(Choice.Fields fields) {
        if (columns(fields) <= MOST_COLUMNS) {
            return new Fitted(fields, 0);
        }
        Map<String, Choice> kept = new LinkedHashMap<>();
        int sum = 0;
        int cut = 0;
        for (Map.Entry<String, Choice> field : fields.fields().entrySet()) {
            int more = columns(field.getValue());
            if (sum + more > MOST_COLUMNS) {
                cut++;
            } else {
                sum += more;
                kept.put(field.getKey(), field.getValue());
            }
        }
        return new Fitted(new Choice.Fields(kept, fields.notes()), cut);
    }

    /**
     * The fields of a row of a child table, which has no column for the rest: documents whose columns do not fit become
     * a column each.
     *
     * @param fields the fields of the row
     * @param json makes a column of jsonb of a document, by the names that lead to it
     * @return empty if the row has too many fields of its own
     */
    static Optional<Choice.Fields> fold(Choice.Fields fields, Function<List<String>, Choice> json) {
        return fold(fields, List.of(), MOST_COLUMNS, json);
    }

    private static Optional<Choice.Fields> fold(
            Choice.Fields fields, List<String> names, int most, Function<List<String>, Choice> json) {
        if (columns(fields) <= most) {
            return Optional.of(fields);
        }
        // Each field after the one in hand gets at least one column.
        int later = (int) fields.fields().values().stream()
                .filter(one -> columns(one) > 0)
                .count();
        if (later > most) {
            return Optional.empty();
        }
        Map<String, Choice> folded = new LinkedHashMap<>();
        int left = most;
        for (Map.Entry<String, Choice> field : fields.fields().entrySet()) {
            Choice choice = field.getValue();
            later -= columns(choice) > 0 ? 1 : 0;
            if (choice instanceof Choice.Fields document && columns(document) > left - later) {
                List<String> inner = Paths.with(names, field.getKey());
                Optional<Choice.Fields> smaller = fold(document, inner, left - later, json);
                choice = smaller.isPresent() ? smaller.get() : json.apply(inner);
            }
            left -= columns(choice);
            folded.put(field.getKey(), choice);
        }
        return Optional.of(new Choice.Fields(folded, fields.notes()));
    }

    private static int columns(Choice choice) {
        if (choice instanceof Choice.Fields document) {
            return document.fields().values().stream().mapToInt(Width::columns).sum();
        }
        return choice instanceof Choice.Column ? 1 : 0;
    }
}
