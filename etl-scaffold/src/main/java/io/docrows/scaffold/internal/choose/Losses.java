package io.docrows.scaffold.internal.choose;

import static io.docrows.scaffold.internal.choose.Paths.count;

import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import java.util.ArrayList;
import java.util.List;

/** What PostgreSQL cannot hold in any type that is readable, so that something of it has to be given up. */
final class Losses {

    private Losses() {}

    /** Sentences about what a column loses of the values of a path and below; empty if it loses nothing. */
    static List<String> of(Paths paths, PathFacts path, String type) {
        List<String> losses = new ArrayList<>();
        boolean below = type.equals(ColumnType.JSON);
        long nul = sum(paths, path, Kind.TEXT_NUL, below || type.endsWith("[]"));
        if (nul > 0) {
            losses.add("LOSS: " + Words.count(nul, "text") + " with NUL (U+0000), which PostgreSQL cannot store:"
                    + " it is taken out. Each is counted in the report.");
        }
        long malformed = sum(paths, path, Kind.TEXT_MALFORMED, below || type.endsWith("[]"));
        if (malformed > 0) {
            losses.add("LOSS: " + Words.count(malformed, "text") + " that "
                    + (malformed == 1 ? "is" : "are")
                    + " not UTF-8: the wrong bytes become U+FFFD. Each is counted in the"
                    + " report.");
        }
        return losses;
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
