package io.docrows.inspect.internal.find;

import io.docrows.inspect.fact.DiscriminatorFacts;
import io.docrows.inspect.fact.EntityFacts;
import io.docrows.inspect.fact.Finding;
import io.docrows.inspect.fact.Finding.Weight;
import io.docrows.inspect.fact.FindingCode;
import io.docrows.inspect.fact.KeyFacts;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.KindFacts;
import io.docrows.inspect.fact.PathFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** A collection of which findings are made, and the findings so far. Not thread-safe. */
final class Subject {

    private final MeasuredCollection collection;
    private final List<PathFacts> paths;
    private final List<KeyFacts> keys;
    private final List<DiscriminatorFacts> discriminators;
    private final List<EntityFacts> entities;
    private final List<Finding> findings = new ArrayList<>();

    Subject(
            MeasuredCollection collection,
            List<KeyFacts> keys,
            List<DiscriminatorFacts> discriminators,
            List<EntityFacts> entities) {
        this.collection = collection;
        this.paths = collection.paths().stream().map(MeasuredPath::facts).toList();
        this.keys = keys;
        this.discriminators = discriminators;
        this.entities = entities;
    }

    MeasuredCollection collection() {
        return collection;
    }

    List<PathFacts> paths() {
        return paths;
    }

    List<KeyFacts> keys() {
        return keys;
    }

    List<DiscriminatorFacts> discriminators() {
        return discriminators;
    }

    List<EntityFacts> entities() {
        return entities;
    }

    List<Finding> findings() {
        return findings;
    }

    /** The fields right below a path, or of the documents themselves. */
    List<PathFacts> below(List<String> names) {
        return paths.stream()
                .filter(path -> path.names().size() == names.size() + 1
                        && path.names().subList(0, names.size()).equals(names))
                .toList();
    }

    Optional<PathFacts> path(String path) {
        return paths.stream().filter(one -> one.path().equals(path)).findFirst();
    }

    void add(FindingCode code, Weight weight, PathFacts path, long values, Optional<String> firstId, String message) {
        findings.add(new Finding(
                code,
                weight,
                path.path(),
                values,
                firstId,
                Character.toUpperCase(message.charAt(0)) + message.substring(1)));
    }

    void add(FindingCode code, Weight weight, PathFacts path, String message) {
        add(code, weight, path, path.present(), Optional.empty(), message);
    }

    /** About the values of some kinds. */
    void add(FindingCode code, Weight weight, PathFacts path, Predicate<Kind> kinds, String message) {
        add(code, weight, path, count(path, kinds), firstId(path, kinds), message);
    }

    static long count(PathFacts path, Predicate<Kind> kinds) {
        return path.kinds().stream()
                .filter(one -> kinds.test(one.kind()))
                .mapToLong(KindFacts::values)
                .sum();
    }

    /** The first document of the rarest of these kinds. */
    static Optional<String> firstId(PathFacts path, Predicate<Kind> kinds) {
        return path.kinds().stream()
                .filter(one -> kinds.test(one.kind()))
                .min(java.util.Comparator.comparingLong(KindFacts::values))
                .flatMap(KindFacts::firstId);
    }

    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String number(long count, String thing) {
        return number(count) + " " + thing + (count == 1 ? "" : "s");
    }

    /** {@code all 12} or {@code 11 of 12}. */
    static String part(long part, long whole) {
        return part == whole
                ? (whole == 1 ? "the only one" : "all " + number(whole))
                : number(part) + " of " + number(whole);
    }
}
