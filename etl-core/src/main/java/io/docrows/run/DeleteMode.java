package io.docrows.run;

/** What a run does with rows whose document no longer exists in the source. */
public enum DeleteMode {
    /** They stay. The default. */
    IGNORE,
    /** They are deleted, with their rows in join tables, rejects and pending references. */
    DELETE,
    /**
     * The column that the mapping names with {@link io.docrows.mapping.CollectionMapping.Builder#deletedAt} is set to
     * the present time; it becomes NULL again when the document returns.
     */
    MARK
}
