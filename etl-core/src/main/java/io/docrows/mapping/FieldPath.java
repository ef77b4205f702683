package io.docrows.mapping;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Where in a document a value is. Immutable.
 *
 * @param names the names that lead to a field, from the outside in; none for the document itself, or for the element of
 *     an array that a table is made of. A name may hold dots; it is never split
 * @param within where in the field's arrays the value is, for instance {@code [0].mail}; empty for the field itself
 */
public record FieldPath(List<String> names, String within) {

    /** Copies the list. */
    public FieldPath {
        names = List.copyOf(names);
    }

    /**
     * A field.
     *
     * @param names the names that lead to it
     * @return its path
     */
    static FieldPath of(List<String> names) {
        return new FieldPath(names, "");
    }

    /**
     * Several paths as text.
     *
     * @param paths any
     * @return their texts, joined by a comma and a blank
     */
    static String text(List<FieldPath> paths) {
        return paths.stream().map(FieldPath::toString).collect(Collectors.joining(", "));
    }

    /** Names joined by dots, as reports and rejects tell of a place. */
    @Override
    public String toString() {
        return String.join(".", names) + within;
    }
}
