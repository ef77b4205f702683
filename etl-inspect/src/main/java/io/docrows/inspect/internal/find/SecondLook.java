package io.docrows.inspect.internal.find;

import io.docrows.inspect.fact.DiscriminatorFacts;
import io.docrows.inspect.fact.EntityFacts;
import io.docrows.inspect.fact.KeyFacts;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.ReferenceFacts;
import io.docrows.inspect.internal.measure.KeyLog;
import io.docrows.inspect.internal.measure.Tally;
import io.docrows.inspect.internal.narrow.EntityTask;
import io.docrows.inspect.internal.narrow.FirstDocuments;
import io.docrows.inspect.internal.narrow.KeyCollector;
import io.docrows.inspect.internal.narrow.KeySet;
import io.docrows.inspect.internal.narrow.NarrowNode;
import io.docrows.inspect.internal.narrow.NarrowWalker;
import io.docrows.inspect.internal.narrow.ProbeTask;
import io.docrows.inspect.internal.narrow.RepeatTask;
import io.docrows.inspect.internal.narrow.Round;
import io.docrows.inspect.internal.narrow.VariantTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads narrowly what the first reading suggests, and counts it exactly: first the keys, then what needs the keys.
 * Where there are more keys than memory, it does so in several rounds. Not thread-safe.
 */
public final class SecondLook {

    private static final int BYTES_EACH = 12;

    private final List<MeasuredCollection> collections;
    private final NarrowScan scan;
    private final Map<ReferenceCandidates.Key, KeyCount> counts = new LinkedHashMap<>();
    private final Map<Pair, PairCount> found = new LinkedHashMap<>();
    private List<Pair> pairs = List.of();
    private final Map<String, List<DiscriminatorFacts>> discriminators = new TreeMap<>();
    private final Map<String, List<EntityFacts>> entities = new TreeMap<>();

    /** Reads a collection narrowly. */
    @FunctionalInterface
    public interface NarrowScan {

        /**
         * Reads a collection.
         *
         * @param collection its name
         * @param pass what for, in a word or two
         * @param fields the top-level fields that are needed
         * @param walkers makes a walker for each thread
         */
        void read(String collection, String pass, List<String> fields, Supplier<NarrowWalker> walkers);
    }

    private static final class KeyCount {
        private long values;
        private long distinct;
        private long repeatedValues;
        private final Tally first = new Tally();
    }

    private static final class PairCount {
        private long values;
        private long found;
        private final FirstDocuments orphans = FirstDocuments.none();
    }

    /**
     * A second look.
     *
     * @param collections what the first reading measured
     * @param scan reads narrowly
     */
    public SecondLook(List<MeasuredCollection> collections, NarrowScan scan) {
        this.collections = List.copyOf(collections);
        this.scan = scan;
    }

    /**
     * Reads.
     *
     * @param memory how many bytes the keys may take
     */
    public void read(long memory) {
        Map<String, List<PathFacts>> candidates = new TreeMap<>();
        long values = 0;
        for (MeasuredCollection collection : collections) {
            List<PathFacts> keys = KeyCandidates.of(collection);
            candidates.put(collection.name(), keys);
            values += keys.stream().mapToLong(PathFacts::present).sum();
        }
        int rounds = (int) Math.min(Round.MOST, values * BYTES_EACH / Math.max(memory, 1) + 1);
        for (int number = 0; number < rounds; number++) {
            round(new Round(number, rounds), candidates);
        }
    }

    private void round(Round round, Map<String, List<PathFacts>> candidates) {
        Map<ReferenceCandidates.Key, KeySet> sets = new LinkedHashMap<>();
        for (MeasuredCollection collection : collections) {
            collect(collection, candidates.getOrDefault(collection.name(), List.of()), round, sets);
        }
        if (round.number() == 0) {
            pairs = new ReferenceCandidates(collections, sets, round).pairs();
        }
        for (MeasuredCollection collection : collections) {
            count(collection, round, sets);
        }
    }

