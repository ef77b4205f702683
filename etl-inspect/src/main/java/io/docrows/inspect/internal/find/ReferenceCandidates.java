package io.docrows.inspect.internal.find;

import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.internal.narrow.KeySet;
import io.docrows.inspect.internal.narrow.Round;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses, for each path, the key whose values it may have: by looking for its sampled values among all keys. What is
 * chosen is counted exactly afterwards.
 */
final class ReferenceCandidates {

    /** Fewer found than these, and the values mean something else. */
    private static final double LEAST_SHARE = 0.8;

    /** With so many different values, a match is no accident. */
    private static final int MANY = 20;

    private static final int FEW = 3;

    private final List<MeasuredCollection> collections;
    private final Map<Key, KeySet> keys;
    private final Round round;

    /** A key that was collected. */
    record Key(String collection, PathFacts path) {}

    ReferenceCandidates(List<MeasuredCollection> collections, Map<Key, KeySet> keys, Round round) {
        this.collections = collections;
        this.keys = new LinkedHashMap<>(keys);
        // An _id is unique in MongoDB; it only seems to repeat where 7 and the text 7 are both there.
        this.keys
                .entrySet()
                .removeIf(key -> key.getValue().repeatedValues() > 0
                        && !key.getKey().path().path().equals("_id"));
        this.round = round;
    }

    List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (MeasuredCollection collection : collections) {
            for (MeasuredPath path : collection.paths()) {
                best(collection, path).ifPresent(pairs::add);
            }
        }
        return oneWay(pairs);
    }

    private Optional<Pair> best(MeasuredCollection collection, MeasuredPath measured) {
        PathFacts path = measured.facts();
        @Nullable ValueClass type = ValueClass.of(path);
        long[] sample = inRound(measured.sample());
        if (type == null || sample.length == 0) {
            return Optional.empty();
        }
        List<Pair> pairs = new ArrayList<>();
        keys.forEach((key, set) -> {
            boolean same = key.collection().equals(collection.name());
            if (same && key.path().path().equals(path.path())
                    || same && path.path().equals("_id")) {
                return;
            }
            double share = share(sample, set);
            int likeness = Likeness.of(path, key.collection(), key.path().path());
            if (share >= LEAST_SHARE && isPlausible(type, path, key, set, likeness, sample.length)) {
                pairs.add(new Pair(collection.name(), path, key.collection(), key.path(), share, likeness));
            }
        });
        return pairs.stream()
                .min(Comparator.comparingInt((Pair pair) -> -pair.likeness())
                        .thenComparingDouble(pair -> -pair.share())
                        .thenComparing(pair -> !pair.targetPath().path().equals("_id"))
                        .thenComparingLong(pair -> pair.targetPath().present())
                        .thenComparing(Pair::target)
                        .thenComparing(pair -> pair.targetPath().path()));
    }

    private long[] inRound(long[] sample) {
        return java.util.Arrays.stream(sample).filter(round::takes).toArray();
    }

    private static double share(long[] sample, KeySet set) {
        int found = 0;
        for (long key : sample) {
            if (set.contains(key)) {
                found++;
            }
        }
        return (double) found / sample.length;
    }

    private static boolean isPlausible(
            ValueClass type, PathFacts path, ReferenceCandidates.Key key, KeySet set, int likeness, int different) {
        boolean bothIds = path.path().equals("_id") && key.path().path().equals("_id");
        return switch (type) {
            case UNIQUE_BY_MAKING -> true;
            case TEXT ->
                likeness == 2
                        || different >= FEW && (different >= MANY || 2L * different <= set.distinct() || likeness == 1);
            case NUMBER ->
                !bothIds
                        && !path.path().equals("_id")
                        && (likeness == 2
                                || likeness == 1 && different >= FEW && set.distinct() >= FEW
                                || isSparse(key.path()) && different >= MANY);
        };
    }

    /** Numbers that are not just counted up: a match of many is no accident. */
    private static boolean isSparse(PathFacts key) {
        return key.numbers()
                .filter(numbers -> numbers.max() - numbers.min() > 1000.0 * numbers.count())
                .isPresent();
    }

    /**
     * Two fields of one document, neither of them its {@code _id}, that have nearly the same values: both count
     * something.
     */
    private static boolean isMutual(Pair pair, List<Pair> pairs) {
        return pair.collection().equals(pair.target())
                && !pair.targetPath().path().equals("_id")
                && pairs.stream()
                        .anyMatch(other -> other.collection().equals(pair.collection())
                                && other.target().equals(pair.target())
                                && other.path().path().equals(pair.targetPath().path())
                                && other.targetPath().path().equals(pair.path().path()));
    }

    /** Of two keys with the same values, only one refers to the other. */
    private static List<Pair> oneWay(List<Pair> pairs) {
        List<Pair> kept = new ArrayList<>();
        for (Pair pair : pairs) {
            if (isMutual(pair, pairs)) {
                continue;
            }
            boolean turned = pairs.stream()
                    .anyMatch(other -> other.collection().equals(pair.target())
                            && other.target().equals(pair.collection())
                            && other.path().path().equals(pair.targetPath().path())
                            && other.targetPath().path().equals(pair.path().path())
                            && comesFirst(other, pair));
            if (!turned) {
                kept.add(pair);
            }
        }
        return kept;
    }

    /** An {@code _id} is what is referred to; else the one with fewer values refers to the one with more. */
    private static boolean comesFirst(Pair one, Pair other) {
        boolean toId = one.targetPath().path().equals("_id");
        if (toId != other.targetPath().path().equals("_id")) {
            return toId;
        }
        long values = one.path().present();
        long others = other.path().present();
        return values != others ? values < others : one.collection().compareTo(other.collection()) > 0;
    }
}
