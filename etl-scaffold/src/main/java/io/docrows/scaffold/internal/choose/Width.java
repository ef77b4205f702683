package io.docrows.scaffold.internal.choose;

import io.docrows.scaffold.choice.Choice;
import java.util.LinkedHashMap;
import java.util.Map;

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

    private static int columns(Choice choice) {
        if (choice instanceof Choice.Fields document) {
            return document.fields().values().stream().mapToInt(Width::columns).sum();
        }
        return choice instanceof Choice.Column ? 1 : 0;
    }
}
