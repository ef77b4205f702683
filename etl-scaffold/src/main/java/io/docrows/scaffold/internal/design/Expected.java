package io.docrows.scaffold.internal.design;

import java.util.List;

/**
 * What a column that is there already takes, for values that are made up for it. Immutable.
 *
 * @param type its type, or that of the key it refers to
 * @param labels the labels of the type, if it is an enum; else empty
 * @param required whether it may not be NULL
 */
public record Expected(String type, List<String> labels, boolean required) {

    /** Copies the list. */
    public Expected {
        labels = List.copyOf(labels);
    }
}
