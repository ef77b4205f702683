package io.docrows.inspect.proposal;

import java.util.List;
import java.util.Optional;

/**
 * A table. Immutable.
 *
 * @param name its name, as it is written in lower case without quotes
 * @param origin what becomes its rows
 * @param collection the collection
 * @param path the path whose documents, elements or fields become rows; empty for the documents of the collection
 * @param parent the name of the table above it, for those that have one
 * @param rows how many rows it would have
 * @param columns its columns, the key first
 * @param primaryKey the names of the columns of its key
 * @param foreignKeys its foreign keys
 * @param uniqueKeys other columns that were proved unique
 * @param leftOut paths for which no column is proposed
 * @param reasons why it is so, in sentences that hold no value of a document
 */
public record ProposedTable(
        String name,
        Origin origin,
        String collection,
        String path,
        Optional<String> parent,
        long rows,
        List<ProposedColumn> columns,
        List<String> primaryKey,
        List<ProposedForeignKey> foreignKeys,
        List<String> uniqueKeys,
        List<LeftOut> leftOut,
        List<String> reasons) {

    /** What becomes the rows of a table. */
    public enum Origin {
        /** The documents of a collection. */
        COLLECTION,
        /** The sub-documents in an array. */
        CHILDREN,
        /** The fields of a document whose names are data. */
        ENTRIES,
        /** The references in an array. */
        JOIN,
        /** The different values of a column that has few: see {@link SharedTable}. */
        LOOKUP,
        /** Embedded documents that repeat, each once: see {@link SharedTable}. */
        ENTITIES
    }

    /**
     * A path without a column.
     *
     * @param path the path
     * @param reason why
     */
    public record LeftOut(String path, String reason) {}

    /** Copies the lists. */
    public ProposedTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        foreignKeys = List.copyOf(foreignKeys);
        uniqueKeys = List.copyOf(uniqueKeys);
        leftOut = List.copyOf(leftOut);
        reasons = List.copyOf(reasons);
    }

    /**
     * A column.
     *
     * @param column its name
     * @return the column, or empty if there is none of that name
     */
    public Optional<ProposedColumn> column(String column) {
        return columns.stream().filter(one -> one.name().equals(column)).findFirst();
    }
}
