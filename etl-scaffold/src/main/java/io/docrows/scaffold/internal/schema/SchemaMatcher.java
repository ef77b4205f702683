package io.docrows.scaffold.internal.schema;

import static io.docrows.scaffold.internal.choose.Paths.all;

import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.ReferenceFacts;
import io.docrows.inspect.proposal.SqlNames;
import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.scaffold.internal.choose.Names;
import io.docrows.scaffold.internal.choose.Paths;
import io.docrows.scaffold.internal.choose.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds by name and type which collections and fields fit into tables that are there already. Used once. */
public final class SchemaMatcher {

    private static final List<String> KEYS =
            List.of("mongo_id", "_id", "object_id", "document_id", "external_id", "legacy_id", "id");

    private final Inspection inspection;
    private final Tables tables;
    private final Map<String, ExistingTable> tableOf = new LinkedHashMap<>();
    private final Map<String, ExistingColumn> keyOf = new LinkedHashMap<>();
    private final Map<String, List<String>> leftOut = new TreeMap<>();

    private SchemaMatcher(Inspection inspection, Tables tables) {
        this.inspection = inspection;
        this.tables = tables;
    }

    /** Choices that lead into the tables. What does not fit is left out, and its notes say why. */
    public static Choices match(Inspection inspection, Tables tables, String pipeline, String packageName) {
        SchemaMatcher matcher = new SchemaMatcher(inspection, tables);
        inspection.collections().stream().filter(one -> one.documents() > 0).forEach(matcher::pair);
        List<CollectionChoice> collections = new ArrayList<>();
        for (CollectionFacts one : inspection.collections()) {
            if (matcher.keyOf.containsKey(one.name())) {
                matcher.collection(one).ifPresent(collections::add);
            }
        }
        return new Choices(pipeline, packageName, collections, matcher.leftOut);
    }

    /** A name without what people write in different ways: case, underscores, the plural. */
    private static String plain(String name) {
        return Arrays.stream(SqlNames.snake(name).split("_"))
                .map(Names::singular)
                .collect(Collectors.joining());
    }

    private static String plain(List<String> names) {
        return plain(String.join("_", names));
    }

    private void pair(CollectionFacts collection) {
        Optional<ExistingTable> table = tables.table(collection.name())
                .or(() -> tables.tables().stream()
                        .filter(one -> plain(one.name()).equals(plain(collection.name())))
                        .findFirst());
        if (table.isEmpty()) {
            leftOut.put(collection.name(), List.of("No table is named like it."));
            return;
        }
        Fit fit = new Fit(new Paths(collection), tables.enums());
        Optional<PathFacts> id = collection.path("_id");
        Optional<ExistingColumn> key = KEYS.stream()
                .flatMap(name -> table.get().column(name).stream())
                .filter(column -> table.get().isUnique(column.name()) && !column.computed())
                .filter(column ->
                        id.filter(path -> isKey(fit, path, column.type())).isPresent())
                .findFirst();
        if (key.isEmpty()) {
            leftOut.put(
                    collection.name(),
                    List.of("No unique column of the table " + table.get().name()
                            + " can hold its _id. Add one, such as mongo_id text NOT NULL UNIQUE."));
            return;
        }
        tableOf.put(collection.name(), table.get());
        keyOf.put(collection.name(), key.get());
    }

    private static boolean isKey(Fit fit, PathFacts id, String type) {
        return type.equals("text")
                || (List.of("bigint", "integer", "uuid").contains(type)
                        && fit.against(id, type).isEmpty())
                || (type.startsWith("character varying")
                        && fit.against(id, type).isEmpty());
    }

