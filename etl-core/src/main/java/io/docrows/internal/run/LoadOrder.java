package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import io.docrows.internal.mapping.MappedCollection;
import io.docrows.internal.mapping.SharedTables;
import io.docrows.internal.table.TableTree;
import io.docrows.mapping.CollectionMapping;
import io.docrows.mapping.JoinMapping;
import io.docrows.mapping.ReferenceMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** The order in which tables are loaded: what is referred to comes first, the caller's order decides the rest. */
public final class LoadOrder {

    private LoadOrder() {}

    /**
     * Sorts mappings.
     *
     * @param mappings mappings in any order
     * @return the same, those of one collection together, each after those it refers to
     * @throws DocrowsException {@code INVALID_MAPPING} if they refer to each other in a circle, if a table is mapped
     *     twice in different places, or if mappings of one collection name different watermarks
     */
    public static List<CollectionMapping<?>> of(List<CollectionMapping<?>> mappings) {
        if (mappings.isEmpty()) {
            throw new DocrowsException(ErrorCode.INVALID_MAPPING, "A pipeline needs at least one mapping.");
        }
        Set<CollectionMapping<?>> different = new HashSet<>();
        for (CollectionMapping<?> mapping : mappings) {
            if (!different.add(mapping)) {
                throw new DocrowsException(
                        ErrorCode.INVALID_MAPPING,
                        "The collection " + mapping.collection() + " is mapped twice by the same mapping.");
            }
        }
        SharedTables.contradiction(mappings).ifPresent(table -> {
            throw new DocrowsException(
                    ErrorCode.INVALID_MAPPING,
                    "The table " + table.getName()
                            + " is mapped twice, and not in the same place: several mappings can fill a table of their"
                            + " own, and the tables below it, but not a table of which it is below another one.");
        });
        List<CollectionMapping<?>> all = SharedTables.aware(mappings);
        Map<Table<?>, Set<CollectionMapping<?>>> byTable = new LinkedHashMap<>();
        for (CollectionMapping<?> mapping : all) {
            mapping.tables()
                    .forEach(table -> byTable.computeIfAbsent(table, name -> new LinkedHashSet<>())
                            .add(mapping));
        }
        List<MappedCollection> collections = MappedCollection.of(all);
        collections.forEach(LoadOrder::checkWatermarks);
        List<CollectionMapping<?>> ordered = new ArrayList<>();
        for (MappedCollection collection :
                sorted(collections, each -> collectionsBefore(each, collections, byTable), LoadOrder::tables)) {
            ordered.addAll(sorted(
                    collection.mappings(),
                    mapping -> parents(mapping, byTable),
                    mapping -> mapping.table().getName()));
        }
        return List.copyOf(ordered);
    }

    /** Each after those before it, and otherwise as they were. */
    private static <T> List<T> sorted(List<T> all, Function<T, ? extends Set<?>> before, Function<T, String> tables) {
        List<T> ordered = new ArrayList<>();
        Set<T> waiting = new LinkedHashSet<>(all);
        while (!waiting.isEmpty()) {
            T next = waiting.stream()
                    .filter(each -> before.apply(each).stream().noneMatch(waiting::contains))
                    .findFirst()
                    .orElseThrow(
                            () -> circle(waiting.stream().map(tables).distinct().collect(Collectors.joining(", "))));
            ordered.add(next);
            waiting.remove(next);
        }
        return ordered;
    }

    private static String tables(MappedCollection collection) {
        return collection.tableNames();
    }

    private static Set<MappedCollection> collectionsBefore(
            MappedCollection collection,
            List<MappedCollection> collections,
            Map<Table<?>, Set<CollectionMapping<?>>> byTable) {
        Set<CollectionMapping<?>> parents = new HashSet<>();
        collection.mappings().forEach(mapping -> parents.addAll(parents(mapping, byTable)));
        return collections.stream()
                .filter(each ->
                        !each.equals(collection) && each.mappings().stream().anyMatch(parents::contains))
                .collect(Collectors.toSet());
    }

    /** A collection is read once, so what is read of it can only be the same for all of its mappings. */
    private static void checkWatermarks(MappedCollection collection) {
        if (collection.mappings().stream()
                        .map(CollectionMapping::watermark)
                        .distinct()
                        .count()
                > 1) {
            throw new DocrowsException(
                    ErrorCode.INVALID_MAPPING,
                    "The mappings of the collection " + collection.name()
                            + " name different watermarks. It is read once, so give all of them the same.");
        }
    }

    private static Set<CollectionMapping<?>> parents(
            CollectionMapping<?> mapping, Map<Table<?>, Set<CollectionMapping<?>>> byTable) {
        Set<CollectionMapping<?>> parents = new HashSet<>();
        for (ReferenceMapping<?> reference : TableTree.references(mapping)) {
            add(parents, byTable, reference.parentKey().getTable(), mapping);
        }
        for (JoinMapping join : mapping.joins()) {
            add(parents, byTable, join.join().lookup().getTable(), mapping);
        }
        return parents;
    }

    /** A table may refer to itself: such references wait until their row has arrived, whoever brings it. */
    private static void add(
            Set<CollectionMapping<?>> parents,
            Map<Table<?>, Set<CollectionMapping<?>>> byTable,
            @Nullable Table<?> table,
            CollectionMapping<?> mapping) {
        Set<CollectionMapping<?>> fillers = byTable.getOrDefault(table, Set.of());
        if (!fillers.contains(mapping)) {
            parents.addAll(fillers);
        }
    }

    private static DocrowsException circle(String tables) {
        return new DocrowsException(
                ErrorCode.INVALID_MAPPING,
                "These tables refer to each other in a cycle, so none can be loaded first: " + tables
                        + ". Load one of them in a pipeline of its own.");
    }
}
