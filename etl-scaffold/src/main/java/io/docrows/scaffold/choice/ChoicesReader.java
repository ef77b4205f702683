package io.docrows.scaffold.choice;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a file of choices, and tells all that is wrong with it at once. Not thread-safe; used once. */
final class ChoicesReader {

    private static final int MOST_PROBLEMS = 20;
    private static final String LEAVE_OUT = "leave-out";
    private static final Set<String> OF_CHOICES = Set.of(
            "column",
            "type",
            "read",
            "references",
            "when-missing",
            "lookup",
            "fields",
            "rows",
            "entries",
            "row",
            "by",
            "value",
            LEAVE_OUT);
    private static final Set<String> OF_COLLECTIONS =
            Set.of("table", "key", "fields", "rest", "split", "tables", LEAVE_OUT);

    private static final Set<String> OF_PARTS = Set.of("table", "key", "fields", "rest");

    private final List<String> problems = new ArrayList<>();

    static GivenChoices read(String yaml) {
        ChoicesReader reader = new ChoicesReader();
        GivenChoices choices = reader.choices(yaml);
        if (!reader.problems.isEmpty()) {
            ChoicesLines lines = ChoicesLines.of(yaml);
            throw wrong(reader.problems.stream()
                    .limit(MOST_PROBLEMS)
                    .map(lines::with)
                    .collect(Collectors.joining("; ")));
        }
        return choices;
    }

    private static DocrowsException wrong(String what) {
        return new DocrowsException(ErrorCode.INVALID_OPTION, "the file of choices is wrong: " + what);
    }

