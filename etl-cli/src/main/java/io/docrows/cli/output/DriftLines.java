package io.docrows.cli.output;

import io.docrows.report.Drift;
import io.docrows.text.ForeignText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How documents differ from what their mapping expects: in words, and for programs. Never a value. */
public final class DriftLines {

    private static final int SHOWN = 8;

    private DriftLines() {}

    /**
     * What was found in a collection.
     *
     * @param collection the collection
     * @param drift how its documents differ
     * @return an empty line and a sentence for each kind of drift; empty if there is none
     */
    public static String text(String collection, Drift drift) {
        StringBuilder text = new StringBuilder();
        if (!drift.unmappedFields().isEmpty()) {
            text.append("\nNot mapped in ").append(ForeignText.name(collection)).append(": ");
            text.append(documents(drift.unmappedFields())).append(". Map or ignore them.\n");
        }
        if (!drift.typeMixes().isEmpty()) {
            text.append("\nMixed types in ")
                    .append(ForeignText.name(collection))
                    .append(": ");
            text.append(drift.typeMixes().entrySet().stream()
                    .limit(SHOWN)
                    .map(mix -> ForeignText.name(mix.getKey()) + " (" + types(mix.getValue()) + ")")
                    .collect(Collectors.joining(", ")));
            text.append(more(drift.typeMixes().size())).append(".\n");
        }
        if (!drift.newValues().isEmpty()) {
            text.append("\nNew values in ").append(ForeignText.name(collection)).append(": ");
            text.append(documents(drift.newValues()))
                    .append(". Their enumerations do not have them; add them to the type with a migration, then retry"
                            + " the rejects.\n");
        }
        return text.toString();
    }

    private static String documents(Map<String, Long> byPath) {
        return byPath.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                        .limit(SHOWN)
                        .map(field -> ForeignText.name(field.getKey()) + " ("
                                + Numbers.count(field.getValue(), "document") + ")")
                        .collect(Collectors.joining(", "))
                + more(byPath.size());
    }

    private static String more(int all) {
        return all > SHOWN ? " and " + Numbers.count(all - SHOWN, "more field") : "";
    }

    /**
     * The types that were met at one path.
     *
     * @param types how many values of each type
     * @return the most frequent type first, such as {@code 12 string, 1 int}
     */
    public static String types(Map<String, Long> types) {
        return types.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(type -> Numbers.count(type.getValue()) + " " + type.getKey())
                .collect(Collectors.joining(", "));
    }

    /**
     * What is said when drift was to make the command fail.
     *
     * @return an empty line and a sentence
     */
    public static String strict() {
        return "\nExit code 1 because of --strict: documents differ from what their mapping expects.\n";
    }

    /** Adds the fields to an object. */
    static void json(Drift drift, Map<String, Object> object) {
        object.put("unmappedFields", new LinkedHashMap<>(drift.unmappedFields()));
        object.put("typeMixes", new LinkedHashMap<>(drift.typeMixes()));
        object.put("newValues", new LinkedHashMap<>(drift.newValues()));
    }
}
