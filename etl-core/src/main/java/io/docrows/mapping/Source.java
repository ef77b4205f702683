package io.docrows.mapping;

/**
 * One of the fields that a binding is filled from.
 *
 * @param readsNull whether a BSON null is read, too, and not the same as a missing field
 * @param partial whether less than the field's value is read, so that the rest of a document still holds it
 */
record Source(FieldPath path, boolean readsNull, boolean partial) {}
