package io.docrows.inspect.fact;

import java.util.List;
import java.util.Map;

/**
 * What was measured of field names that are data. Immutable.
 *
 * @param distinct how many different names, or about how many
 * @param exact whether that is the very number
 * @param longest the most characters of a name
 * @param kinds what the names look like, by the number of their uses
 * @param dotted uses of names with a dot
 * @param dollar uses of names that begin with a dollar sign
 * @param examples some of the names; they are data, and for those only who ask for values
 */
public record NameFacts(
        long distinct,
        boolean exact,
        int longest,
        Map<Kind, Long> kinds,
        long dotted,
        long dollar,
        List<String> examples) {

    /** Copies the collections. */
    public NameFacts {
        kinds = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(kinds));
        examples = List.copyOf(examples);
    }
}
