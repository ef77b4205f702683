package io.docrows.internal.stage;

/**
 * Where a reader's time went, in nanoseconds.
 *
 * @param reading taking documents from the source
 * @param decoding turning them into rows
 */
public record ReadTiming(long reading, long decoding) {}
