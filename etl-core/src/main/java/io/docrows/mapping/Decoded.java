package io.docrows.mapping;

import org.jooq.TableRecord;

/**
 * What became of one document: a {@link MappedDocument}, a {@link RejectedDocument} or an {@link UnmatchedDocument}.
 *
 * @param <R> the generated record type of the mapped table
 */
public sealed interface Decoded<R extends TableRecord<R>> permits MappedDocument, RejectedDocument, UnmatchedDocument {

    /**
     * The document itself, byte for byte.
     *
     * @return the raw BSON; not a copy, not to be changed
     */
    byte[] bson();
}
