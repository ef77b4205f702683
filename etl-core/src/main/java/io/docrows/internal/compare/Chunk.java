package io.docrows.internal.compare;

import static org.jooq.impl.DSL.inline;

import io.docrows.internal.stage.Span;
import io.docrows.internal.table.Terms;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Some documents of one batch.
 *
 * @param batch the batch's number
 * @param places their places in it
 */
record Chunk(int batch, Span places) {

    /** Whether a row of a table is within it. */
    Condition of(String alias) {
        Field<Long> place = DSL.field(DSL.name(alias, "place"), Long.class);
        return Terms.staged(alias, "batch")
                .eq(inline(batch))
                .and(place.ge(inline(places.from())))
                .and(place.lt(inline(places.to())));
    }
}
