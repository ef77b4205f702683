package io.docrows.internal.bulkload;

import io.docrows.internal.metadata.DroppedConstraint;
import io.docrows.mapping.CollectionMapping;

/**
 * A constraint or index that rows stand against. Immutable.
 *
 * @param constraint what cannot be rebuilt
 * @param tooLarge whether a value is too large for its index; else values occur more than once
 */
public record RefusedConstraint(DroppedConstraint constraint, boolean tooLarge) {

    /**
     * Whether the documents of a mapping are known whose rows stand against it. Values that occur more than once in
     * tables below those of documents come from documents whose own rows have the same key, and go with those.
     *
     * @param mapping the mapping
     * @return true if {@link DuplicateRows} takes them out
     */
    public boolean isOfDocuments(CollectionMapping<?> mapping) {
        return tooLarge ? ConstraintDrop.tables(mapping).contains(constraint.table()) : constraint.isOf(mapping);
    }

    /**
     * What is wrong, to follow "because".
     *
     * @return a clause
     */
    public String reason() {
        return tooLarge ? "values are too large for its index" : "values occur more than once";
    }

    @Override
    public String toString() {
        return constraint.toString();
    }
}
