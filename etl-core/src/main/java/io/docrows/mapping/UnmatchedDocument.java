package io.docrows.mapping;

import org.jooq.TableRecord;

/**
 * A document that the mapping does not take, because its {@linkplain CollectionMapping.Builder#where condition} does
 * not hold. Nothing else of it was looked at.
 *
 * @param bson the document, byte for byte; not a copy, not to be changed
 * @param <R> the generated record type of the mapped table
 */
public record UnmatchedDocument<R extends TableRecord<R>>(byte[] bson) implements Decoded<R> {

    @Override
    public String toString() {
        return "UnmatchedDocument";
    }
}
