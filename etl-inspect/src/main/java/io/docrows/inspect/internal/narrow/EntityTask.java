package io.docrows.inspect.internal.narrow;

import io.docrows.inspect.internal.measure.DocumentMark;
import io.docrows.inspect.internal.measure.KeyReader;
import io.docrows.internal.bson.BsonCursor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts the versions of embedded documents that one of their fields tells apart. For one thread; only for paths with a
 * bounded number of different documents.
 */
public final class EntityTask implements NarrowTask {

    private final KeyReader contents = new KeyReader();
    private final KeyReader keys = new KeyReader();
    private final Map<Long, Set<Long>> versions = new HashMap<>();
    private long content;
    private boolean keyed;
    private long key;
    private long occurrences;

    /** Nothing yet. */
    public EntityTask() {}

    /**
     * Puts the task where it belongs.
     *
     * @param object the node of the document
     * @param keyField the field that tells documents apart
     */
    public void at(NarrowNode object, String keyField) {
        object.add(this);
        object.at(java.util.List.of(keyField)).add(new NarrowTask() {
            @Override
            public void value(BsonCursor cursor, DocumentMark mark) {
                if (keys.read(cursor)) {
                    key = keys.hash();
                    keyed = true;
                }
            }
        });
    }

    @Override
    public void value(BsonCursor cursor, DocumentMark mark) {
        if (contents.read(cursor)) {
            content = contents.hash();
        }
    }

    @Override
    public void enter() {
        keyed = false;
    }

    @Override
    public void leave() {
        if (keyed) {
            occurrences++;
            versions.computeIfAbsent(key, any -> new HashSet<>(2)).add(content);
        }
    }

    /**
     * Adds what another thread has counted.
     *
     * @param other a task of the same path
     */
    public void merge(EntityTask other) {
        occurrences += other.occurrences;
        other.versions.forEach((known, set) ->
                versions.computeIfAbsent(known, any -> new HashSet<>(2)).addAll(set));
    }

    /**
     * How many documents have a key.
     *
     * @return the count
     */
    public long occurrences() {
        return occurrences;
    }

    /**
     * How many different keys.
     *
     * @return the count
     */
    public long entities() {
        return versions.size();
    }

    /**
     * How many different documents.
     *
     * @return the count
     */
    public long versions() {
        return versions.values().stream().mapToLong(Set::size).sum();
    }

    /**
     * How many keys have more than one version.
     *
     * @return the count
     */
    public long entitiesWithVersions() {
        return versions.values().stream().filter(set -> set.size() > 1).count();
    }
}
