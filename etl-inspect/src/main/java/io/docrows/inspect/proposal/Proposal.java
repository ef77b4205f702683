package io.docrows.inspect.proposal;

import io.docrows.inspect.fact.Inspection;
import java.util.List;
import java.util.Optional;

/**
 * Tables that the documents of an inspected source fit into. A proposal to argue about: every choice in it says what it
 * rests on, what else is possible, and how many documents each choice would reject. Immutable.
 *
 * @param tables the tables, each after its parent
 * @param shared tables that could be split off from these, because many rows hold the same values
 */
public record Proposal(List<ProposedTable> tables, List<SharedTable> shared) {

    /** Copies the lists. */
    public Proposal {
        tables = List.copyOf(tables);
        shared = List.copyOf(shared);
    }

    /**
     * What is proposed for the documents of an inspection.
     *
     * @param inspection what was found
     * @return tables for every collection that has documents
     */
    public static Proposal of(Inspection inspection) {
        return new Draft(inspection).proposal();
    }

    /**
     * A table.
     *
     * @param name its name
     * @return the table, or empty if none of that name is proposed
     */
    public Optional<ProposedTable> table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