    /** Reads what needs no keys of others: the keys themselves, and in the first round variants and entities. */
    private void collect(
            MeasuredCollection collection,
            List<PathFacts> keys,
            Round round,
            Map<ReferenceCandidates.Key, KeySet> sets) {
        String name = collection.name();
        List<PathFacts> paths =
                collection.paths().stream().map(MeasuredPath::facts).toList();
        boolean once = round.number() == 0;
        List<VariantCandidates.Candidate> variants = once ? VariantCandidates.of(collection.paths()) : List.of();
        List<EntityCandidates.Candidate> embedded = once ? EntityCandidates.of(paths) : List.of();
        List<PathFacts> unknown = new ArrayList<>();
        for (PathFacts key : keys) {
            List<long[]> kept = kept(collection, key);
            if (kept == null) {
                unknown.add(key);
            } else {
                set(new ReferenceCandidates.Key(name, key), KeySet.of(kept, round), sets);
            }
        }
        List<PathFacts> needed = new ArrayList<>(unknown);
        variants.forEach(one -> {
            needed.addAll(one.labels());
            needed.addAll(one.fields());
        });
        embedded.forEach(one -> needed.add(one.path()));
        if (needed.isEmpty()) {
            return;
        }
        List<Alone> parts = new ArrayList<>();
        scan.read(name, "keys", tops(needed), () -> {
            Alone part = new Alone(unknown, variants, embedded, round);
            parts.add(part);
            return new NarrowWalker(part.root);
        });
        for (int i = 0; i < unknown.size(); i++) {
            int number = i;
            set(
                    new ReferenceCandidates.Key(name, unknown.get(i)),
                    KeySet.of(parts.stream().map(part -> part.keys.get(number)).toList()),
                    sets);
        }
        conclude(name, variants, embedded, parts);
    }

    private void set(ReferenceCandidates.Key key, KeySet set, Map<ReferenceCandidates.Key, KeySet> sets) {
        sets.put(key, set);
        KeyCount count = count(key);
        count.values += set.values();
        count.distinct += set.distinct();
        count.repeatedValues += set.repeatedValues();
    }

    /** What the first reading kept of a path; null if it has to be read again. */
    private static @Nullable List<long[]> kept(MeasuredCollection collection, PathFacts path) {
        // An empty document is a key too, which the first reading passes over.
        if (path.objects() > 0) {
            return null;
        }
        for (MeasuredPath one : collection.paths()) {
            KeyLog log = one.keys();
            if (log != null && one.facts().names().equals(path.names())) {
                return log.keys();
            }
        }
        return null;
    }

    /** Reads what needs the keys of others. */
    private void count(MeasuredCollection collection, Round round, Map<ReferenceCandidates.Key, KeySet> sets) {
        String name = collection.name();
        List<ReferenceCandidates.Key> repeated = sets.entrySet().stream()
                .filter(set ->
                        set.getKey().collection().equals(name) && set.getValue().repeatedValues() > 0)
                .map(Map.Entry::getKey)
                .toList();
        List<Pair> mine =
                pairs.stream().filter(pair -> pair.collection().equals(name)).toList();
        if (repeated.isEmpty() && mine.isEmpty()) {
            return;
        }
        List<PathFacts> needed = new ArrayList<>();
        repeated.forEach(key -> needed.add(key.path()));
        mine.forEach(pair -> needed.add(pair.path()));
        List<Tasks> all = new ArrayList<>();
        scan.read(name, "references", tops(needed), () -> {
            Tasks tasks = new Tasks(repeated, mine, sets, round);
            all.add(tasks);
            return new NarrowWalker(tasks.root);
        });
        for (Tasks tasks : all) {
            for (int i = 0; i < repeated.size(); i++) {
                count(repeated.get(i)).first.merge(tasks.repeats.get(i).repeats());
            }
            for (int i = 0; i < mine.size(); i++) {
                PairCount count = found.computeIfAbsent(mine.get(i), any -> new PairCount());
                ProbeTask probe = tasks.probes.get(i);
                count.values += probe.values();
                count.found += probe.found();
                count.orphans.merge(probe.orphans());
            }
        }
    }

    private KeyCount count(ReferenceCandidates.Key key) {
        return counts.computeIfAbsent(key, any -> new KeyCount());
    }

    private void conclude(
            String name,
            List<VariantCandidates.Candidate> variants,
            List<EntityCandidates.Candidate> embedded,
            List<Alone> all) {
        for (int i = 0; i < variants.size(); i++) {
            VariantTask sum = variants.get(i).task();
            for (Alone part : all) {
                sum.merge(part.variants.get(i));
            }
            discriminators
                    .computeIfAbsent(name, any -> new ArrayList<>())
                    .addAll(VariantCandidates.decided(variants.get(i), sum));
        }
        for (int i = 0; i < embedded.size(); i++) {
            EntityTask sum = new EntityTask();
            for (Alone part : all) {
                sum.merge(part.entities.get(i));
            }
            EntityCandidates.Candidate one = embedded.get(i);
            if (2 * sum.entities() <= sum.occurrences() && 10 * sum.entitiesWithVersions() <= sum.entities()) {
                entities.computeIfAbsent(name, any -> new ArrayList<>())
                        .add(new EntityFacts(
                                one.path().path(),
                                one.key().path(),
                                sum.occurrences(),
                                sum.entities(),
                                sum.versions(),
                                sum.entitiesWithVersions()));
            }
        }
    }

