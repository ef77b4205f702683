package io.docrows.reject;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a rejected document, without the document. The detail says what is wrong without the value; the key
 * is the document's {@code _id}. Immutable.
 *
 * @param number the reject's number
 * @param collection the collection's name
 * @param key the canonical text of its {@code _id}, or {@code sha256:} of its bytes where there is none
 * @param code the stable reason, a {@link io.docrows.error.RejectCode}'s name
 * @param path where in the document, names joined by dots
 * @param bsonType the BSON type found there
 * @param column the column, as {@code schema.table.column}
 * @param sqlState PostgreSQL's SQLSTATE, if it was PostgreSQL that refused
 * @param detail one sentence
 * @param bytes the document's length
 * @param firstRun the run that rejected it first
 * @param lastRun the run that rejected it last
 * @param rejected when it was rejected first
 */
public record StoredReject(
        long number,
        String collection,
        String key,
        String code,
        @Nullable String path,
        @Nullable String bsonType,
        @Nullable String column,
        @Nullable String sqlState,
        @Nullable String detail,
        int bytes,
        long firstRun,
        long lastRun,
        Instant rejected) {}
