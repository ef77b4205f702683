package io.docrows.scaffold.internal.choose;

import static io.docrows.scaffold.internal.choose.Paths.all;
import static io.docrows.scaffold.internal.choose.Paths.count;

import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.KeyFacts;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Chooses for everything that was found. Not thread-safe; used once. */
public final class Chooser {

    /** An index entry holds about 2,700 bytes. */
    static final int LONGEST_KEY = 2_000;

    private static final int MOST_SUGGESTED = 3;

    private static final String TWICE =
            "LEFT OUT: the same name twice in one document, which neither a column nor jsonb can hold.";

    private final Names tables = Names.ofTables();

    private Chooser() {}

    /**
     * What is chosen where nobody has decided otherwise.
     *
     * @param inspection what was found
     * @param pipeline the pipeline's name
     * @param packageName the Java package
     * @return choices for every collection with documents
     */
    public static Choices choose(Inspection inspection, String pipeline, String packageName) {
        Chooser chooser = new Chooser();
        List<CollectionChoice> collections = new ArrayList<>();
        List<CollectionFacts> found = new ArrayList<>();
        Map<String, List<String>> leftOut = new LinkedHashMap<>();
        for (CollectionFacts one : inspection.collections()) {
            if (one.documents() > 0 && one.path("_id").isEmpty()) {
                leftOut.put(one.name(), List.of(withoutId(one)));
            } else if (one.documents() > 0) {
                found.add(one);
            }
        }
        // Collections before their child tables, so that the plainest names are theirs.
        Map<String, String> names = new LinkedHashMap<>();
        for (CollectionFacts collection : found) {
            names.put(collection.name(), chooser.tables.take(Names.sql(List.of(collection.name()))));
        }
        for (CollectionFacts collection : found) {
            collections.add(chooser.collection(collection, names.getOrDefault(collection.name(), "")));
        }
        List<CollectionChoice> referring = References.choose(inspection, collections);
        return Rest.tell(
                inspection, new Choices(pipeline, packageName, SharedValues.tell(inspection, referring), leftOut));
    }

    private static String withoutId(CollectionFacts collection) {
        String unique = collection.keys().stream()
                .filter(key -> key.unique() && key.values() == collection.documents())
                .map(KeyFacts::path)
                .limit(MOST_SUGGESTED)
                .collect(Collectors.joining(", "));
        return "No document has an _id, by which its row would be known. For JSON, --id-fields NAME makes one of their"
                + " fields" + (unique.isEmpty() ? "" : " (different in each: " + unique + ")")
                + ", and --number-documents numbers them.";
    }

    private CollectionChoice collection(CollectionFacts collection, String table) {
        Paths paths = new Paths(collection);
        List<String> notes = new ArrayList<>();
        notes.add(Words.count(collection.documents(), "document") + ", "
                + (collection.complete() ? "every one read." : "of which some were read: the others may differ."));
        notes.addAll(Losses.ofDocuments(collection, paths));
        Names columns = Names.ofColumns(table);
        boolean hasOther = paths.at(List.of("id")).isPresent();
        String key = columns.take(hasOther ? "mongo_id" : "id");
        String keyType = paths.at(List.of("_id")).map(Chooser::keyType).orElse("text");
        if (paths.below(List.of()).stream().anyMatch(path -> path.name().equals(Paths.ENTRY))) {
            notes.add("Too many different field names to have a column each: all fields are in one of jsonb.");
            return new CollectionChoice(
                    collection.name(),
                    table,
                    key,
                    keyType,
                    new Choice.Fields(Map.of(), List.of()),
                    Optional.of(columns.take("document")),
                    notes,
                    Optional.empty());
        }
        Choice.Fields fields = new Row(paths, table, columns).fields(List.of(), List.of());
        Width.Fitted fitted = Width.fit(fields);
        Optional<String> rest = Optional.empty();
        if (fitted.cut() > 0) {
            rest = Optional.of(columns.take("rest"));
            notes.add(Words.count(fitted.cut(), "field") + " that few documents have "
                    + (fitted.cut() == 1 ? "is" : "are") + " in the column " + rest.get()
                    + ", as jsonb: a table with so many columns could not hold a row that has them all.");
        }
        notes.addAll(Splits.notes(collection));
        return new CollectionChoice(
                collection.name(), table, key, keyType, fitted.fields(), rest, notes, Optional.empty());
    }

