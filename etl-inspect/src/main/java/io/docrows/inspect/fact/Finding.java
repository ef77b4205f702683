package io.docrows.inspect.fact;

import java.util.Optional;

/**
 * Something about a path that whoever moves the collection should know. Immutable.
 *
 * @param code what it is, a stable name
 * @param weight how much it matters
 * @param path the path; empty for the whole collection
 * @param values how many values it concerns
 * @param firstId the smallest {@code _id} of a document it concerns, if there is one to be named
 * @param message one or two sentences; holds no value of a document
 */
public record Finding(
        FindingCode code, Weight weight, String path, long values, Optional<String> firstId, String message) {

    /** How much a finding matters. */
    public enum Weight {
        /** A load rejects documents, or loses something, unless it is decided what to do. */
        DECIDE,
        /** Something that the data suggests and cannot prove. */
        LIKELY,
        /** Good to know. */
        NOTE
    }
}
