package io.docrows.benchmarks.data;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user as the tables hold it, with skills by name. Immutable.
 *
 * @param mongoId the document's {@code _id} as text
 * @param created when the user signed up
 * @param updated when the document was last changed, if known
 * @param name as shown to people
 * @param email in lower case, if known
 * @param skills their names, distinct
 */
public record User(
        String mongoId,
        Instant created,
        @Nullable Instant updated,
        String name,
        @Nullable String email,
        List<String> skills) {

    /** Copies the list. */
    public User {
        skills = List.copyOf(skills);
    }
}