    private Optional<CollectionChoice> collection(CollectionFacts collection) {
        ExistingTable table = tableOf.get(collection.name());
        ExistingColumn key = keyOf.get(collection.name());
        if (table == null || key == null) {
            return Optional.empty();
        }
        Row row = new Row(collection, table);
        row.used.add(key.name());
        Choice.Fields fields = row.fields(List.of(), List.of());
        List<String> missing = row.missing();
        if (!missing.isEmpty()) {
            leftOut.put(collection.name(), missing);
            return Optional.empty();
        }
        String type = key.type().startsWith("character") ? "text" : key.type();
        return Optional.of(new CollectionChoice(
                collection.name(),
                table.name(),
                key.name(),
                type,
                fields,
                Optional.empty(),
                List.of(Words.count(collection.documents(), "document") + "."),
                Optional.empty()));
    }

    /** What becomes a row of one table. */
    private final class Row {

        private final CollectionFacts collection;
        private final Paths paths;
        private final Fit fit;
        private final ExistingTable table;
        private final Set<String> used = new LinkedHashSet<>();

        Row(CollectionFacts collection, ExistingTable table) {
            this.collection = collection;
            this.paths = new Paths(collection);
            this.fit = new Fit(paths, tables.enums());
            this.table = table;
        }

        Choice.Fields fields(List<String> document, List<String> prefix) {
            Map<String, Choice> fields = new LinkedHashMap<>();
            for (PathFacts path : paths.below(document)) {
                if (!path.names().equals(List.of("_id"))) {
                    fields.put(path.name(), field(path, Paths.with(prefix, path.name())));
                }
            }
            return new Choice.Fields(fields, List.of());
        }

        /** Columns that have to have a value, and get none. */
        List<String> missing() {
            return table.columns().stream()
                    .filter(column -> column.notNull() && !column.filled() && !used.contains(column.name()))
                    .map(column -> "Column " + column.name() + " of the table " + table.name()
                            + " may not be NULL and has no default, and no field that fits is named like it.")
                    .toList();
        }

        private Optional<ExistingColumn> columnFor(List<String> names) {
            String wanted = plain(names);
            List<ExistingColumn> free = table.columns().stream()
                    .filter(column -> !column.computed() && !used.contains(column.name()))
                    .toList();
            // Names that differ by case only are several columns: the very name comes first.
            Optional<ExistingColumn> same = free.stream()
                    .filter(column -> names.equals(List.of(column.name())))
                    .findFirst();
            return same.or(() -> alike(free, wanted));
        }

        private Optional<ExistingColumn> alike(List<ExistingColumn> free, String wanted) {
            return free.stream()
                    .filter(column -> plain(column.name()).equals(wanted)
                            || plain(column.name()).equals(wanted + "id")
                            || (plain(column.name()) + "id").equals(wanted))
                    .findFirst();
        }

        private Choice field(PathFacts path, List<String> names) {
            Optional<ExistingColumn> column = columnFor(names);
            if (column.isPresent()) {
                return column(path, column.get());
            }
            if (all(path, Kind::isDocument)
                    && path.fieldNames().isEmpty()
                    && !paths.below(path.names()).isEmpty()) {
                return fields(path.names(), names);
            }
            Optional<PathFacts> element = paths.element(path);
            boolean rows = all(path, Kind::isArray)
                    && element.filter(one -> all(one, Kind::isDocument) && one.present() == one.values())
                            .isPresent();
            return rows
                    ? rows(path, element.get(), names)
                    : out(path, "No column of " + table.name() + " is named like it.");
        }

        private Choice out(PathFacts path, String why) {
            return new Choice.LeftOut(List.of(Words.facts(path), "LEFT OUT: " + why));
        }

        private Choice column(PathFacts path, ExistingColumn column) {
            List<String> notes = new ArrayList<>();
            notes.add(Words.facts(path));
            Optional<ExistingTable.ForeignKey> key = table.foreignKey(column.name());
            if (key.isPresent()) {
                return reference(path, column, key.get(), notes);
            }
            Optional<String> against = fit.against(path, column.type());
            if (against.isPresent()) {
                return out(path, "column " + column.name() + ": " + against.get() + ".");
            }
            used.add(column.name());
            notes.addAll(nulls(path, column));
            if (column.type().equals("timestamp without time zone")
                    || column.type().equals("date")) {
                notes.add("Read in UTC: name the zone in the mapping if another one is meant.");
            }
            return Choice.Column.of(column.name(), column.type(), notes);
        }

