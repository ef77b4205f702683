package io.docrows.cli.output;

import io.docrows.error.RejectCode;

/** What each reason for a reject means, in a few words for people. */
public final class RejectAdvice {

    private RejectAdvice() {}

    /**
     * The meaning of a stored code.
     *
     * @param code the {@link RejectCode}; a later release may have written it
     * @return a few words, without a full stop
     */
    public static String of(String code) {
        try {
            return of(RejectCode.valueOf(code));
        } catch (IllegalArgumentException e) {
            return "a reason unknown to this release";
        }
    }

    static String of(RejectCode code) {
        return switch (code) {
            case INVALID_DOCUMENT -> "the bytes are not a well-formed BSON document";
            case DUPLICATE_FIELD -> "a mapped field occurs twice in the document";
            case MISSING_VALUE -> "a required field is missing or null";
            case TYPE_MISMATCH -> "a field has a type that its column does not accept";
            case INVALID_VALUE -> "a value breaks a rule of the mapping";
            case OUT_OF_RANGE -> "a date or number does not fit its column";
            case TOO_LONG -> "a text is longer than its column";
            case NUL_CHARACTER -> "a text contains U+0000, which PostgreSQL cannot store";
            case INVALID_UTF8 -> "a text is not valid UTF-8";
            case UNMAPPED_FIELD -> "the document has a field that its strict mapping does not name";
            case DUPLICATE_KEY -> "another document with the same key has the row";
            case DUPLICATE_ELEMENT -> "two elements of the document have the same identity in their table";
            case DUPLICATE_VALUE -> "another document has the same unique value";
            case MISSING_REFERENCE -> "the document refers to one that does not exist in the target";
            case CONSTRAINT_VIOLATION -> "PostgreSQL refused the row because of a constraint";
            case REFUSED_BY_TARGET -> "PostgreSQL refused the row's data";
        };
    }
}
