package io.docrows.internal.table;

import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.TableField;

/** Values of a table's rows that no two of them may have, in the target's rows and in staged ones. */
public interface ContestedValues {

    /**
     * The values of a row of the queries below.
     *
     * @param alias the query's alias
     * @return its columns {@code v0, v1, …}
     */
    List<Field<Object>> of(String alias);

    /**
     * The values of staged rows, without rows that may be there any number of times.
     *
     * @return a query for the document's {@code ord} and the values
     */
    Select<?> staged();

    /**
     * The values of the target's rows.
     *
     * @param key the columns of the documents' key, which become {@code c0, c1, …}
     * @return a query for the key of the document's row and the values; empty if only rows of one document are compared
     */
    Optional<Select<?>> stored(List<? extends TableField<?, ?>> key);

    /**
     * Whether two rows of these queries have the same values.
     *
     * @param one an alias
     * @param other another one
     * @return a condition
     */
    Condition equal(String one, String other);
}
