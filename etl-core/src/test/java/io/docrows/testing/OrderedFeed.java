package io.docrows.testing;

import io.docrows.internal.run.LoadOrder;
import io.docrows.mapping.CollectionMapping;
import io.docrows.testing.RandomFeed.Part;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The mappings of a {@link RandomFeed}.
 *
 * @param mappings in the order of the feed, as a pipeline is given them
 * @param ordered in load order, as a pipeline makes them aware of each other
 * @param parts what makes them up, in load order
 */
public record OrderedFeed(List<CollectionMapping<?>> mappings, List<CollectionMapping<?>> ordered, List<Part> parts) {

    /** New mappings. */
    public static OrderedFeed of(List<Part> given) {
        List<CollectionMapping<?>> mappings = new ArrayList<>();
        Map<CollectionMapping<?>, Part> made = new IdentityHashMap<>();
        for (Part part : given) {
            CollectionMapping<?> mapping = part.mapping();
            mappings.add(mapping);
            made.put(mapping, part);
        }
        List<CollectionMapping<?>> ordered = LoadOrder.of(mappings);
        List<Part> parts = new ArrayList<>();
        for (CollectionMapping<?> mapping : ordered) {
            Part part = made.entrySet().stream()
                    .filter(one -> isSame(one.getKey(), mapping))
                    .findFirst()
                    .orElseThrow()
                    .getValue();
            made.values().remove(part);
            parts.add(part);
        }
        return new OrderedFeed(mappings, ordered, parts);
    }

    /** A pipeline makes a mapping aware of others by a copy of it. */
    private static boolean isSame(CollectionMapping<?> one, CollectionMapping<?> other) {
        return one.collection().equals(other.collection())
                && one.table().equals(other.table())
                && one.owned().equals(other.owned())
                && one.condition().equals(other.condition());
    }
}
