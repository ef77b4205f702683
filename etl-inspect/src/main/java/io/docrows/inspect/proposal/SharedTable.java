package io.docrows.inspect.proposal;

import java.util.List;
import java.util.Optional;

/**
 * A table that could be split off, because many rows of others hold the same values: a lookup table for a column with
 * few different values, or a table for embedded documents that repeat. It is an alternative to columns that
 * {@link Proposal#tables()} proposes, which work without it. Immutable.
 *
 * @param table the table itself; its columns' {@link ProposedColumn#nulls()} are not counted and are 0
 * @param uses the tables that would refer to it
 * @param conflicts how many of its rows are stored with more than one content, so that somebody has to say which one
 *     counts
 */
public record SharedTable(ProposedTable table, List<Use> uses, long conflicts) {

    /**
     * A table that would refer to the shared one.
     *
     * @param table the name of the table, as {@link Proposal#tables()} has it
     * @param replaced its columns that the reference would take the place of
     * @param reference the name of the column that refers to the key of the shared table
     * @param join the name of the table between the two, where one row refers to several; {@code reference} is its
     *     column then
     * @param path the path of the values or embedded documents
     * @param values how many values or embedded documents there are
     */
    public record Use(
            String table, List<String> replaced, String reference, Optional<String> join, String path, long values) {

        /** Copies the list. */
        public Use {
            replaced = List.copyOf(replaced);
        }
    }

    /** Copies the list. */
    public SharedTable {
        uses = List.copyOf(uses);
    }
}
