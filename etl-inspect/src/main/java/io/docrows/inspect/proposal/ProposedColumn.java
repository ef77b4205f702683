package io.docrows.inspect.proposal;

import java.util.List;

/**
 * A column. Immutable.
 *
 * @param name its name
 * @param role what it holds
 * @param path the path of its values, as {@link io.docrows.inspect.fact.PathFacts#path()} writes it; empty where there
 *     is none, as for a position
 * @param nulls how many rows would be NULL; 0 does not prove that it stays so
 * @param choices its types, the proposed one first
 */
public record ProposedColumn(String name, Role role, String path, long nulls, List<Choice> choices) {

    /** What a column holds. */
    public enum Role {
        /** The document's {@code _id}, or a part of it. */
        KEY,
        /** The key of the row above it, or a part of it. */
        PARENT,
        /** The place of an element within its array, from 0. */
        POSITION,
        /** The name of a field that is data. */
        NAME,
        /** A field that tells elements of one array apart. */
        IDENTITY,
        /** A value. */
        VALUE,
        /** A number that PostgreSQL generates. */
        GENERATED
    }

    /** Copies the list. */
    public ProposedColumn {
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("the column " + name + " has no type");
        }
        choices = List.copyOf(choices);
    }

    /**
     * The proposed type.
     *
     * @return the first choice
     */
    public Choice chosen() {
        return choices.get(0);
    }
}
