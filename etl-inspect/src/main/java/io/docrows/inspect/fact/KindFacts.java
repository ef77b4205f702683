package io.docrows.inspect.fact;

import java.util.Optional;

/**
 * The values of one kind at a path. Immutable.
 *
 * @param kind what they are
 * @param values how many
 * @param documents in how many documents of the collection; below fields whose names are data, at most this many
 * @param firstId the smallest {@code _id} of these documents, as the rest of Docrows writes it; empty if it has none
 */
public record KindFacts(Kind kind, long values, long documents, Optional<String> firstId) {}
