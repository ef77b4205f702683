package io.docrows.scaffold.internal.choose;

import static io.docrows.scaffold.internal.choose.Paths.all;
import static io.docrows.scaffold.internal.choose.Paths.count;

import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.ReferenceFacts;
import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.CollectionChoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Makes references of columns whose every value is found in another collection. Not thread-safe; used once. */
final class References {

    private static final int LEAST_NUMBERS = 3;

    /** Values that were found by texts like them, which are other keys where types are told apart. */
    private static final List<Alike> LIKE_TEXTS = List.of(
            new Alike(kind -> kind == Kind.OBJECT_ID, Kind.TEXT_OBJECT_ID),
            new Alike(kind -> kind == Kind.UUID, Kind.TEXT_UUID),
            new Alike(Kind::isFiniteNumber, Kind.TEXT_INTEGER));

    private record Alike(Predicate<Kind> values, Kind texts) {

        /** Whether what was found of one form is there only in the other one. */
        boolean differ(PathFacts here, PathFacts there) {
            long valuesThere = count(there, values);
            long textsThere = there.count(texts);
            return count(here, values) > 0 && valuesThere == 0 && textsThere > 0
                    || here.count(texts) > 0 && textsThere == 0 && valuesThere > 0;
        }
    }

    private final Inspection inspection;
    private final List<CollectionChoice> choices;
    private final Map<String, Paths> paths = new HashMap<>();
    private final List<ReferenceFacts> ordered = new ArrayList<>();
    private final Links.Waits waits = new Links.Waits();

    private References(Inspection inspection, List<CollectionChoice> choices) {
        this.inspection = inspection;
        this.choices = choices;
    }

    static List<CollectionChoice> choose(Inspection inspection, List<CollectionChoice> choices) {
        References references = new References(inspection, choices);
        references.order();
        return choices.stream().map(references::collection).toList();
    }

    private CollectionChoice collection(CollectionChoice one) {
        Choice.Fields fields = (Choice.Fields) refer(one.fields(), one.collection(), List.of(), 0);
        return one.withFields(fields);
    }

    private Choice refer(Choice choice, String collection, List<String> names, int depth) {
        if (choice instanceof Choice.Fields document) {
            Map<String, Choice> fields = new LinkedHashMap<>();
            document.fields()
                    .forEach((name, field) ->
                            fields.put(name, refer(field, collection, Paths.with(names, name), depth)));
            return new Choice.Fields(fields, document.notes());
        }
        if (choice instanceof Choice.Rows rows) {
            String step = rows.source() == Choice.Rows.Source.ENTRIES ? Paths.ENTRY : Paths.ELEMENT;
            List<String> inner = rows.source() == Choice.Rows.Source.ROW ? names : Paths.with(names, step);
            return new Choice.Rows(
                    rows.source(),
                    rows.table(),
                    rows.by(),
                    refer(rows.row(), collection, inner, depth + 1),
                    rows.notes());
        }
        return choice instanceof Choice.Column column ? column(column, collection, names, depth) : choice;
    }

    private Choice column(Choice.Column column, String collection, List<String> names, int depth) {
        boolean array = column.type().endsWith("[]");
        List<String> from = array ? Paths.with(names, Paths.ELEMENT) : names;
        List<String> notes = new ArrayList<>(column.notes());
        for (ReferenceFacts one : inspection.references()) {
            if (!one.collection().equals(collection) || !one.path().equals(PathFacts.join(from))) {
                continue;
            }
            String there = one.target() + "." + one.targetPath();
            if (isChance(one, from, collection)) {
                notes.add("May refer to " + there + ", but a few numbers say nothing: no foreign key.");
                continue;
            }
            Optional<String> type = array ? Optional.empty() : type(one, from, collection);
            boolean id = type.filter("text"::equals).isPresent() && readsId(one, from, collection);
            if (one.orphans() > 0) {
                notes.add("Refers to " + there + ", but " + Words.number(one.orphans()) + " of "
                        + Words.number(one.values()) + (one.orphans() == 1 ? " is" : " are")
                        + " not found there: no foreign key.");
                if (type.isEmpty()) {
                    return column.withNotes(notes);
                }
                // The values can be joined nevertheless.
                Choice.Column joined = like(column, type.get(), id, List.of(), notes);
                if ((depth > 0 && collection.equals(one.target())) || !waits.add(collection, one.target())) {
                    // Also one that is pending has to be loaded after what it refers to.
                    return joined;
                }
                List<String> more = new ArrayList<>(joined.notes());
                more.add(Choice.OR + "references: " + place(one) + ", when-missing: pending, a foreign key that is NULL"
                        + " until what it refers to is there.");
                return joined.withNotes(more);
            }
            if (type.isEmpty() || !ordered.contains(one) || (depth > 0 && collection.equals(one.target()))) {
                notes.add("Refers to " + there + ": all " + Words.number(one.values()) + " found there. "
                        + (array
                                ? "An array has no foreign key."
                                : type.isEmpty()
                                        ? "The types differ, so that there is no foreign key."
                                        : "No foreign key, because each would wait for the other."));
                continue;
            }
            List<String> target = new ArrayList<>();
            target.add(one.target());
            target.addAll(targetNames(one));
            notes.add("Refers to " + there + ": all " + Words.number(one.values()) + " found there.");
            return like(column, type.get(), id, target, notes);
        }
        return column.withNotes(notes);
    }

