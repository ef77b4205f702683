package io.docrows.inspect.internal.find;

import static io.docrows.inspect.internal.find.Subject.number;

import io.docrows.inspect.fact.DiscriminatorFacts;
import io.docrows.inspect.fact.EntityFacts;
import io.docrows.inspect.fact.Finding.Weight;
import io.docrows.inspect.fact.FindingCode;
import io.docrows.inspect.fact.KeyFacts;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.NameFacts;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.text.ForeignText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How documents are built: maps, variants, entities, keys, what tells elements apart. */
final class Structure {

    private static final int SHOWN = 5;

    private Structure() {}

    static void find(Subject subject) {
        for (PathFacts path : subject.paths()) {
            path.fieldNames().ifPresent(names -> map(path, names, subject));
            if (path.name().equals("[]") && path.objects() > 0) {
                identity(path, subject);
            }
        }
        subject.keys().forEach(key -> key(key, subject));
        subject.discriminators().forEach(one -> discriminator(one, subject));
        subject.entities().forEach(one -> entity(one, subject));
    }

    private static void map(PathFacts path, NameFacts names, Subject subject) {
        long digits = names.kinds().getOrDefault(Kind.TEXT_INTEGER, 0L);
        long uses = names.kinds().values().stream().mapToLong(Long::longValue).sum();
        boolean arrays = path.arrays() > 0;
        if (digits == uses && arrays) {
            subject.add(
                    FindingCode.DIGIT_KEYS_BESIDE_ARRAYS,
                    Weight.DECIDE,
                    path,
                    Kind::isDocument,
                    number(path.objects(), "document") + " with numbers as field names beside "
                            + number(path.arrays(), "array")
                            + ": probably arrays that PHP stored with gaps, or buffers of JavaScript.");
            return;
        }
        String look = names.kinds().entrySet().stream()
                .max(java.util.Map.Entry.comparingByValue())
                .filter(entry -> entry.getValue() == uses && entry.getKey() != Kind.TEXT)
                .map(entry -> ", all of them " + looks(entry.getKey()))
                .orElse("");
        subject.add(
                FindingCode.NAMES_ARE_DATA,
                Weight.LIKELY,
                path,
                "Its field names are data: " + (names.exact() ? "" : "about ")
                        + number(names.distinct(), "different name")
                        + " of at most " + number(names.longest(), "character") + look
                        + ". Rows of a table of their own, not columns.");
    }

    private static String looks(Kind kind) {
        return switch (kind) {
            case TEXT_INTEGER, TEXT_PADDED, TEXT_DECIMAL -> "numbers";
            case TEXT_DATE, TEXT_MOMENT, TEXT_LOCAL_MOMENT, TEXT_TIME -> "dates or times";
            case TEXT_UUID -> "UUIDs";
            case TEXT_OBJECT_ID -> "ObjectIds";
            default -> kind.words();
        };
    }

    private static void identity(PathFacts elements, Subject subject) {
        Optional<PathFacts> array = subject.path(
                PathFacts.join(elements.names().subList(0, elements.names().size() - 1)));
        if (array.flatMap(PathFacts::lengths)
                .filter(lengths -> lengths.most() > 1)
                .isEmpty()) {
            return;
        }
        List<String> unique = subject.below(elements.names()).stream()
                .filter(field -> Structure.isIdentity(field, elements))
                .map(field -> ForeignText.name(field.name()))
                .toList();
        if (!unique.isEmpty()) {
            subject.add(
                    FindingCode.ELEMENT_IDENTITY,
                    Weight.LIKELY,
                    elements,
                    "Every element has " + String.join(", ", unique.subList(0, Math.min(SHOWN, unique.size())))
                            + (unique.size() == 1 ? ", and it" : ", and each of them")
                            + " never repeats within an array: could identify the rows of a child table.");
        }
    }

    static boolean isIdentity(PathFacts field, PathFacts elements) {
        return field.missing() == 0
                && elements.objects() == elements.values()
                && field.present() == field.values()
                && field.arraysWithRepeats().filter(arrays -> arrays == 0).isPresent()
                && field.objects() == 0
                && field.arrays() == 0
                && field.count(Kind.DOUBLE) == 0
                && field.count(Kind.TRUE) + field.count(Kind.FALSE) == 0;
    }

    private static void key(KeyFacts key, Subject subject) {
        if (key.unique()) {
            return;
        }
        Optional<PathFacts> path = subject.path(key.path());
        path.ifPresent(facts -> subject.add(
                FindingCode.NEARLY_UNIQUE,
                key.path().equals("_id") ? Weight.DECIDE : Weight.LIKELY,
                facts,
                key.repeats(),
                key.firstRepeatId(),
                number(key.distinct()) + " different in " + number(key.values(), "value") + ": "
                        + number(key.repeatedValues(), "value") + (key.repeatedValues() == 1 ? " occurs" : " occur")
                        + " more than once. A unique column would reject " + number(key.repeats(), "document") + "."
                        + (key.path().equals("_id")
                                ? " A number and its text count as the same value, as in a text column."
                                : "")));
    }

    private static void discriminator(DiscriminatorFacts one, Subject subject) {
        Set<String> decided = new TreeSet<>();
        for (DiscriminatorFacts.Variant variant : one.variants()) {
            for (String field : variant.always()) {
                if (one.variants().stream().anyMatch(other -> other.never().contains(field))) {
                    decided.add(ForeignText.name(field));
                }
            }
        }
        subject.path(one.path())
                .ifPresent(path -> subject.add(
                        FindingCode.DISCRIMINATOR,
                        Weight.LIKELY,
                        path,
                        "Its " + number(one.variants().size(), "value") + " decide which other fields there are: "
                                + decided.stream().limit(SHOWN).collect(Collectors.joining(", "))
                                + (decided.size() > SHOWN ? " and " + number(decided.size() - SHOWN) + " more" : "")
                                + "."));
    }

    private static void entity(EntityFacts one, Subject subject) {
        subject.path(one.path())
                .ifPresent(path -> subject.add(
                        FindingCode.REPEATED_ENTITY,
                        Weight.LIKELY,
                        path,
                        one.occurrences(),
                        Optional.empty(),
                        number(one.occurrences()) + " copies of " + number(one.entities(), "document")
                                + ", told apart by "
                                + ForeignText.name(one.key()) + ": could be a table of its own."
                                + (one.entitiesWithVersions() == 0
                                        ? ""
                                        : " Copies of " + number(one.entitiesWithVersions()) + " of them differ.")));
    }
}
