package io.docrows.scaffold.choice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a file of choices says. Immutable.
 *
 * @param pipeline the pipeline's name
 * @param packageName the Java package
 * @param collections the collections; empty for one that is left out
 */
record GivenChoices(String pipeline, String packageName, Map<String, Optional<CollectionChoice>> collections) {

    GivenChoices {
        collections = Collections.unmodifiableMap(new LinkedHashMap<>(collections));
    }

    /** These, with what was proposed where they say nothing, and with its comments. */
    Choices over(Choices proposed) {
        List<CollectionChoice> merged = new ArrayList<>();
        for (CollectionChoice one : proposed.collections()) {
            Optional<CollectionChoice> given = collections.get(one.collection());
            if (given == null) {
                merged.add(one);
            } else {
                given.ifPresent(mine -> merged.add(merge(mine, one)));
            }
        }
        return new Choices(pipeline, packageName, merged, leftOut(proposed));
    }

    /** What the file leaves out, or what nobody could do anything about. */
    private Map<String, List<String>> leftOut(Choices proposed) {
        Map<String, List<String>> leftOut = new LinkedHashMap<>(proposed.leftOut());
        collections.forEach((name, choice) -> {
            if (choice.isEmpty()) {
                leftOut.putIfAbsent(name, List.of());
            }
        });
        return leftOut;
    }

    private static CollectionChoice merge(CollectionChoice mine, CollectionChoice proposed) {
        // What the rest does not name is in its column.
        boolean all = mine.rest().isEmpty();
        return new CollectionChoice(
                mine.collection(),
                mine.table(),
                mine.key(),
                mine.keyType(),
                merge(mine.fields(), proposed.fields(), all),
                mine.rest(),
                proposed.notes(),
                mine.split().map(split -> merge(split, proposed.split())));
    }

    private static Split merge(Split mine, Optional<Split> proposed) {
        Map<String, CollectionChoice> tables = new LinkedHashMap<>();
        proposed.ifPresent(split -> tables.putAll(split.tables()));
        mine.tables().forEach((text, one) -> {
            CollectionChoice other = tables.get(text);
            tables.put(text, other == null ? one : merge(one, other));
        });
        return new Split(mine.by(), tables);
    }

    private static Choice.Fields merge(Choice.Fields mine, Choice.Fields proposed, boolean all) {
        Map<String, Choice> fields = new LinkedHashMap<>();
        proposed.fields().forEach((name, choice) -> {
            Choice given = mine.fields().get(name);
            if (given != null) {
                fields.put(name, merge(given, choice, all));
            } else if (all) {
                fields.put(name, choice);
            }
        });
        mine.fields().forEach(fields::putIfAbsent);
        return new Choice.Fields(fields, proposed.notes());
    }

    private static Choice merge(Choice mine, Choice proposed, boolean all) {
        if (mine instanceof Choice.Fields document && proposed instanceof Choice.Fields other) {
            return merge(document, other, all);
        }
        if (mine instanceof Choice.Rows rows
                && proposed instanceof Choice.Rows other
                && rows.source() == other.source()) {
            // The rest of a document holds nothing of its arrays and maps that have rows.
            boolean each = all || rows.source() != Choice.Rows.Source.ROW;
            return new Choice.Rows(
                    rows.source(), rows.table(), rows.by(), merge(rows.row(), other.row(), each), other.notes());
        }
        if (mine instanceof Choice.Column column && proposed instanceof Choice.Column other && column.isLike(other)) {
            return column.withNotes(other.notes());
        }
        // What was counted stays true, and what was said of another choice is of no use.
        List<String> counted =
                proposed.notes().isEmpty() ? List.of() : proposed.notes().subList(0, 1);
        return mine.withNotes(counted);
    }
}
