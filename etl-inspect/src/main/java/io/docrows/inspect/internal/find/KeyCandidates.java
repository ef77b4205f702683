package io.docrows.inspect.internal.find;

import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.KindFacts;
import io.docrows.inspect.fact.PathFacts;
import java.util.Comparator;
import java.util.List;

/** Chooses the paths of a collection that may be keys, to be counted exactly. */
final class KeyCandidates {

    /** A key that a tenth of the documents repeat is none. */
    private static final double NEARLY = 0.9;

    private static final int MOST = 8;
    private static final int LONGEST_KEY = 500;

    private KeyCandidates() {}

    static List<PathFacts> of(MeasuredCollection collection) {
        return collection.paths().stream()
                .map(MeasuredPath::facts)
                .filter(path -> mayBeKey(path, collection.documents()))
                .sorted(Comparator.comparing((PathFacts path) -> !path.path().equals("_id"))
                        .thenComparing(
                                Comparator.comparingLong(PathFacts::present).reversed())
                        .thenComparingInt(path -> path.names().size())
                        .thenComparing(PathFacts::path))
                .limit(MOST)
                .toList();
    }

    private static boolean mayBeKey(PathFacts path, long documents) {
        long present = path.present();
        if (path.isRepeated() || present < 2 || path.kinds().stream().anyMatch(one -> !isKeyKind(one, path))) {
            return false;
        }
        if (path.path().equals("_id")) {
            return true;
        }
        return path.distinct()
                        .filter(distinct -> distinct.number() >= NEARLY * present)
                        .isPresent()
                && path.texts().filter(texts -> texts.longest() > LONGEST_KEY).isEmpty()
                && present * 10 >= documents;
    }

    private static boolean isKeyKind(KindFacts one, PathFacts path) {
        Kind kind = one.kind();
        if (kind.isNull() || kind.isText()) {
            return true;
        }
        return switch (kind) {
            case INT32, INT64, DOUBLE_WHOLE, OBJECT_ID, UUID, UUID_LEGACY, BINARY -> true;
            case DOCUMENT -> path.path().equals("_id");
            default -> false;
        };
    }
}
