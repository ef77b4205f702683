package io.docrows.reject;

/**
 * How many documents of a collection are rejected for one reason.
 *
 * @param collection the collection's name
 * @param code the stable reason, a {@link io.docrows.error.RejectCode}'s name
 * @param documents how many
 */
public record RejectCount(String collection, String code, long documents) {}
