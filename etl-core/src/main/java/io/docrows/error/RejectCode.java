package io.docrows.error;

import io.docrows.report.RunReport;

/**
 * Why one document was rejected. The names are stable: they are stored in {@code docrows.reject.code}, counted in the
 * {@link RunReport} and documented in {@code docs/errors.md}.
 */
public enum RejectCode {
    /** The bytes are not a well-formed BSON document. */
    INVALID_DOCUMENT,
    /** A mapped field occurs more than once in the document. */
    DUPLICATE_FIELD,
    /** A required field is missing or null. */
    MISSING_VALUE,
    /** A field's BSON type is not one that its column accepts. */
    TYPE_MISMATCH,
    /** A value has the right type, but breaks a rule of the mapping (an unknown state, an invalid e-mail address). */
    INVALID_VALUE,
    /** A date or number does not fit its column, or would lose precision. */
    OUT_OF_RANGE,
    /** A text is longer than its column. */
    TOO_LONG,
    /** A text holds U+0000, which PostgreSQL cannot store. */
    NUL_CHARACTER,
    /** A text is not valid UTF-8. */
    INVALID_UTF8,
    /** The document has a field that is neither mapped nor ignored, and the mapping is strict. */
    UNMAPPED_FIELD,
    /**
     * Another document has the same key, as the key's column compares: the row is its own. Also where the two keys are
     * not the same to MongoDB ({@code Java} and {@code JAVA} in citext).
     */
    DUPLICATE_KEY,
    /** Two elements of the document have the same identity in their child table. */
    DUPLICATE_ELEMENT,
    /** A unique column's value is taken by another document. */
    DUPLICATE_VALUE,
    /** The document refers to one that is not in the target, and the column cannot wait for it. */
    MISSING_REFERENCE,
    /** PostgreSQL refused the row because of another constraint (check, not null, foreign key, exclusion). */
    CONSTRAINT_VIOLATION,
    /** PostgreSQL refused the row's data for any other reason; the SQLSTATE says which. */
    REFUSED_BY_TARGET
}
