package io.docrows.scaffold.internal.choose;

import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What was found in a collection, as the tree that it is. Immutable. */
public final class Paths {

    /** Stands for the elements of an array. */
    public static final String ELEMENT = "[]";

    /** Stands for the fields of a document whose names are data. */
    public static final String ENTRY = "{}";

    private final Map<List<String>, PathFacts> byNames = new HashMap<>();
    private final Map<List<String>, List<PathFacts>> below = new HashMap<>();

    /** The paths of a collection. */
    public Paths(CollectionFacts collection) {
        for (PathFacts path : collection.paths()) {
            List<String> names = path.names();
            byNames.put(names, path);
            below.computeIfAbsent(names.subList(0, names.size() - 1), parent -> new ArrayList<>())
                    .add(path);
        }
    }

    /** What was found at a path. */
    public Optional<PathFacts> at(List<String> names) {
        return Optional.ofNullable(byNames.get(names));
    }

    /** The fields of a document, or what stands for the elements of an array, in a stable order. */
    public List<PathFacts> below(List<String> names) {
        return List.copyOf(below.getOrDefault(names, List.of()));
    }

    /** What stands for the elements of an array. */
    public Optional<PathFacts> element(PathFacts array) {
        return at(with(array.names(), ELEMENT));
    }

    /** What stands for the fields of a document whose names are data. */
    public Optional<PathFacts> entry(PathFacts document) {
        return at(with(document.names(), ENTRY));
    }

    /** Whether a path or one below it has values of a kind. */
    public boolean has(PathFacts path, Predicate<Kind> kind) {
        return any(path, one -> count(one, kind) > 0);
    }

    /** Whether something is true of a path or one below it. */
    public boolean any(PathFacts path, Predicate<PathFacts> condition) {
        if (condition.test(path)) {
            return true;
        }
        for (PathFacts one : below(path.names())) {
            if (any(one, condition)) {
                return true;
            }
        }
        return false;
    }

    /** How many values are of a kind. */
    public static long count(PathFacts path, Predicate<Kind> kinds) {
        return path.kinds().stream()
                .filter(one -> kinds.test(one.kind()))
                .mapToLong(one -> one.values())
                .sum();
    }

    /** Whether all values that are there are of a kind, and there are some. */
    public static boolean all(PathFacts path, Predicate<Kind> kinds) {
        return path.present() > 0 && count(path, kind -> !kind.isNull() && kinds.test(kind)) == path.present();
    }

    /** Whether all values are texts that PostgreSQL can store as they are. */
    public static boolean isPlainText(PathFacts path) {
        return all(path, Kind::isText) && path.count(Kind.TEXT_NUL) == 0;
    }

    /** Names, and one more. */
    public static List<String> with(List<String> names, String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return List.copyOf(longer);
    }
}
