package io.docrows.source;

import java.time.Instant;
import java.util.List;

/**
 * Documents with a date at or after a moment in one of their fields. Only values of the BSON type date count, as in
 * MongoDB, whose comparison operators are bracketed by type. Immutable.
 *
 * @param path the names that lead to the field, from the outside in
 * @param moment the moment, to the millisecond
 */
public record ChangedSince(List<String> path, Instant moment) {

    /** Copies the path. */
    public ChangedSince {
        path = List.copyOf(path);
    }
}