    private GivenChoices choices(String yaml) {
        Object top;
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setAllowDuplicateKeys(false)
                    .setCodePointLimit(Integer.MAX_VALUE)
                    .build();
            top = new Load(settings).loadFromString(yaml);
        } catch (YamlEngineException e) {
            throw wrong(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
        Map<String, Object> map = map(top, "the file");
        Map<String, Optional<CollectionChoice>> collections = new LinkedHashMap<>();
        map(map.get("collections"), "collections")
                .forEach((name, value) -> collections.put(name, collection(name, map(value, name))));
        return new GivenChoices(text(map, "pipeline", "the file"), text(map, "package", "the file"), collections);
    }

    private Optional<CollectionChoice> collection(String name, Map<String, Object> map) {
        known(map, OF_COLLECTIONS, name);
        if (Boolean.TRUE.equals(map.get(LEAVE_OUT))) {
            return Optional.empty();
        }
        Map<String, Object> key = map(map.get("key"), name + ": key");
        Choice.Fields fields = map.containsKey("fields")
                ? fields(map(map.get("fields"), name + ": fields"), name)
                : new Choice.Fields(Map.of(), List.of());
        Optional<String> rest = map.containsKey("rest") ? Optional.of(text(map, "rest", name)) : Optional.empty();
        return Optional.of(new CollectionChoice(
                name,
                text(map, "table", name),
                text(key, "column", name + ": key"),
                text(key, "type", name + ": key"),
                fields,
                rest,
                List.of(),
                split(map, name)));
    }

    private Optional<Split> split(Map<String, Object> map, String name) {
        if (!map.containsKey("split")) {
            if (map.containsKey("tables")) {
                problems.add(name + ": tables needs split, which says what tells the documents apart");
            }
            return Optional.empty();
        }
        List<String> by = names(map.get("split"));
        if (by.isEmpty()) {
            problems.add(name + ": split is a list of the names that lead to a field");
        }
        Map<String, CollectionChoice> tables = new LinkedHashMap<>();
        if (map.containsKey("tables")) {
            map(map.get("tables"), name + ": tables").forEach((text, value) -> {
                String where = name + ": " + text;
                Map<String, Object> part = map(value, where);
                known(part, OF_PARTS, where);
                Map<String, Object> key = map(part.get("key"), where + ": key");
                tables.put(
                        text,
                        new CollectionChoice(
                                name,
                                text(part, "table", where),
                                text(key, "column", where + ": key"),
                                text(key, "type", where + ": key"),
                                part.containsKey("fields")
                                        ? fields(map(part.get("fields"), where + ": fields"), where)
                                        : new Choice.Fields(Map.of(), List.of()),
                                part.containsKey("rest") ? Optional.of(text(part, "rest", where)) : Optional.empty(),
                                List.of(),
                                Optional.empty()));
            });
        }
        return Optional.of(new Split(by, tables));
    }

    private static List<String> names(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private Choice.Fields fields(Map<String, Object> map, String where) {
        Map<String, Choice> fields = new LinkedHashMap<>();
        map.forEach((name, value) -> fields.put(name, choice(value, where + "." + name)));
        return new Choice.Fields(fields, List.of());
    }

    private Choice choice(@Nullable Object value, String where) {
        Map<String, Object> map = map(value, where);
        known(map, OF_CHOICES, where);
        if (Boolean.TRUE.equals(map.get(LEAVE_OUT))) {
            return new Choice.LeftOut(List.of());
        }
        for (Choice.Rows.Source source : Choice.Rows.Source.values()) {
            String key = source.key();
            if (map.containsKey(key)) {
                Choice row = map.containsKey("value")
                        ? choice(map.get("value"), where + ": value")
                        : fields(map(map.get("fields"), where + ": fields"), where);
                Optional<String> by = map.containsKey("by") ? Optional.of(text(map, "by", where)) : Optional.empty();
                return new Choice.Rows(source, text(map, key, where), by, row, List.of());
            }
        }
        if (map.containsKey("column")) {
            String read = map.containsKey("read") ? text(map, "read", where) : "";
            if (!read.isEmpty() && !read.equals("id")) {
                problems.add(where + ": read is id, or is left out");
            }
            return new Choice.Column(
                    text(map, "column", where),
                    text(map, "type", where),
                    read.equals("id"),
                    references(map, where),
                    whenMissing(map, where),
                    map.containsKey("lookup") ? Optional.of(text(map, "lookup", where)) : Optional.empty(),
                    List.of());
        }
        if (map.containsKey("fields")) {
            return fields(map(map.get("fields"), where + ": fields"), where);
        }
        problems.add(where + " needs one of column, fields, rows, entries, row and leave-out");
        return new Choice.LeftOut(List.of());
    }

    private Optional<Choice.Column.WhenMissing> whenMissing(Map<String, Object> map, String where) {
        if (!map.containsKey("when-missing")) {
            return Optional.empty();
        }
        String given = text(map, "when-missing", where);
        for (Choice.Column.WhenMissing one : Choice.Column.WhenMissing.values()) {
            if (one.key().equals(given)) {
                return Optional.of(one);
            }
        }
        problems.add(where + ": when-missing is pending, reject or forget");
        return Optional.empty();
    }

    private List<String> references(Map<String, Object> map, String where) {
        Object value = map.get("references");
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list && list.size() >= 2) {
            return list.stream().map(String::valueOf).toList();
        }
        problems.add(where + ": references is a list: a collection, and the names that lead to its field");
        return List.of();
    }

    private void known(Map<String, Object> map, Set<String> names, String where) {
        for (String name : map.keySet()) {
            if (!names.contains(name)) {
                problems.add(where + ": there is no setting " + name);
            }
        }
    }

    private String text(Map<String, Object> map, String name, String where) {
        Object value = map.get(name);
        if (value == null || value instanceof Map || value instanceof List) {
            problems.add(where + ": " + name + " is missing");
            return "missing";
        }
        return value.toString();
    }

    private Map<String, Object> map(@Nullable Object value, String where) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> found) {
            found.forEach((key, one) -> map.put(String.valueOf(key), one));
        } else {
            problems.add(where + " is missing, or has nothing below it");
        }
        return map;
    }
}
