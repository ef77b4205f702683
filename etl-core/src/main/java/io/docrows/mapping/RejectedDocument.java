package io.docrows.mapping;

import io.docrows.error.RejectCode;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * A document that cannot be loaded as it is, with the reason. The detail never repeats a value. Immutable, but for the
 * bytes, which are not copied.
 *
 * @param bson the document, byte for byte
 * @param code the stable reason
 * @param path where in the document, names joined by dots; null when the whole document is meant
 * @param bsonType the BSON type found there, by its name in the MongoDB manual ({@code string}, {@code objectId}); null
 *     when there is none
 * @param column the column concerned, as {@code schema.table.column}; null when there is none
 * @param sqlState PostgreSQL's SQLSTATE, when it was PostgreSQL that refused the row
 * @param detail what is wrong, in one sentence
 * @param <R> the generated record type of the mapped table
 */
public record RejectedDocument<R extends TableRecord<R>>(
        byte[] bson,
        RejectCode code,
        @Nullable String path,
        @Nullable String bsonType,
        @Nullable String column,
        @Nullable String sqlState,
        String detail)
        implements Decoded<R> {

    @Override
    public String toString() {
        return "RejectedDocument[" + code + (path == null ? "" : " at " + path) + ": " + detail + "]";
    }
}