        private List<String> nulls(PathFacts path, ExistingColumn column) {
            long without = path.owners() - path.present();
            return column.notNull() && without > 0
                    ? List.of("LOSS: " + Words.count(without, "document")
                            + " without it will be rejected, because the column is NOT NULL.")
                    : List.of();
        }

        private Choice reference(
                PathFacts path, ExistingColumn column, ExistingTable.ForeignKey key, List<String> notes) {
            Optional<ReferenceFacts> found = inspection.references().stream()
                    .filter(one -> one.collection().equals(collection.name())
                            && one.path().equals(path.path()))
                    .filter(one -> one.targetPath().equals("_id") && leadsTo(one.target(), key.target()))
                    .findFirst();
            if (found.isEmpty()) {
                return out(
                        path,
                        "column " + column.name() + " refers to the table " + key.target()
                                + ", and no collection that fits into that has these values as its _id.");
            }
            ReferenceFacts one = found.get();
            notes.add("Refers to " + one.target() + "._id: " + Words.number(one.found()) + " of "
                    + Words.number(one.values()) + " found there.");
            if (one.orphans() > 0) {
                notes.add(
                        column.notNull()
                                ? "LOSS: the others will be rejected until they are there."
                                : "The others stay NULL until they are there.");
            }
            notes.addAll(nulls(path, column));
            used.add(column.name());
            return new Choice.Column(
                    column.name(),
                    column.type(),
                    isMixed(one.target()),
                    List.of(one.target(), "_id"),
                    Optional.empty(),
                    Optional.empty(),
                    notes);
        }

        private boolean leadsTo(String target, String name) {
            ExistingTable there = tableOf.get(target);
            return there != null && there.name().equals(name);
        }

        /** Whether a key is of several types, whose text tells them apart. */
        private boolean isMixed(String target) {
            ExistingColumn key = keyOf.get(target);
            return key != null
                    && key.type().equals("text")
                    && inspection
                            .collection(target)
                            .flatMap(facts -> facts.path("_id"))
                            .filter(id -> !all(id, Kind::isText) && !all(id, kind -> kind == Kind.OBJECT_ID))
                            .isPresent();
        }

        private Choice rows(PathFacts path, PathFacts element, List<String> names) {
            String whole = plain(Names.singular(table.name()) + "_" + String.join("_", names));
            for (ExistingTable child : tables.tables()) {
                boolean named =
                        plain(child.name()).equals(whole) || plain(child.name()).equals(plain(names));
                Optional<ExistingTable.ForeignKey> key = child.foreignKeys().stream()
                        .filter(one -> one.target().equals(table.name()))
                        .findFirst();
                if (named && key.isPresent()) {
                    return rows(path, element, child, key.get());
                }
            }
            return out(path, "No table with a foreign key to " + table.name() + " is named like it.");
        }

        private Choice rows(PathFacts path, PathFacts element, ExistingTable child, ExistingTable.ForeignKey parent) {
            Optional<String> by = child.keys().stream()
                    .filter(key -> key.size() == parent.columns().size() + 1 && key.containsAll(parent.columns()))
                    .flatMap(List::stream)
                    .filter(name -> !parent.columns().contains(name))
                    .filter(name -> child.column(name)
                            .filter(column ->
                                    List.of("smallint", "integer", "bigint").contains(column.type()))
                            .isPresent())
                    .findFirst();
            if (by.isEmpty()) {
                return out(path, "the table " + child.name() + " has no unique key of its foreign key and a position.");
            }
            Row row = new Row(collection, child);
            row.used.addAll(parent.columns());
            row.used.add(by.get());
            Choice.Fields fields = row.fields(element.names(), List.of());
            List<String> missing = row.missing();
            return missing.isEmpty()
                    ? new Choice.Rows(Choice.Rows.Source.ROWS, child.name(), by, fields, List.of(Words.facts(path)))
                    : out(path, String.join(" ", missing));
        }
    }
}
