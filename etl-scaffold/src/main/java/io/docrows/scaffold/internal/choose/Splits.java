package io.docrows.scaffold.internal.choose;

import static io.docrows.scaffold.internal.choose.Paths.all;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.DiscriminatorFacts;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.ValueCount;
import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.scaffold.choice.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives the documents of each kind in a collection a table of their own, for those who ask for it. Not thread-safe;
 * used once.
 */
public final class Splits {

    private final Names tables = Names.ofTables();

    private Splits(Choices choices) {
        choices.collections().forEach(one -> {
            tables.takes(one.table());
            take(one.fields());
        });
    }

    /**
     * Proposes tables for collections that somebody wants to have split.
     *
     * @param inspection what was found
     * @param choices what is chosen without
     * @param wanted the names that lead to the text that tells the documents of a collection apart
     * @throws DocrowsException {@code INVALID_OPTION} if that is no text of which few different ones were found
     */
    public static Choices propose(Inspection inspection, Choices choices, Map<String, List<String>> wanted) {
        Splits splits = new Splits(choices);
        List<CollectionChoice> all = new ArrayList<>();
        for (CollectionChoice one : choices.collections()) {
            List<String> by = wanted.get(one.collection());
            Optional<CollectionFacts> facts = inspection.collection(one.collection());
            all.add(by == null || facts.isEmpty() ? one : one.withSplit(splits.split(one, by, facts.get())));
        }
        return new Choices(choices.pipeline(), choices.packageName(), all, choices.leftOut());
    }

    /** What is said of a collection that could be split. */
    static List<String> notes(CollectionFacts collection) {
        List<String> notes = new ArrayList<>();
        for (DiscriminatorFacts one : collection.discriminators()) {
            collection
                    .path(one.path())
                    .filter(path -> !path.isRepeated() && all(path, Kind::isText))
                    .ifPresent(path -> {
                        long documents = one.variants().stream()
                                .mapToLong(DiscriminatorFacts.Variant::documents)
                                .sum();
                        notes.add(
                                Choice.OR + "split: [" + String.join(", ", path.names()) + "], a table for each of the "
                                        + Words.number(one.variants().size()) + " kinds of documents that " + one.path()
                                        + " tells apart in " + Words.count(documents, "document") + ".");
                    });
        }
        return notes;
    }

    private void take(Choice choice) {
        if (choice instanceof Choice.Fields document) {
            document.fields().values().forEach(this::take);
        } else if (choice instanceof Choice.Rows rows) {
            tables.takes(rows.table());
            take(rows.row());
        } else if (choice instanceof Choice.Column column) {
            column.lookup().ifPresent(tables::takes);
        }
    }

    private Split split(CollectionChoice one, List<String> by, CollectionFacts facts) {
        PathFacts path = facts.path(PathFacts.join(by))
                .filter(found -> !found.isRepeated()
                        && all(found, Kind::isText)
                        && !found.few().isEmpty())
                .orElseThrow(() -> new DocrowsException(
                        ErrorCode.INVALID_OPTION,
                        "the file of choices is wrong: " + one.collection() + ": split names a field that does not hold"
                                + " a few different texts"));
        Optional<DiscriminatorFacts> known = facts.discriminators().stream()
                .filter(found -> found.path().equals(path.path()))
                .findFirst();
        Map<String, CollectionChoice> parts = new LinkedHashMap<>();
        for (ValueCount value : path.few()) {
            List<String> never = known.stream()
                    .flatMap(found -> found.variants().stream())
                    .filter(variant -> variant.value().equals(value.value()))
                    .flatMap(variant -> variant.never().stream())
                    .toList();
            String table = tables.take(Names.sql(List.of(Names.singular(one.table()), value.value())));
            Choice.Fields fields = (Choice.Fields) part(one.fields(), table, List.of(), List.of(), never);
            parts.put(
                    value.value(),
                    new CollectionChoice(
                            one.collection(),
                            table,
                            one.key(),
                            one.keyType(),
                            fields,
                            one.rest(),
                            List.of(Words.count(value.count(), "document") + "."),
                            Optional.empty()));
        }
        return new Split(by, parts);
    }

    /** The same choice without the paths that documents of this kind never have, and with tables of its own. */
    private Choice part(Choice choice, String table, List<String> names, List<String> within, List<String> never) {
        if (choice instanceof Choice.Fields document) {
            Map<String, Choice> fields = new LinkedHashMap<>();
            document.fields().forEach((name, field) -> {
                List<String> inner = Paths.with(names, name);
                if (!never.contains(PathFacts.join(inner))) {
                    fields.put(name, part(field, table, inner, Paths.with(within, name), never));
                }
            });
            return new Choice.Fields(fields, document.notes());
        }
        if (choice instanceof Choice.Rows rows) {
            String step = rows.source() == Choice.Rows.Source.ENTRIES ? Paths.ENTRY : Paths.ELEMENT;
            List<String> inner = rows.source() == Choice.Rows.Source.ROW ? names : Paths.with(names, step);
            String child = tables.take(Names.sql(List.of(Names.singular(table), Names.sql(within))));
            return new Choice.Rows(
                    rows.source(), child, rows.by(), part(rows.row(), child, inner, List.of(), never), rows.notes());
        }
        return choice;
    }
}
