package io.docrows.scaffold.internal.choose;

import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.scaffold.choice.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** What is in the column that holds all fields which are not named, as far as jsonb cannot hold it. */
public final class Rest {

    private static final String BEGIN = Losses.LOSS + "in the column ";

    private Rest() {}

    /** Whether that column gets values of a kind. */
    public static boolean has(Paths paths, CollectionChoice choice, Kind kind) {
        return sum(paths, choice, path -> path.count(kind)) > 0;
    }

    /** Says of each collection with such a column what that loses, instead of what was said before. */
    public static Choices tell(Inspection inspection, Choices choices) {
        List<CollectionChoice> told = new ArrayList<>();
        for (CollectionChoice one : choices.collections()) {
            told.add(inspection
                    .collection(one.collection())
                    .map(found -> tell(new Paths(found), one))
                    .orElse(one));
        }
        return new Choices(choices.pipeline(), choices.packageName(), told, choices.leftOut());
    }

    private static CollectionChoice tell(Paths paths, CollectionChoice one) {
        List<String> notes = new ArrayList<>(one.notes());
        notes.removeIf(note -> note.startsWith(BEGIN));
        one.rest().ifPresent(rest -> notes.addAll(losses(paths, one, BEGIN + rest + ", ")));
        CollectionChoice told = one.withNotes(notes);
        if (one.split().isEmpty()) {
            return told;
        }
        Split split = one.split().get();
        Map<String, CollectionChoice> parts = new LinkedHashMap<>();
        split.tables().forEach((text, part) -> parts.put(text, tell(paths, part)));
        return told.withSplit(new Split(split.by(), parts));
    }

    private static List<String> losses(Paths paths, CollectionChoice choice, String begin) {
        List<String> losses = new ArrayList<>(Losses.ofTexts(
                begin,
                sum(paths, choice, path -> path.count(Kind.TEXT_NUL)),
                sum(paths, choice, path -> path.count(Kind.TEXT_MALFORMED))));
        long twice = sum(paths, choice, PathFacts::repeatedNames);
        if (twice > 0) {
            losses.add(begin + Words.count(twice, "field") + " that a document has twice, which jsonb cannot hold: "
                    + "such a document is rejected, and kept.");
        }
        return losses;
    }

    private static long sum(Paths paths, CollectionChoice choice, ToLongFunction<PathFacts> counted) {
        return sum(paths, List.of(), choice.fields(), counted);
    }

    private static long sum(
            Paths paths, List<String> document, Choice.Fields fields, ToLongFunction<PathFacts> counted) {
        long sum = 0;
        for (PathFacts path : paths.below(document)) {
            Choice choice = fields.fields().get(path.name());
            if (choice == null && !path.names().equals(List.of("_id"))) {
                sum += all(paths, path, counted);
            } else if (choice instanceof Choice.Fields inner) {
                sum += sum(paths, path.names(), inner, counted);
            } else if (choice instanceof Choice.Rows row
                    && row.source() == Choice.Rows.Source.ROW
                    && row.row() instanceof Choice.Fields inner) {
                sum += sum(paths, path.names(), inner, counted);
            }
        }
        return sum;
    }

    private static long all(Paths paths, PathFacts path, ToLongFunction<PathFacts> counted) {
        long sum = counted.applyAsLong(path);
        for (PathFacts one : paths.below(path.names())) {
            sum += all(paths, one, counted);
        }
        return sum;
    }
}
