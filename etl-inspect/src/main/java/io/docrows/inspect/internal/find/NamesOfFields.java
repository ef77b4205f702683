package io.docrows.inspect.internal.find;

import static io.docrows.inspect.internal.find.Subject.number;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.docrows.inspect.fact.Finding.Weight;
import io.docrows.inspect.fact.FindingCode;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.proposal.SqlNames;
import io.docrows.text.ForeignText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the names of fields tell, and what is wrong with them. */
final class NamesOfFields {

    private static final Map<String, String> MARKERS = Map.ofEntries(
            Map.entry("_class", "Spring Data's name of a Java class"),
            Map.entry("_t", "the C# driver's, or Morphia's, name of a class"),
            Map.entry("_type", "perhaps Mongoid's name of a Ruby class"),
            Map.entry("_cls", "MongoEngine's name of a Python class"),
            Map.entry("py/object", "jsonpickle's name of a Python class"),
            Map.entry("__pclass", "the PHP driver's name of a class, as binary data"),
            Map.entry("_doctrine_class_name", "Doctrine's name of a PHP class"),
            Map.entry("@class", "Jackson's name of a Java class"),
            Map.entry("className", "perhaps Morphia's name of a Java class"),
            Map.entry("__v", "Mongoose's version of the document"),
            Map.entry("__t", "Mongoose's name of a model"));

    private NamesOfFields() {}

    static void find(Subject subject) {
        Map<List<String>, List<PathFacts>> siblings = new LinkedHashMap<>();
        for (PathFacts path : subject.paths()) {
            if (!path.name().equals("[]") && !path.name().equals("{}")) {
                siblings.computeIfAbsent(path.names().subList(0, path.names().size() - 1), any -> new ArrayList<>())
                        .add(path);
                single(path, subject);
            }
            path.fieldNames()
                    .filter(names -> names.dotted() + names.dollar() > 0)
                    .ifPresent(names -> subject.add(
                            FindingCode.ODD_NAME,
                            Weight.NOTE,
                            path,
                            names.dotted() + names.dollar(),
                            Optional.empty(),
                            number(names.dotted() + names.dollar(), "field name")
                                    + " below it with a dot or a dollar sign."));
        }
        siblings.values().forEach(fields -> {
            byCase(fields, subject);
            twoIds(fields, subject);
        });
        collisions(subject);
        flattened(subject);
    }

    private static void single(PathFacts path, Subject subject) {
        String name = path.name();
        String marker = MARKERS.get(name);
        if (marker != null) {
            subject.add(
                    FindingCode.CLASS_MARKER,
                    Weight.NOTE,
                    path,
                    "Looks like " + marker + ", " + number(path.values(), "time") + ".");
        }
        List<String> odd = new ArrayList<>();
        if (name.indexOf('.') >= 0) {
            odd.add("a dot");
        }
        if (name.startsWith("$") && !name.equals("$ref") && !name.equals("$id") && !name.equals("$db")) {
            odd.add("a dollar sign at the start");
        }
        if (name.isEmpty()) {
            odd.add("no characters at all");
        }
        if (!name.equals(name.strip()) || name.indexOf(' ') >= 0) {
            odd.add("blanks");
        }
        if (name.contains("[dot]") || name.contains("\uF607")) {
            odd.add("a stand-in for a dot");
        }
        if (name.codePoints().anyMatch(ForeignText::isUnprintable)) {
            odd.add("characters that are not seen");
        }
        if (!odd.isEmpty()) {
            subject.add(
                    FindingCode.ODD_NAME,
                    Weight.NOTE,
                    path,
                    path.values(),
                    Optional.empty(),
                    number(path.values(), "value") + " under a name that has " + String.join(", ", odd) + ".");
        }
        if (SqlNames.snake(name).getBytes(UTF_8).length > SqlNames.LONGEST) {
            subject.add(
                    FindingCode.LONG_NAME,
                    Weight.NOTE,
                    path,
                    path.values(),
                    Optional.empty(),
                    "The name is longer than the 63 bytes of a PostgreSQL name, and is cut with a mark.");
        }
    }

    private static void byCase(List<PathFacts> fields, Subject subject) {
        groups(fields, path -> path.name().toLowerCase(Locale.ROOT))
                .forEach(group -> subject.add(
                        FindingCode.NAMES_DIFFER_BY_CASE,
                        Weight.DECIDE,
                        group.get(1),
                        "Differs from " + ForeignText.name(group.get(0).path()) + " ("
                                + number(group.get(0).values(), "value") + ") by case only."));
    }

    private static void twoIds(List<PathFacts> fields, Subject subject) {
        Optional<PathFacts> plain = named(fields, "id");
        Optional<PathFacts> key = named(fields, "_id");
        if (plain.isPresent() && key.isPresent()) {
            subject.add(
                    FindingCode.ID_BESIDE_ID,
                    Weight.NOTE,
                    plain.get(),
                    "Stands beside _id: " + number(plain.get().values()) + " have id, "
                            + number(key.get().values()) + " have _id. Which one is the key is for you to say.");
        }
    }

    private static Optional<PathFacts> named(List<PathFacts> fields, String name) {
        return fields.stream().filter(path -> path.name().equals(name)).findFirst();
    }

    /** Paths outside of arrays become columns of one table. */
    private static void collisions(Subject subject) {
        // An id beside the _id is told on its own, and the proposed column of the _id has another name then.
        List<PathFacts> columns = subject.paths().stream()
                .filter(path -> !path.isRepeated()
                        && path.objects() < path.present()
                        && !path.names().equals(List.of("_id")))
                .toList();
        groups(columns, path -> SqlNames.of(path.names()))
                .forEach(group -> subject.add(
                        FindingCode.NAME_COLLISION,
                        Weight.DECIDE,
                        group.get(1),
                        "Would be the same column as "
                                + group.stream()
                                        .filter(path -> path != group.get(1))
                                        .map(path -> ForeignText.name(path.path()))
                                        .collect(Collectors.joining(", "))
                                + ": " + SqlNames.of(group.get(0).names()) + "."));
    }

    private static void flattened(Subject subject) {
        Map<String, PathFacts> nested = new LinkedHashMap<>();
        for (PathFacts path : subject.paths()) {
            if (!path.isRepeated() && path.names().size() > 1) {
                nested.putIfAbsent(String.join("_", path.names()), path);
            }
        }
        for (PathFacts path : subject.paths()) {
            PathFacts twin = path.names().size() == 1 ? nested.get(path.name()) : null;
            if (twin != null) {
                subject.add(
                        FindingCode.FLATTENED_BESIDE_EMBEDDED,
                        Weight.DECIDE,
                        path,
                        number(path.values()) + " documents have it flattened, " + number(twin.values()) + " have "
                                + ForeignText.name(twin.path())
                                + ": perhaps the same thing, written by two versions of a program.");
            }
        }
    }

    private static List<List<PathFacts>> groups(
            List<PathFacts> paths, java.util.function.Function<PathFacts, String> by) {
        return paths.stream()
                .collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(group -> group.size() > 1)
                .toList();
    }
}