    private static String keyType(PathFacts id) {
        if (all(id, kind -> kind == Kind.INT32 || kind == Kind.INT64 || kind == Kind.DOUBLE_WHOLE)
                && id.numbers().filter(facts -> facts.fitsBigint()).isPresent()) {
            return "bigint";
        }
        if (all(id, kind -> kind == Kind.UUID)) {
            return "uuid";
        }
        return "text";
    }

    /** Chooses for what becomes a row of one table. */
    private final class Row {

        private final Paths paths;
        private final String table;
        private final Names columns;

        Row(Paths paths, String table, Names columns) {
            this.paths = paths;
            this.table = table;
            this.columns = columns;
        }

        Choice.Fields fields(List<String> document, List<String> prefix) {
            Map<String, Choice> fields = new LinkedHashMap<>();
            for (PathFacts path : paths.below(document)) {
                if (document.isEmpty() && path.name().equals("_id")) {
                    continue;
                }
                fields.put(path.name(), field(path, Paths.with(prefix, path.name())));
            }
            return new Choice.Fields(fields, List.of());
        }

        private Choice.Column column(PathFacts path, List<String> names, ColumnType type) {
            List<String> notes = new ArrayList<>();
            notes.add(Words.facts(path));
            notes.addAll(type.notes());
            notes.addAll(Losses.of(paths, path, type.type()));
            return Choice.Column.of(columns.take(Names.sql(names)), type.type(), notes);
        }

        Choice field(PathFacts path, List<String> names) {
            if (paths.any(path, one -> one.repeatedNames() > 0) && !flattens(path)) {
                return new Choice.LeftOut(List.of(Words.facts(path), TWICE));
            }
            if (all(path, Kind::isDocument)) {
                return document(path, names);
            }
            if (all(path, Kind::isArray)) {
                return array(path, names);
            }
            return column(path, names, ColumnType.of(path));
        }

        /** Whether a repeated name within it concerns only fields that are chosen for one by one. */
        private boolean flattens(PathFacts path) {
            return path.repeatedNames() == 0 && (all(path, Kind::isDocument) || all(path, Kind::isArray));
        }

        private Choice json(PathFacts path, List<String> names, String why) {
            if (paths.any(path, one -> one.repeatedNames() > 0)) {
                return new Choice.LeftOut(List.of(Words.facts(path), TWICE));
            }
            return column(path, names, new ColumnType(ColumnType.JSON, why));
        }

        /** A document within a row that has no room for a column for each of its fields. */
        private Choice wide(PathFacts row, List<String> names) {
            List<String> whole = new ArrayList<>(row.names());
            whole.addAll(names);
            return json(
                    paths.at(whole).orElseThrow(),
                    names,
                    "One column, as jsonb: with one for each of its fields, the table could not hold a row that has"
                            + " them all.");
        }

        private Choice document(PathFacts path, List<String> names) {
            if (path.cutOff() > 0) {
                return json(path, names, "Nested deeper than is looked into.");
            }
            if (count(path, kind -> kind == Kind.GEOJSON) > 0) {
                return json(path, names, "GeoJSON: with PostGIS, a column of type geography could hold it.");
            }
            if (count(path, kind -> kind == Kind.DBREF) > 0) {
                return json(path, names, "DBRefs.");
            }
            if (path.fieldNames().isPresent()) {
                return entries(path, names);
            }
            if (paths.below(path.names()).isEmpty()) {
                return json(path, names, "Always empty, so nothing tells what would be in it.");
            }
            List<String> notes = new ArrayList<>();
            notes.add(Words.facts(path));
            long empty = path.count(Kind.DOCUMENT_EMPTY);
            if (empty > 0) {
                notes.add("The empty ones become NULLs, like missing ones.");
            }
            return new Choice.Fields(fields(path.names(), names).fields(), notes);
        }

