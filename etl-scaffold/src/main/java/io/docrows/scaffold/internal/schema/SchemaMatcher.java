package io.docrows.scaffold.internal.schema;

import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.Choices;
import io.docrows.scaffold.choice.CollectionChoice;
import io.docrows.scaffold.internal.choose.Links;
import io.docrows.scaffold.internal.choose.Paths;
import io.docrows.scaffold.internal.choose.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds by name and type which collections and fields fit into tables that are there already. Used once. */
public final class SchemaMatcher {

    private static final List<String> KEYS =
            List.of("mongo_id", "_id", "object_id", "document_id", "external_id", "legacy_id", "id");

    private final Inspection inspection;
    private final Tables tables;
    private final Map<String, ExistingTable> tableOf = new LinkedHashMap<>();
    private final Map<String, ExistingColumn> keyOf = new LinkedHashMap<>();
    private final Map<String, List<String>> leftOut = new TreeMap<>();
    /** References that would have tables wait for each other. */
    private final Set<Matching.Reference> refused = new HashSet<>();

    private SchemaMatcher(Inspection inspection, Tables tables) {
        this.inspection = inspection;
        this.tables = tables;
    }

    /** Choices that lead into the tables. What does not fit is left out, and its notes say why. */
    public static Choices match(Inspection inspection, Tables tables, String pipeline, String packageName) {
        SchemaMatcher matcher = new SchemaMatcher(inspection, tables);
        matcher.pair();
        return new Choices(pipeline, packageName, matcher.collections(), matcher.leftOut);
    }

    /** Each collection with a table. One that is named just like it comes before one that is named alike. */
    private void pair() {
        List<CollectionFacts> found = inspection.collections().stream()
                .filter(one -> one.documents() > 0)
                .toList();
        for (CollectionFacts one : found) {
            tables.table(one.name()).ifPresent(table -> pair(one, table));
        }
        for (CollectionFacts one : found) {
            if (tableOf.containsKey(one.name()) || leftOut.containsKey(one.name())) {
                continue;
            }
            List<ExistingTable> alike = tables.tables().stream()
                    .filter(table -> Alike.plain(table.name()).equals(Alike.plain(one.name())))
                    .toList();
            Optional<ExistingTable> free = alike.stream()
                    .filter(table -> !tableOf.containsValue(table))
                    .findFirst();
            if (free.isPresent()) {
                pair(one, free.get());
            } else {
                leftOut.put(
                        one.name(),
                        List.of(
                                alike.isEmpty()
                                        ? "No table is named like it."
                                        : "The table " + alike.get(0).name() + " is that of the collection "
                                                + owner(alike.get(0)) + " already."));
            }
        }
    }

    private String owner(ExistingTable table) {
        return tableOf.entrySet().stream()
                .filter(one -> one.getValue().equals(table))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private void pair(CollectionFacts collection, ExistingTable table) {
        Fit fit = new Fit(new Paths(collection), tables.enums());
        Optional<PathFacts> id = collection.path("_id");
        Optional<ExistingColumn> key = KEYS.stream()
                .flatMap(name -> table.column(name).stream())
                .filter(column -> table.isUnique(column.name()) && !column.computed())
                .filter(column ->
                        id.filter(path -> isKey(fit, path, column.type())).isPresent())
                .findFirst();
        if (key.isEmpty()) {
            leftOut.put(
                    collection.name(),
                    List.of("No unique column of the table " + table.name() + " can hold its _id. Add one, such as"
                            + " mongo_id text NOT NULL UNIQUE. A unique index alone does not count: ALTER TABLE …"
                            + " ADD UNIQUE USING INDEX makes it a constraint."));
            return;
        }
        tableOf.put(collection.name(), table);
        keyOf.put(collection.name(), key.get());
    }

    private static boolean isKey(Fit fit, PathFacts id, String type) {
        return type.equals("text")
                || (List.of("bigint", "integer", "uuid").contains(type)
                        && fit.against(id, type).isEmpty())
                || (type.startsWith("character varying")
                        && fit.against(id, type).isEmpty());
    }

    /**
     * All that fit. What is left out changes what others can refer to, so they are matched until nothing more is left
     * out.
     */
    private List<CollectionChoice> collections() {
        while (true) {
            Matching matching = new Matching(inspection, tables, tableOf, keyOf, refused);
            List<CollectionChoice> collections = new ArrayList<>();
            boolean left = false;
            for (CollectionFacts one : inspection.collections()) {
                ExistingTable table = tableOf.get(one.name());
                ExistingColumn key = keyOf.get(one.name());
                if (table == null || key == null) {
                    continue;
                }
                RowMatcher row = matching.row(one, table, key);
                Choice.Fields fields = row.fields(List.of(), List.of());
                List<String> missing = row.missing();
                if (missing.isEmpty()) {
                    collections.add(choice(one, table, key, fields));
                } else {
                    leftOut.put(one.name(), missing);
                    tableOf.remove(one.name());
                    keyOf.remove(one.name());
                    left = true;
                }
            }
            if (left) {
                refused.clear();
            } else if (!refuse(matching.references())) {
                return collections;
            }
        }
    }

    private static CollectionChoice choice(
            CollectionFacts collection, ExistingTable table, ExistingColumn key, Choice.Fields fields) {
        return new CollectionChoice(
                collection.name(),
                table.name(),
                key.name(),
                key.type().startsWith("character") ? "text" : key.type(),
                fields,
                Optional.empty(),
                List.of(Words.count(collection.documents(), "document") + "."),
                Optional.empty());
    }

    /** Refuses references that close a circle, rather those that may be NULL. Returns whether there are any. */
    private boolean refuse(List<Matching.Reference> references) {
        Links.Waits waits = new Links.Waits();
        List<Matching.Reference> closing = references.stream()
                .sorted(Comparator.comparing(one -> !one.required()))
                .filter(one -> !waits.add(one.collection(), one.target()))
                .toList();
        return refused.addAll(closing);
    }
}
