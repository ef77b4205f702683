package io.docrows.inspect.fact;

/**
 * One of few different values. Immutable.
 *
 * @param type its BSON type, as MongoDB's {@code $type} calls it
 * @param value its text; a value of documents, for those only who ask for values
 * @param count how often it was met
 */
public record ValueCount(String type, String value, long count) {}
