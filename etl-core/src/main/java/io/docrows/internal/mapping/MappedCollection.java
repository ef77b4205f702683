package io.docrows.internal.mapping;

import io.docrows.mapping.CollectionMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Table;

/**
 * A collection, which is read once, and every mapping that takes documents of it. Immutable.
 *
 * @param name the collection's name
 * @param mappings at least one, in load order
 */
public record MappedCollection(String name, List<CollectionMapping<?>> mappings) {

    /** Copies the list. */
    public MappedCollection {
        mappings = List.copyOf(mappings);
    }

    /**
     * The collections of some mappings.
     *
     * @param mappings mappings in load order, those of one collection together
     * @return their collections in load order
     */
    public static List<MappedCollection> of(List<CollectionMapping<?>> mappings) {
        Map<String, List<CollectionMapping<?>>> collections = new LinkedHashMap<>();
        mappings.forEach(mapping -> collections
                .computeIfAbsent(mapping.collection(), name -> new ArrayList<>())
                .add(mapping));
        return collections.entrySet().stream()
                .map(collection -> new MappedCollection(collection.getKey(), collection.getValue()))
                .toList();
    }

    /**
     * The first of its mappings: what all of them have in common, such as the watermark, is the first one's.
     *
     * @return the mapping
     */
    public CollectionMapping<?> first() {
        return mappings.get(0);
    }

    /**
     * The names of the tables that documents become rows of, for people.
     *
     * @return a name, or several with commas between them
     */
    public String tableNames() {
        return mappings.stream()
                .map(CollectionMapping::table)
                .map(Table::getName)
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
