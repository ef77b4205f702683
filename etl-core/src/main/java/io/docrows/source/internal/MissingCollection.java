package io.docrows.source.internal;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.text.ForeignText;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says that a collection is not in a source, which ones are, and which of them may have been meant. */
public final class MissingCollection {

    /** How many pairs of characters are compared at most; what is nearest among more names matters to nobody. */
    private static final long PATIENCE = 20_000_000;

    private MissingCollection() {}

    /**
     * The error for a name that the source does not hold.
     *
     * @param collection the name asked for
     * @param source the source's description; holds no secret
     * @param present the names the source does hold
     * @return the exception, code {@code SOURCE_COLLECTION_MISSING}
     */
    public static DocrowsException error(String collection, String source, Collection<String> present) {
        StringBuilder message =
                new StringBuilder("The collection \"" + ForeignText.name(collection) + "\" is not in " + source + ".");
        String near = nearest(collection, present);
        if (near != null) {
            message.append(" Did you mean \"").append(ForeignText.name(near)).append("\"?");
        }
        message.append(
                present.isEmpty()
                        ? " It holds no collection at all: check the database's name."
                        : " It contains: " + NameList.of(present) + ".");
        return new DocrowsException(ErrorCode.SOURCE_COLLECTION_MISSING, message.toString());
    }

    private static @Nullable String nearest(String wanted, Collection<String> present) {
        String best = null;
        int bestDistance = Math.max(1, wanted.length() / 3) + 1;
        long compared = 0;
        for (String name : present) {
            if (Math.abs(name.length() - wanted.length()) >= bestDistance) {
                continue;
            }
            compared += (long) wanted.length() * name.length();
            if (compared > PATIENCE) {
                break;
            }
            int distance = distance(wanted.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = name;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Levenshtein's distance, one row at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
