package io.docrows.mapping;

import java.util.List;
import org.jooq.Table;

/**
 * How a document, or a part of it, becomes rows of one table: a node in the tree of tables that a mapping fills.
 * Immutable and thread-safe.
 */
public sealed interface TableMapping permits CollectionMapping, ChildMapping {

    /**
     * The table.
     *
     * @return the generated table
     */
    Table<?> table();

    /**
     * The columns filled from the document itself: neither references nor, in a child table, the columns that lead to
     * the parent.
     *
     * @return the columns; those of the key or identity come first
     */
    List<ColumnMapping> columns();

    /**
     * The foreign-key columns that lead to rows of other documents, or of lookup tables.
     *
     * @return the references
     */
    List<? extends ReferenceMapping<?>> references();

    /**
     * The tables below this one.
     *
     * @return the child tables, in the order of the mapping
     */
    List<ChildMapping> children();
}
