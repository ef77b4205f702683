package io.docrows.internal.metadata;

import static io.docrows.internal.db.Tables.REJECT;

import io.docrows.run.RejectFilter;
import java.util.Collection;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** A filter of rejects as SQL. */
public final class RejectSelection {

    private RejectSelection() {}

    /**
     * The condition on {@code docrows.reject}.
     *
     * @param pipeline the pipeline's name
     * @param filter which of its rejects
     * @return the condition
     */
    public static Condition of(String pipeline, RejectFilter filter) {
        return REJECT.PIPELINE
                .eq(pipeline)
                .and(among(REJECT.COLLECTION, filter.collections()))
                .and(among(REJECT.CODE, filter.codes().stream().map(Enum::name).toList()))
                .and(among(REJECT.LAST_RUN_ID, filter.runs()))
                .and(among(REJECT.DOCUMENT_KEY, filter.keys()))
                .and(among(REJECT.ID, filter.numbers()));
    }

    private static <T> Condition among(Field<T> field, Collection<T> values) {
        return values.isEmpty() ? DSL.noCondition() : field.in(values);
    }
}
