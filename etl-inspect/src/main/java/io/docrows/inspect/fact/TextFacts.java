package io.docrows.inspect.fact;

import java.util.List;

/**
 * What was measured of texts. Immutable.
 *
 * @param shortest the fewest characters (Unicode code points)
 * @param longest the most characters
 * @param longestBytes the most bytes of UTF-8
 * @param notAscii how many have characters beyond ASCII
 * @param edgeBlank how many begin or end with a blank or control character
 * @param lengths by doublings of the length, how many: 0, 1, 2 to 3, 4 to 7 and so on
 */
public record TextFacts(
        int shortest, int longest, int longestBytes, long notAscii, long edgeBlank, List<Long> lengths) {

    /** Copies the list. */
    public TextFacts {
        lengths = List.copyOf(lengths);
    }
}
