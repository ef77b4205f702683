package io.docrows.history;

/**
 * Documents that were rejected for one reason and have not been loaded since. Immutable.
 *
 * @param pipeline the pipeline's name
 * @param collection the collection's name
 * @param code the {@link io.docrows.error.RejectCode}; text, since a newer release may have written it
 * @param documents how many documents
 */
public record OpenRejects(String pipeline, String collection, String code, long documents) {}