    /** What one thread counts without the keys of others. */
    private static final class Alone {

        private final NarrowNode root = NarrowNode.root();
        private final List<KeyCollector> keys = new ArrayList<>();
        private final List<VariantTask> variants = new ArrayList<>();
        private final List<EntityTask> entities = new ArrayList<>();

        private Alone(
                List<PathFacts> paths,
                List<VariantCandidates.Candidate> candidates,
                List<EntityCandidates.Candidate> embedded,
                Round round) {
            for (PathFacts path : paths) {
                KeyCollector collector = new KeyCollector(round);
                keys.add(collector);
                root.at(path.names()).add(collector);
            }
            for (VariantCandidates.Candidate one : candidates) {
                VariantTask task = one.task();
                variants.add(task);
                task.at(root.at(one.names()));
            }
            for (EntityCandidates.Candidate one : embedded) {
                EntityTask task = new EntityTask();
                entities.add(task);
                task.at(root.at(one.path().names()), one.key().name());
            }
        }
    }

    /** What one thread counts with the keys of others. */
    private static final class Tasks {

        private final NarrowNode root = NarrowNode.root();
        private final List<RepeatTask> repeats = new ArrayList<>();
        private final List<ProbeTask> probes = new ArrayList<>();

        private Tasks(
                List<ReferenceCandidates.Key> repeated,
                List<Pair> pairs,
                Map<ReferenceCandidates.Key, KeySet> sets,
                Round round) {
            for (ReferenceCandidates.Key key : repeated) {
                RepeatTask task = new RepeatTask(set(sets, key));
                repeats.add(task);
                root.at(key.path().names()).add(task);
            }
            for (Pair pair : pairs) {
                ProbeTask task =
                        new ProbeTask(set(sets, new ReferenceCandidates.Key(pair.target(), pair.targetPath())), round);
                probes.add(task);
                root.at(pair.path().names()).add(task);
            }
        }

        private static KeySet set(Map<ReferenceCandidates.Key, KeySet> sets, ReferenceCandidates.Key key) {
            KeySet set = sets.get(key);
            if (set == null) {
                throw new IllegalStateException(
                        "no keys were collected of " + key.path().path());
            }
            return set;
        }
    }

    private static List<String> tops(List<PathFacts> paths) {
        return paths.stream().map(path -> path.names().get(0)).distinct().toList();
    }

    /**
     * The keys of a collection.
     *
     * @param collection its name
     * @return the counts
     */
    public List<KeyFacts> keys(String collection) {
        List<KeyFacts> keys = new ArrayList<>();
        counts.forEach((key, count) -> {
            if (key.collection().equals(collection)) {
                keys.add(new KeyFacts(
                        key.path().path(),
                        count.values,
                        count.distinct,
                        count.repeatedValues,
                        count.values - count.distinct,
                        java.util.Optional.ofNullable(count.first.firstId())));
            }
        });
        return keys;
    }

    /**
     * The discriminators of a collection.
     *
     * @param collection its name
     * @return fields that decide which others there are
     */
    public List<DiscriminatorFacts> discriminators(String collection) {
        return discriminators.getOrDefault(collection, List.of());
    }

    /**
     * The embedded documents of a collection that repeat.
     *
     * @param collection its name
     * @return the counts
     */
    public List<EntityFacts> entities(String collection) {
        return entities.getOrDefault(collection, List.of());
    }

    /**
     * The references between all collections.
     *
     * @return those of which most values are found
     */
    public List<ReferenceFacts> references() {
        List<ReferenceFacts> references = new ArrayList<>();
        found.forEach((pair, count) -> {
            KeyCount key = count(new ReferenceCandidates.Key(pair.target(), pair.targetPath()));
            // It was chosen for the keys of the first round; another round may have met one that repeats.
            boolean isKey = pair.targetPath().path().equals("_id") || key.repeatedValues == 0;
            if (isKey && count.values > 0 && 2 * count.found >= count.values) {
                long target = key.distinct;
                long different = pair.path()
                        .distinct()
                        .map(distinct -> distinct.number())
                        .orElse(0L);
                references.add(new ReferenceFacts(
                        pair.collection(),
                        pair.path().path(),
                        pair.target(),
                        pair.targetPath().path(),
                        count.values,
                        count.found,
                        Math.min(Math.round(different * pair.share()), target),
                        target,
                        count.orphans.documents(),
                        count.orphans.ids(),
                        ValueClass.isStoredAsText(pair.path()) != ValueClass.isStoredAsText(pair.targetPath())));
            }
        });
        return references;
    }
}
