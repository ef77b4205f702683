package io.docrows.inspect.internal.find;

import java.util.List;
import java.util.Optional;

/**
 * A collection after the first reading.
 *
 * @param name its name
 * @param documents how many were read
 * @param bytes how many bytes they have
 * @param largest how many bytes the largest has
 * @param damaged how many are not valid BSON inside
 * @param damagedId the smallest {@code _id} of these
 * @param lessDetail whether names were put together sooner, because there were too many paths
 * @param paths all paths, each before those below it
 */
public record MeasuredCollection(
        String name,
        long documents,
        long bytes,
        int largest,
        long damaged,
        Optional<String> damagedId,
        boolean lessDetail,
        List<MeasuredPath> paths) {

    /** Copies the list. */
    public MeasuredCollection {
        paths = List.copyOf(paths);
    }
}
