package io.docrows.inspect.fact;

import java.util.List;

/**
 * How many elements arrays have, or fields documents. Immutable.
 *
 * @param count how many arrays or documents
 * @param sum how many elements or fields in all
 * @param least the fewest in one
 * @param most the most in one
 * @param sizes by doublings of the size, how many: 0, 1, 2 to 3, 4 to 7 and so on
 */
public record SizeFacts(long count, long sum, int least, int most, List<Long> sizes) {

    /** Copies the list. */
    public SizeFacts {
        sizes = List.copyOf(sizes);
    }
}
