package io.docrows.scaffold.internal.choose;

import io.docrows.inspect.fact.KindFacts;
import io.docrows.inspect.fact.PathFacts;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was counted, in words. */
public final class Words {

    private Words() {}

    /** A count. */
    public static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count of something. */
    public static String count(long count, String noun) {
        return number(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** The kinds of a path with their counts, the most frequent first. */
    static String kinds(PathFacts path) {
        return path.kinds().stream()
                .filter(one -> !one.kind().isNull())
                .sorted(Comparator.comparingLong(KindFacts::values).reversed().thenComparing(KindFacts::kind))
                .map(one -> one.kind().words() + " " + number(one.values()))
                .collect(Collectors.joining(", "));
    }

    /** How often a path is there, and what its values are. */
    public static String facts(PathFacts path) {
        StringBuilder text = new StringBuilder();
        text.append(number(path.present())).append(" of ").append(number(path.owners()));
        long nulls = path.values() - path.present();
        if (nulls > 0) {
            text.append(", ").append(number(nulls)).append(" null");
        }
        if (path.present() > 0) {
            text.append(": ").append(kinds(path));
        }
        return text.toString();
    }
}
