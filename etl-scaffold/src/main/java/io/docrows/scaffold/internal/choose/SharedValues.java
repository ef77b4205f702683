package io.docrows.scaffold.internal.choose;

import io.docrows.inspect.fact.EntityFacts;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.proposal.Proposal;
import io.docrows.inspect.proposal.ProposedTable;
import io.docrows.inspect.proposal.SharedTable;
import io.docrows.scaffold.choice.Choice;
import io.docrows.scaffold.choice.CollectionChoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says which columns have so few different values that a table of them would do, and which embedded documents repeat.
 * Nothing is split off unless somebody chooses it. Not thread-safe; used once.
 */
final class SharedValues {

    /** What is said of the path of a collection. */
    private final Map<List<String>, String> notes = new HashMap<>();

    private SharedValues(Inspection inspection) {
        Proposal proposal = Proposal.of(inspection);
        Map<String, String> collections = new HashMap<>();
        proposal.tables().forEach(table -> collections.put(table.name(), table.collection()));
        for (SharedTable shared : proposal.shared()) {
            for (SharedTable.Use use : shared.uses()) {
                if (shared.table().origin() == ProposedTable.Origin.LOOKUP
                        && use.join().isEmpty()) {
                    notes.put(
                            List.of(collections.getOrDefault(use.table(), ""), use.path()),
                            Choice.OR + "lookup: " + shared.table().name() + ", a table that holds each of the "
                                    + Words.number(shared.table().rows()) + " different ones once.");
                }
            }
        }
        inspection.collections().forEach(one -> one.entities().forEach(entity -> entity(one.name(), entity)));
    }

    private void entity(String collection, EntityFacts entity) {
        String versions = entity.entitiesWithVersions() == 0
                ? "."
                : "; the copies of " + Words.number(entity.entitiesWithVersions()) + " of them differ.";
        notes.put(
                List.of(collection, entity.path()),
                Words.number(entity.occurrences()) + " copies of " + Words.count(entity.entities(), "document")
                        + ", by " + entity.key() + versions + " They stay in the rows that have them.");
    }

    /** The same choices, with what is to be said of them. */
    static List<CollectionChoice> tell(Inspection inspection, List<CollectionChoice> choices) {
        SharedValues values = new SharedValues(inspection);
        return choices.stream()
                .map(one -> one.withFields((Choice.Fields) values.tell(one.fields(), one.collection(), List.of())))
                .toList();
    }

    private Choice tell(Choice choice, String collection, List<String> names) {
        Choice told = choice;
        String note = notes.get(List.of(collection, PathFacts.join(names)));
        boolean refers =
                choice.asColumn().filter(one -> !one.references().isEmpty()).isPresent();
        if (note != null && !refers && !names.isEmpty()) {
            List<String> more = new ArrayList<>(choice.notes());
            more.add(note);
            told = choice.withNotes(more);
        }
        if (told instanceof Choice.Fields document) {
            Map<String, Choice> fields = new LinkedHashMap<>();
            document.fields()
                    .forEach((name, field) -> fields.put(name, tell(field, collection, Paths.with(names, name))));
            return new Choice.Fields(fields, document.notes());
        }
        if (told instanceof Choice.Rows rows) {
            List<String> inner = switch (rows.source()) {
                case ROWS -> Paths.with(names, Paths.ELEMENT);
                case ENTRIES -> Paths.with(names, Paths.ENTRY);
                case ROW -> names;
            };
            return new Choice.Rows(
                    rows.source(), rows.table(), rows.by(), tell(rows.row(), collection, inner), rows.notes());
        }
        return told;
    }
}
