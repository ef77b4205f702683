package io.docrows.mapping;

import java.util.List;

/**
 * A step into an array: to one of its elements, and to a field below that.
 *
 * @param index the element's number from 0, or from the end if it is negative
 * @param names the names that lead to a field of the element; none for the element itself
 */
record ElementStep(int index, List<String> names) {

    ElementStep {
        names = List.copyOf(names);
    }

    String description() {
        return "[" + index + "]"
                + (names.isEmpty() ? "" : names.stream().map(ValueTerms::quoted).toList());
    }

    /** As it is told in paths. */
    @Override
    public String toString() {
        return "[" + index + "]" + (names.isEmpty() ? "" : "." + String.join(".", names));
    }
}
