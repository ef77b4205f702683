package io.docrows.source.json;

import java.util.ArrayDeque;

/**
 * Where bytes of a rewritten stream come from. What lies before a place that was asked for is forgotten. Not
 * thread-safe.
 */
final class OffsetMap {

    /**
     * From here on, both streams go on alike.
     *
     * @param rewritten an offset in the rewritten stream
     * @param source the same place in the source
     */
    private record Place(long rewritten, long source) {}

    private final ArrayDeque<Place> places = new ArrayDeque<>();
    private Place last = new Place(0, 0);

    void add(long rewritten, long source) {
        places.add(new Place(rewritten, source));
    }

    /** The source's offset; near to it for a place within what was rewritten. */
    long sourceOf(long rewritten) {
        Place next = places.peek();
        while (next != null && next.rewritten() <= rewritten) {
            last = places.remove();
            next = places.peek();
        }
        long source = last.source() + Math.max(0, rewritten - last.rewritten());
        return next == null ? source : Math.min(source, next.source());
    }
}
