package io.docrows.cli.inspect;

import io.docrows.cli.output.Numbers;
import io.docrows.inspect.proposal.Choice;
import io.docrows.inspect.proposal.ProposedColumn;
import io.docrows.inspect.proposal.ProposedForeignKey;
import io.docrows.inspect.proposal.ProposedTable;
import io.docrows.inspect.proposal.SharedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A proposed table and its columns, in words. */
final class ColumnWords {

    private ColumnWords() {}

    static String origin(ProposedTable table) {
        return switch (table.origin()) {
            case COLLECTION -> "the documents of " + table.collection();
            case CHILDREN -> "the elements of " + table.collection() + "." + table.path();
            case ENTRIES -> "the fields of " + table.collection() + "." + table.path();
            case JOIN -> "the references in " + table.collection() + "." + table.path();
            case LOOKUP -> "the different texts of " + table.collection() + "." + table.path();
            case ENTITIES -> "the different documents of " + table.collection() + "." + table.path();
        };
    }

    static String notes(ProposedTable table, ProposedColumn column) {
        List<String> notes = new ArrayList<>();
        if (table.primaryKey().contains(column.name())) {
            notes.add("key");
        }
        if (table.uniqueKeys().contains(column.name())) {
            notes.add("unique");
        }
        for (ProposedForeignKey key : table.foreignKeys()) {
            if (key.columns().get(0).equals(column.name())) {
                notes.add(reference(key));
            }
        }
        String cost = cost(column.chosen());
        if (!cost.isEmpty()) {
            notes.add(cost);
        }
        // That an integer could be larger goes without saying.
        for (Choice choice : column.choices().subList(1, column.choices().size())) {
            if (!choice.equals(new Choice("bigint", "", 0, Optional.empty(), true))) {
                notes.add("or " + choice.type() + ": " + costOrNothing(choice));
            }
        }
        return String.join("; ", notes);
    }

    /** What a table looks like that refers to a shared one. */
    static String use(SharedTable.Use use) {
        String replaced = use.table() + "." + String.join(", ", use.replaced());
        return use.join()
                .map(join -> replaced + (use.replaced().size() == 1 ? " becomes" : " become") + " rows of " + join
                        + ", whose " + use.reference() + " refers to it")
                .orElseGet(() -> replaced + (use.replaced().size() == 1 ? " becomes " : " become ") + use.reference()
                        + ", which refers to it");
    }

    static String reference(ProposedForeignKey key) {
        return "references " + key.table() + "(" + String.join(", ", key.targetColumns()) + ")"
                + (key.orphans() == 0
                        ? ""
                        : ", " + Numbers.count(key.orphans()) + " not found in "
                                + Numbers.count(key.orphanDocuments(), "document"));
    }

    /** What has to be allowed or assumed, and what is rejected nevertheless. */
    static String cost(Choice choice) {
        String how = choice.how().isEmpty() ? "" : choice.proved() ? choice.how() : "assumes " + choice.how();
        if (choice.rejectedDocuments() == 0) {
            return how;
        }
        return (how.isEmpty() ? "" : how + ", ") + Numbers.count(choice.rejectedDocuments(), "document")
                + " would be rejected"
                + choice.firstId().map(id -> " (first " + id + ")").orElse("");
    }

    static String costOrNothing(Choice choice) {
        String cost = cost(choice);
        return cost.isEmpty() ? "nothing rejected" : cost;
    }
}
