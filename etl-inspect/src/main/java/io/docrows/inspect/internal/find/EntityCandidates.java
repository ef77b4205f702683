package io.docrows.inspect.internal.find;

import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.KindFacts;
import io.docrows.inspect.fact.PathFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Chooses embedded documents that are the same again and again, and the field that may tell them apart. */
final class EntityCandidates {

    private static final long LEAST_OCCURRENCES = 20;
    private static final long MOST_DIFFERENT = 100_000;

    /**
     * An embedded document.
     *
     * @param path its path
     * @param key the field that may tell it apart
     */
    record Candidate(PathFacts path, PathFacts key) {}

    private EntityCandidates() {}

    static List<Candidate> of(List<PathFacts> paths) {
        List<Candidate> candidates = new ArrayList<>();
        for (PathFacts path : paths) {
            if (path.count(Kind.DOCUMENT) >= LEAST_OCCURRENCES && repeats(path)) {
                key(path, paths).ifPresent(key -> candidates.add(new Candidate(path, key)));
            }
        }
        return candidates;
    }

    private static boolean repeats(PathFacts path) {
        return path.contents()
                .filter(contents -> contents.number() >= 2
                        && contents.number() <= MOST_DIFFERENT
                        && 2 * contents.number() <= path.objects())
                .isPresent();
    }

    private static Optional<PathFacts> key(PathFacts path, List<PathFacts> paths) {
        List<PathFacts> fields = paths.stream()
                .filter(one -> one.names().size() == path.names().size() + 1
                        && one.names().subList(0, path.names().size()).equals(path.names()))
                .toList();
        long different = path.contents().orElseThrow().number();
        return fields.size() < 2
                ? Optional.empty()
                : fields.stream()
                        .filter(field -> field.missing() == 0 && isKey(field))
                        .filter(field -> number(field) >= 2 && 2 * number(field) >= different)
                        .min(Comparator.comparingInt((PathFacts field) -> looksLikeKey(field) ? 0 : 1)
                                .thenComparingLong(field -> -number(field))
                                .thenComparing(PathFacts::path));
    }

    private static long number(PathFacts field) {
        return field.distinct().map(distinct -> distinct.number()).orElse(0L);
    }

    private static boolean isKey(PathFacts field) {
        return field.kinds().stream().allMatch(one -> isKey(one, field));
    }

    private static boolean isKey(KindFacts one, PathFacts field) {
        Kind kind = one.kind();
        return switch (kind) {
            case OBJECT_ID, UUID -> true;
            case INT32, INT64 -> looksLikeKey(field);
            default -> kind.isText();
        };
    }

    private static boolean looksLikeKey(PathFacts field) {
        String name = field.name().toLowerCase(Locale.ROOT);
        return name.endsWith("id") || name.endsWith("code") || name.endsWith("key") || name.endsWith("number");
    }
}
