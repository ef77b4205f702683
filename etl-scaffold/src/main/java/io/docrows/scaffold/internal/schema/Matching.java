package io.docrows.scaffold.internal.schema;

import static io.docrows.scaffold.internal.choose.Paths.all;

import io.docrows.inspect.fact.CollectionFacts;
import io.docrows.inspect.fact.Inspection;
import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.PathFacts;
import io.docrows.inspect.fact.ReferenceFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One attempt to lead collections into tables: who has which table, and what refers to what. Not thread-safe. */
final class Matching {

    private final Inspection inspection;
    private final Tables tables;
    private final Map<String, ExistingTable> tableOf;
    private final Map<String, ExistingColumn> keyOf;
    private final Set<Reference> refused;
    /** Who has each table. */
    private final Map<String, String> taken = new LinkedHashMap<>();

    private final List<Reference> references = new ArrayList<>();

    /**
     * A column that refers to the table of a collection.
     *
     * @param collection the collection that refers
     * @param target the one that is referred to
     * @param table the table that has the column
     * @param column the column
     * @param required whether it may not be NULL
     */
    record Reference(String collection, String target, String table, String column, boolean required) {}

    /** What has to be undone if a table of rows does not fit after all. */
    record Mark(Map<String, String> taken, int references) {}

    Matching(
            Inspection inspection,
            Tables tables,
            Map<String, ExistingTable> tableOf,
            Map<String, ExistingColumn> keyOf,
            Set<Reference> refused) {
        this.inspection = inspection;
        this.tables = tables;
        this.tableOf = new LinkedHashMap<>(tableOf);
        this.keyOf = new LinkedHashMap<>(keyOf);
        this.refused = new HashSet<>(refused);
        tableOf.forEach((collection, table) -> taken.put(table.name(), "the collection " + collection));
    }

    /** A collection's own table, of which the key is taken. */
    RowMatcher row(CollectionFacts collection, ExistingTable table, ExistingColumn key) {
        return new RowMatcher(this, collection, table, List.of(key.name()), false);
    }

    Tables tables() {
        return tables;
    }

    /** All columns that refer to something. */
    List<Reference> references() {
        return List.copyOf(references);
    }

    /** Adds one; false if it would have tables wait for each other. */
    boolean add(Reference reference) {
        return !refused.contains(reference) && references.add(reference);
    }

    /** Who has a table already. */
    Optional<String> owner(ExistingTable table) {
        return Optional.ofNullable(taken.get(table.name()));
    }

    Mark take(ExistingTable table, String owner) {
        Mark mark = new Mark(Map.copyOf(taken), references.size());
        taken.put(table.name(), owner);
        return mark;
    }

    void undo(Mark mark) {
        taken.clear();
        taken.putAll(mark.taken());
        references.subList(mark.references(), references.size()).clear();
    }

    /** The reference that a path was found to be, to a collection that has a table. */
    Optional<ReferenceFacts> reference(String collection, PathFacts path, String table) {
        return inspection.references().stream()
                .filter(one -> one.collection().equals(collection) && one.path().equals(path.path()))
                .filter(one -> one.targetPath().equals("_id") && leadsTo(one.target(), table))
                .findFirst();
    }

    private boolean leadsTo(String target, String table) {
        ExistingTable there = tableOf.get(target);
        return there != null && there.name().equals(table);
    }

    /** Whether a collection's key is of several types, whose text tells them apart. */
    boolean isMixed(String collection) {
        ExistingColumn key = keyOf.get(collection);
        return key != null
                && key.type().equals("text")
                && inspection
                        .collection(collection)
                        .flatMap(facts -> facts.path("_id"))
                        .filter(id -> !all(id, Kind::isText) && !all(id, kind -> kind == Kind.OBJECT_ID))
                        .isPresent();
    }
}