    private String place(ReferenceFacts one) {
        return "[" + one.target() + ", " + String.join(", ", targetNames(one)) + "]";
    }

    /** Whether it is only some numbers that are keys elsewhere, as small numbers are. */
    private boolean isChance(ReferenceFacts one, List<String> from, String collection) {
        return one.distinctFound() < LEAST_NUMBERS
                && paths(collection)
                        .flatMap(all -> all.at(from))
                        .filter(path -> count(path, Kind::isFiniteNumber) > 0)
                        .isPresent();
    }

    /** The column with the type of what it refers to; what was said of its own type is of no use then. */
    private static Choice.Column like(
            Choice.Column column, String type, boolean id, List<String> target, List<String> notes) {
        List<String> said = new ArrayList<>(notes);
        if (!type.equals(column.type()) && said.size() > 2) {
            said.subList(1, said.size() - 1).clear();
        }
        if (id) {
            said.add("Values of several types, like those it refers to: read as text that tells them apart.");
        }
        return new Choice.Column(column.column(), type, id, target, Optional.empty(), Optional.empty(), said);
    }

    /** Whether the key that is referred to is of several types, whose text tells them apart. */
    private boolean readsId(ReferenceFacts one, List<String> from, String collection) {
        Optional<PathFacts> here = paths(collection).flatMap(all -> all.at(from));
        Optional<PathFacts> there = paths(one.target()).flatMap(all -> all.at(targetNames(one)));
        return here.isPresent() && there.isPresent() && !(isPlain(here.get()) && isPlain(there.get()));
    }

    /**
     * References that may become foreign keys: no two collections wait for each other, since one has to be loaded
     * first. Those to an {@code _id} come before others.
     */
    private void order() {
        List<ReferenceFacts> candidates = new ArrayList<>();
        for (boolean toId : new boolean[] {true, false}) {
            for (ReferenceFacts one : inspection.references()) {
                if (one.targetPath().equals("_id") == toId && one.orphans() == 0) {
                    candidates.add(one);
                }
            }
        }
        for (ReferenceFacts one : candidates) {
            if (waits.add(one.collection(), one.target())) {
                ordered.add(one);
            }
        }
    }

    private List<String> targetNames(ReferenceFacts one) {
        return paths(one.target())
                .flatMap(all -> inspection.collection(one.target()).flatMap(facts -> facts.path(one.targetPath())))
                .map(PathFacts::names)
                .orElse(List.of(one.targetPath()));
    }

    private Optional<Paths> paths(String collection) {
        return inspection
                .collection(collection)
                .map(facts -> paths.computeIfAbsent(collection, name -> new Paths(facts)));
    }

    /** The type that both columns have; empty if there is none. */
    private Optional<String> type(ReferenceFacts one, List<String> from, String collection) {
        Optional<CollectionChoice> target = choices.stream()
                .filter(choice -> choice.collection().equals(one.target()))
                .findFirst();
        Optional<PathFacts> here = paths(collection).flatMap(all -> all.at(from));
        List<String> names = targetNames(one);
        Optional<PathFacts> there = paths(one.target()).flatMap(all -> all.at(names));
        if (target.isEmpty() || here.isEmpty() || there.isEmpty() || there.get().isRepeated()) {
            return Optional.empty();
        }
        boolean key = names.equals(List.of("_id"));
        String type = key
                ? target.get().keyType()
                : target.get()
                        .at(names)
                        .flatMap(Choice::asColumn)
                        .map(Choice.Column::type)
                        .orElse("");
        boolean indexable = there.get()
                .texts()
                .filter(texts -> texts.longestBytes() > Chooser.LONGEST_KEY)
                .isEmpty();
        boolean fits = indexable
                && switch (type) {
                    case "bigint", "integer" ->
                        all(here.get(), kind -> kind == Kind.INT32 || kind == Kind.INT64 || kind == Kind.DOUBLE_WHOLE);
                    case "uuid" -> all(here.get(), kind -> kind == Kind.UUID);
                    case "text" -> textsAgree(here.get(), there.get(), one.convertsType());
                    default -> false;
                };
        return fits ? Optional.of(type) : Optional.empty();
    }

    /**
     * Whether both are the same text. Where a key is of several types, its text tells them apart, and that of what
     * refers to it does so too.
     */
    private static boolean textsAgree(PathFacts here, PathFacts there, boolean converts) {
        return isPlain(there)
                ? isPlain(here)
                : !converts
                        && count(here, kind -> kind == Kind.TEXT_MALFORMED) == 0
                        && LIKE_TEXTS.stream().noneMatch(pair -> pair.differ(here, there));
    }

    /** Whether the text of each value is just its characters, or the digits of an ObjectId. */
    private static boolean isPlain(PathFacts path) {
        return Paths.isPlainText(path) || all(path, kind -> kind == Kind.OBJECT_ID);
    }
}
