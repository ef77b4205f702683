package io.docrows.inspect.internal.find;

import io.docrows.inspect.fact.DiscriminatorFacts;
import io.docrows.inspect.fact.DiscriminatorFacts.Variant;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.ValueCount;
import io.docrows.inspect.internal.find.MeasuredPath.Beside;
import io.docrows.inspect.internal.measure.LabelHash;
import io.docrows.inspect.internal.narrow.VariantTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds fields that decide which other fields their document has. */
final class VariantCandidates {

    private static final int MOST_VALUES = 40;
    private static final int MOST_LABELS = 6;
    private static final int MOST_FIELDS = 64;
    private static final int LEAST_DOCUMENTS = 10;
    private static final int LEAST_PER_VALUE = 3;

    /** A discriminator is there nearly always. */
    private static final double NEARLY_ALWAYS = 0.95;

    /**
     * A document whose fields are worth counting together.
     *
     * @param names its path; empty for the documents of the collection
     * @param labels fields with few values
     * @param fields fields that some of the documents lack
     */
    record Candidate(List<String> names, List<PathFacts> labels, List<PathFacts> fields) {

        VariantTask task() {
            return new VariantTask(
                    labels.stream().map(PathFacts::name).toList(),
                    fields.stream().map(PathFacts::name).toList());
        }
    }

    private VariantCandidates() {}

    static List<Candidate> of(List<MeasuredPath> measured) {
        List<PathFacts> paths = measured.stream().map(MeasuredPath::facts).toList();
        Map<List<String>, List<Beside>> beside = new HashMap<>();
        measured.forEach(path -> beside.put(path.facts().names(), path.beside()));
        List<Candidate> candidates = new ArrayList<>();
        candidate(List.of(), paths, beside).ifPresent(candidates::add);
        for (PathFacts path : paths) {
            if (path.objects() >= LEAST_DOCUMENTS) {
                candidate(path.names(), paths, beside).ifPresent(candidates::add);
            }
        }
        return candidates;
    }

    private static Optional<Candidate> candidate(
            List<String> names, List<PathFacts> paths, Map<List<String>, List<Beside>> beside) {
        List<PathFacts> children = paths.stream()
                .filter(path -> path.names().size() == names.size() + 1
                        && path.names().subList(0, names.size()).equals(names)
                        && !path.name().equals("[]")
                        && !path.name().equals("{}"))
                .toList();
        List<PathFacts> labels = children.stream()
                .filter(VariantCandidates::isLabel)
                .limit(MOST_LABELS)
                .toList();
        List<PathFacts> fields = children.stream()
                .filter(path -> path.missing() > 0 && path.values() >= LEAST_PER_VALUE)
                .sorted(Comparator.comparingLong(PathFacts::values).reversed().thenComparing(PathFacts::path))
                .limit(MOST_FIELDS)
                .toList();
        // Most labels decide nothing, which the first reading often proves: then nothing has to be read again.
        List<PathFacts> open = labels.stream()
                .filter(label -> fields.stream().anyMatch(field -> mayDecide(label, field, beside)))
                .toList();
        return open.isEmpty() ? Optional.empty() : Optional.of(new Candidate(names, open, fields));
    }

    /** Whether one value of the label always comes with the field, and another one never. */
    private static boolean mayDecide(PathFacts label, PathFacts field, Map<List<String>, List<Beside>> beside) {
        List<Beside> known = beside.getOrDefault(label.names(), List.of());
        if (label.repeatedNames() > 0 || known.size() != label.few().size()) {
            return true;
        }
        // Values of several types may be the same one in a column, and are put together afterwards.
        boolean oneType = label.few().stream().map(ValueCount::type).distinct().count() == 1;
        boolean always = false;
        boolean never = false;
        for (int i = 0; i < known.size(); i++) {
            if (!oneType || label.few().get(i).count() >= LEAST_PER_VALUE) {
                always |= known.get(i).always().contains(field.name());
                never |= known.get(i).never().contains(field.name());
            }
        }
        return always && never;
    }

    private static boolean isLabel(PathFacts path) {
        int size = path.few().size();
        long counted = path.few().stream().mapToLong(ValueCount::count).sum();
        return size >= 2
                && size <= MOST_VALUES
                && path.owners() >= LEAST_DOCUMENTS
                && counted >= NEARLY_ALWAYS * path.owners()
                && counted == path.present();
    }

    /** Those of the fields that decide something, the one that decides most first. */
    static List<DiscriminatorFacts> decided(Candidate candidate, VariantTask task) {
        record Decided(DiscriminatorFacts facts, int fields) {}
        List<Decided> decided = new ArrayList<>();
        for (int label = 0; label < candidate.labels().size(); label++) {
            PathFacts path = candidate.labels().get(label);
            boolean[] always = new boolean[candidate.fields().size()];
            boolean[] never = new boolean[candidate.fields().size()];
            List<Variant> variants = new ArrayList<>();
            for (ValueCount value : path.few()) {
                long[] row = task.row(label, LabelHash.of(value));
                List<String> with = new ArrayList<>();
                List<String> without = new ArrayList<>();
                for (int i = 0; i < always.length; i++) {
                    String name = candidate.fields().get(i).path();
                    if (row[i + 1] == row[0]) {
                        with.add(name);
                        always[i] |= row[0] >= LEAST_PER_VALUE;
                    } else if (row[i + 1] == 0) {
                        without.add(name);
                        never[i] |= row[0] >= LEAST_PER_VALUE;
                    }
                }
                if (row[0] > 0) {
                    variants.add(new Variant(value.value(), row[0], with, without));
                }
            }
            int fields = 0;
            for (int i = 0; i < always.length; i++) {
                fields += always[i] && never[i] ? 1 : 0;
            }
            if (fields > 0 && variants.size() > 1) {
                decided.add(new Decided(new DiscriminatorFacts(path.path(), variants), fields));
            }
        }
        int most = decided.stream().mapToInt(Decided::fields).max().orElse(0);
        return decided.stream()
                .filter(one -> 2 * one.fields() >= most)
                .sorted(Comparator.comparingInt((Decided one) -> -one.fields())
                        .thenComparing(one -> one.facts().path()))
                .map(Decided::facts)
                .toList();
    }
}
