package io.docrows.internal.table;

import java.util.List;
import java.util.Optional;
import org.jooq.TableField;

/** Values of a table's rows that no two of them may have, in the target's rows and in staged ones. */
public interface ContestedValues {

    /**
     * Their names in the queries below.
     *
     * @return {@code v0, v1, …}
     */
    List<String> names();

    /**
     * The values of staged rows, without rows that may be there any number of times.
     *
     * @return a query for the document's {@code ord} and the values
     */
    String staged();

    /**
     * The values of the target's rows.
     *
     * @param key the columns of the documents' key, which become {@code c0, c1, …}
     * @return a query for the key of the document's row and the values; empty if only rows of one document are compared
     */
    Optional<String> stored(List<? extends TableField<?, ?>> key);

    /**
     * Whether two rows of these queries have the same values.
     *
     * @param one an alias
     * @param other another one
     * @return a condition
     */
    String equal(String one, String other);
}