        private Choice entries(PathFacts path, List<String> names) {
            PathFacts entry = paths.entry(path).orElse(null);
            if (entry == null || path.fieldNames().orElseThrow().longest() > LONGEST_KEY / 4) {
                return json(path, names, "Field names that are data, too long for a key.");
            }
            List<String> notes = new ArrayList<>();
            notes.add(Words.facts(path));
            notes.add("Its field names are data (" + (path.fieldNames().get().exact() ? "" : "about ")
                    + Words.number(path.fieldNames().get().distinct()) + " different): each field is a row.");
            return rows(Choice.Rows.Source.ENTRIES, path, entry, names, notes);
        }

        private Choice array(PathFacts path, List<String> names) {
            PathFacts element = paths.element(path).orElse(null);
            if (element == null || element.present() == 0) {
                return json(path, names, "Nothing in any array, so nothing tells the type of the elements.");
            }
            if (path.cutOff() > 0) {
                return json(path, names, "Nested deeper than is looked into.");
            }
            if (isRow(element)) {
                List<String> notes = new ArrayList<>();
                notes.add(Words.facts(path));
                notes.add(
                        "Each element is a row, known by its position: " + Words.count(element.values(), "row") + ".");
                long without = path.values() - path.present() + path.count(Kind.ARRAY_EMPTY);
                if (without > 0) {
                    notes.add(Words.number(without) + (without == 1 ? " is" : " are")
                            + " empty or null: no rows, as where it is missing.");
                }
                return rows(Choice.Rows.Source.ROWS, path, element, names, notes);
            }
            if (count(element, kind -> kind.isArray() || kind.isDocument()) > 0) {
                return json(path, names, "Elements: " + Words.kinds(element) + ".");
            }
            ColumnType type = ColumnType.of(element);
            List<String> notes = new ArrayList<>(type.notes());
            notes.add(0, "Elements: " + Words.facts(element) + ".");
            boolean mixed = type.type().equals(ColumnType.JSON);
            return column(path, names, new ColumnType(mixed ? type.type() : type.type() + "[]", notes));
        }

        /** Whether every element is a document whose fields can be told apart. */
        private boolean isRow(PathFacts element) {
            return all(element, Kind::isDocument)
                    && element.present() == element.values()
                    && element.cutOff() == 0
                    && count(element, kind -> kind == Kind.GEOJSON || kind == Kind.DBREF) == 0
                    && element.fieldNames().isEmpty()
                    && !paths.below(element.names()).isEmpty();
        }

        private Choice rows(
                Choice.Rows.Source source, PathFacts path, PathFacts row, List<String> names, List<String> notes) {
            String child = tables.take(Names.sql(List.of(Names.singular(table), Names.sql(names))));
            Row inner = new Row(paths, child, Names.ofColumns(child));
            Choice made;
            if (source == Choice.Rows.Source.ROWS || isRow(row)) {
                Optional<Choice.Fields> fitting =
                        Width.fold(inner.fields(row.names(), List.of()), within -> inner.wide(row, within));
                if (fitting.isEmpty()) {
                    return json(path, names, "More fields in each row than a table can have columns.");
                }
                made = fitting.get();
            } else {
                made = inner.field(row, List.of("value"));
                if (made instanceof Choice.Fields || made instanceof Choice.LeftOut) {
                    made = inner.json(row, List.of("value"), "Elements: " + Words.kinds(row) + ".");
                }
                if (made instanceof Choice.LeftOut) {
                    return new Choice.LeftOut(List.of(Words.facts(path), TWICE));
                }
            }
            return new Choice.Rows(source, child, Optional.empty(), made, notes);
        }
    }
}
