package io.docrows.scaffold.internal.design;

import java.util.List;

/**
 * A column. Immutable.
 *
 * @param name its name
 * @param type its type
 * @param notNull whether it refuses NULL
 * @param notes why it is so
 */
public record ColumnDesign(String name, String type, boolean notNull, List<String> notes) {

    /** Copies the list. */
    public ColumnDesign {
        notes = List.copyOf(notes);
    }
}
