package io.docrows.scaffold.internal.choose;

import static io.docrows.scaffold.internal.choose.Paths.count;

import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.KeyFacts;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What PostgreSQL cannot hold in any type that is readable, so that something of it has to be given up. */
public final class Losses {

    /** How each sentence begins. */
    static final String LOSS = "LOSS: ";

    private Losses() {}

    /** Sentences about what a column loses of the values of a path and below; empty if it loses nothing. */
    public static List<String> of(Paths paths, PathFacts path, String type) {
        boolean below = type.equals(ColumnType.JSON) || type.endsWith("[]");
        return ofTexts(LOSS, sum(paths, path, Kind.TEXT_NUL, below), sum(paths, path, Kind.TEXT_MALFORMED, below));
    }

    /** Sentences about texts that have to be changed, with what each begins with. */
    static List<String> ofTexts(String begin, long nul, long malformed) {
        List<String> losses = new ArrayList<>();
        if (nul > 0) {
            losses.add(begin + Words.count(nul, "text") + " with NUL (U+0000), which PostgreSQL cannot store:"
                    + " it is taken out. Each is counted in the report.");
        }
        if (malformed > 0) {
            losses.add(begin + Words.count(malformed, "text") + " that "
                    + (malformed == 1 ? "is" : "are")
                    + " not UTF-8: the wrong bytes become U+FFFD. Each is counted in the"
                    + " report.");
        }
        return losses;
    }

    /** Sentences about documents that have no row of their own in any table; empty if there are none. */
    static List<String> ofDocuments(CollectionFacts collection, Paths paths) {
        List<String> losses = new ArrayList<>();
        rejected(losses, collection.damaged(), "not valid BSON inside");
        Optional<PathFacts> id = paths.at(List.of("_id"));
        rejected(losses, id.map(path -> path.count(Kind.TEXT_MALFORMED)).orElse(0L), "with an _id that is not UTF-8");
        rejected(losses, id.map(PathFacts::missing).orElse(collection.documents()), "without an _id");
        long repeats = collection.key("_id").map(KeyFacts::repeats).orElse(0L);
        // Of several types, some that look alike are different keys.
        boolean one = id.filter(path -> path.kinds().stream()
                                .map(kind -> kind.kind().isFiniteNumber()
                                        ? "number"
                                        : kind.kind().type())
                                .distinct()
                                .count()
                        == 1)
                .isPresent();
        if (repeats > 0 && one) {
            losses.add(LOSS + Words.count(repeats, "document")
                    + " with an _id that another one has, too: the row is that of the one which is read last.");
        }
        if (id.flatMap(PathFacts::texts)
                .filter(texts -> texts.longestBytes() > Chooser.LONGEST_KEY)
                .isPresent()) {
            losses.add(LOSS + "an _id of more than " + Words.number(Chooser.LONGEST_KEY)
                    + " bytes may be longer than an index can hold: its document is rejected then, and kept.");
        }
        return losses;
    }

    private static void rejected(List<String> losses, long documents, String which) {
        if (documents > 0) {
            losses.add(LOSS + Words.count(documents, "document") + " " + which + ": "
                    + (documents == 1 ? "it is rejected, and kept." : "they are rejected, and kept."));
        }
    }

    private static long sum(Paths paths, PathFacts path, Kind kind, boolean below) {
        long sum = count(path, one -> one == kind);
        if (below) {
            for (PathFacts one : paths.below(path.names())) {
                sum += sum(paths, one, kind, true);
            }
        }
        return sum;
    }
}
