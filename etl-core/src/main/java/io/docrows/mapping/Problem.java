package io.docrows.mapping;

import io.docrows.error.RejectCode;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/** Why a document cannot be mapped. */
record Problem(
        RejectCode code,
        @Nullable String path,
        @Nullable String bsonType,
        @Nullable String column,
        String detail) {

    /** The same, found in one element of an array or of a sub-document whose field names are data. */
    Problem in(int element) {
        // The innermost element is told first.
        return new Problem(code, path, bsonType, column, detail + ", in element " + element);
    }

    <R extends TableRecord<R>> RejectedDocument<R> of(byte[] bson) {
        String place = path == null || path.isEmpty() ? null : path;
        return new RejectedDocument<>(bson, code, place, bsonType, column, null, detail);
    }
}
