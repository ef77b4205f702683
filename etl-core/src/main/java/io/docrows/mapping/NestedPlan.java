package io.docrows.mapping;

import io.docrows.internal.value.ValueReader;
import org.jspecify.annotations.Nullable;

/**
 * How a part of a document is decoded into rows of a child table. Immutable.
 *
 * @param number the child table's number among all of the mapping
 * @param source what kind of part it is
 * @param field where the part is, for people, from the top of the document
 * @param path where what a row is made of is, for people
 * @param plan how one row is read; its bindings are those of columns, then those of references
 * @param position the binding that holds the row's position, or -1
 * @param first the position of the first row
 * @param identity the bindings by which rows of one parent are told apart; empty where their position does that
 * @param duplicates what is done with rows of one parent that have the same identity
 * @param forms what the part may be stored as, beside that
 * @param skipInvalid the policy that leaves out what would reject the document, or {@link ValueReader#NO_POLICY}
 * @param duplicatePolicy the policy that counts rows left out, or {@link ValueReader#NO_POLICY}
 */
record NestedPlan(
        int number,
        ChildMapping.Source source,
        String field,
        String path,
        DecodePlan plan,
        int position,
        int first,
        int[] identity,
        Duplicates duplicates,
        NestedForms forms,
        int skipInvalid,
        int duplicatePolicy) {

    /** What is done with rows of one parent that have the same identity. */
    enum Duplicates {
        REJECT,
        FIRST_WINS,
        LAST_WINS,
        /** Rows of a join table: each is there once, and none is made of null. */
        LINKED
    }

    /** A position as its column's Java type has it, or null if the type cannot. */
    static @Nullable Object position(Class<?> type, int position) {
        if (type == Integer.class) {
            return position;
        }
        if (type == Long.class) {
            return (long) position;
        }
        return type == Short.class && position <= Short.MAX_VALUE ? (Object) (short) position : null;
    }
}
