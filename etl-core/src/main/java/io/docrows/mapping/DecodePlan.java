package io.docrows.mapping;

import java.util.List;
import org.jooq.TableRecord;

/**
 * A mapping compiled for one streaming pass: columns, then references, then joins, each a slot, and the tree of fields
 * that fill them; and the policies that their readers may use, by number. Immutable.
 *
 * @param root where the decoder begins: the document
 * @param keepsRest whether a slot takes all fields that are neither mapped nor ignored, so that none is unknown
 */
record DecodePlan<R extends TableRecord<R>>(
        List<Slot> slots,
        int columns,
        int references,
        List<PolicySite> policies,
        FieldNode root,
        boolean strict,
        boolean keepsRest) {

    int joins() {
        return slots.size() - columns - references;
    }
}
