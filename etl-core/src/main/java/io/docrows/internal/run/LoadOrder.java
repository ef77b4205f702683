package io.docrows.internal.run;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
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
     * @return the same, each after those it refers to
     * @throws DocrowsException {@code INVALID_MAPPING} if they refer to each other in a circle, or if a collection or
     *     table is mapped twice
     */
    public static List<CollectionMapping<?>> of(List<CollectionMapping<?>> mappings) {
        if (mappings.isEmpty()) {
            throw new DocrowsException(ErrorCode.INVALID_MAPPING, "A pipeline needs at least one mapping.");
        }
        Map<Table<?>, CollectionMapping<?>> byTable = new LinkedHashMap<>();
        Set<String> collections = new HashSet<>();
        for (CollectionMapping<?> mapping : mappings) {
            for (Table<?> table : mapping.tables()) {
                @Nullable CollectionMapping<?> other = byTable.put(table, mapping);
                if (other != null && !other.equals(mapping)) {
                    throw new DocrowsException(
                            ErrorCode.INVALID_MAPPING, "The table " + table.getName() + " is mapped twice.");
                }
            }
            if (!collections.add(mapping.collection())) {
                throw new DocrowsException(
                        ErrorCode.INVALID_MAPPING, "The collection " + mapping.collection() + " is mapped twice.");
            }
        }
        List<CollectionMapping<?>> ordered = new ArrayList<>();
        Set<CollectionMapping<?>> waiting = new LinkedHashSet<>(mappings);
        while (!waiting.isEmpty()) {
            CollectionMapping<?> next = waiting.stream()
                    .filter(mapping -> parents(mapping, byTable).stream().noneMatch(waiting::contains))
                    .findFirst()
                    .orElseThrow(() -> circle(waiting));
            ordered.add(next);
            waiting.remove(next);
        }
        return List.copyOf(ordered);
    }

    private static Set<CollectionMapping<?>> parents(
            CollectionMapping<?> mapping, Map<Table<?>, CollectionMapping<?>> byTable) {
        Set<CollectionMapping<?>> parents = new HashSet<>();
        for (ReferenceMapping<?> reference : TableTree.references(mapping)) {
            add(parents, byTable.get(reference.parentKey().getTable()));
        }
        for (JoinMapping join : mapping.joins()) {
            add(parents, byTable.get(join.join().lookup().getTable()));
        }
        // A table may refer to itself: such references wait until their row has arrived.
        parents.remove(mapping);
        return parents;
    }

    private static void add(Set<CollectionMapping<?>> parents, @Nullable CollectionMapping<?> parent) {
        if (parent != null) {
            parents.add(parent);
        }
    }

    private static DocrowsException circle(Set<CollectionMapping<?>> waiting) {
        return new DocrowsException(
                ErrorCode.INVALID_MAPPING,
                "These tables refer to each other in a cycle, so none can be loaded first: "
                        + waiting.stream().map(m -> m.table().getName()).collect(Collectors.joining(", "))
                        + ". Load one of them in a pipeline of its own.");
    }
}
