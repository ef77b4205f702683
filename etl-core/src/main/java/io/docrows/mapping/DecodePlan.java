package io.docrows.mapping;

import java.util.List;

/**
 * How one row is read, compiled for one streaming pass: columns, then references, then joins, each a binding, and the
 * tree of fields that fill them. Immutable.
 *
 * @param bindings what is read
 * @param root where the decoder begins: the document, or the part of one that a row is made of
 * @param strict whether a field that is neither mapped nor ignored rejects the document
 * @param keepsRest whether a binding takes all fields that are neither mapped nor ignored
 * @param restAbove whether such a binding of the row above does
 */
record DecodePlan(List<FieldBinding> bindings, FieldNode root, boolean strict, boolean keepsRest, boolean restAbove) {

    DecodePlan {
        bindings = List.copyOf(bindings);
    }

    /** Whether no field is unknown. */
    boolean knowsAll() {
        return keepsRest || restAbove;
    }
}
