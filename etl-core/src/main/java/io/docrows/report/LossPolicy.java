package io.docrows.report;

import java.util.Optional;

/**
 * What may be done with a value that is not what its column takes, instead of rejecting the document: some policies
 * change what a column cannot hold, some give it up for NULL, and some read what a writer stored in place of what the
 * mapping says. None is chosen by default; each is chosen by the method of the same name on a value of the mapping, and
 * every use of it is counted as a {@link PolicyUse}.
 */
public enum LossPolicy {
    /** U+0000, which PostgreSQL cannot store in a text, is taken out. */
    STRIP_NUL("stripNul", Effect.CHANGES),
    /** What is not valid UTF-8, and half a surrogate pair, becomes U+FFFD. */
    REPLACE_INVALID("replaceInvalid", Effect.CHANGES),
    /** A text is cut after so many characters. */
    TRUNCATE("truncate", Effect.CHANGES),
    /** A number or time is rounded to what its column can hold. */
    ROUND("round", Effect.CHANGES),
    /** A number beyond the range becomes the nearest one within. */
    CLAMP("clamp", Effect.CHANGES),
    /** A date beyond the range becomes the first or the last one within. */
    CLAMP_DATE("clampDate", Effect.CHANGES),
    /** NaN and the infinities become NULL. */
    NAN_AS_NULL("nanAsNull", Effect.MAKES_NULL),
    /** A number or date beyond the range, or finer than the column, becomes NULL. */
    OUT_OF_RANGE_AS_NULL("outOfRangeAsNull", Effect.MAKES_NULL),
    /** A value of another BSON type than the mapping says becomes NULL. */
    MISMATCH_AS_NULL("mismatchAsNull", Effect.MAKES_NULL),
    /** A value that breaks a rule of the mapping, such as an unknown constant, becomes NULL. */
    INVALID_AS_NULL("invalidAsNull", Effect.MAKES_NULL),
    /** A field that is no array counts as an empty one. */
    MISMATCH_AS_EMPTY("mismatchAsEmpty", Effect.CHANGES),
    /** An element that would reject its document is left out. */
    SKIP_INVALID("skipInvalid", Effect.CHANGES),
    /** Of the elements with the same identity, all but the first are left out. */
    FIRST_WINS("firstWins", Effect.CHANGES),
    /** Of the elements with the same identity, all but the last are left out. */
    LAST_WINS("lastWins", Effect.CHANGES),
    /** An element that leads to a row that is not there is left out. */
    SKIP_MISSING("skipMissing", Effect.CHANGES),
    /** An empty document, an empty array or an empty text becomes NULL. */
    EMPTY_AS_NULL("emptyAsNull", Effect.MAKES_NULL),
    /** A missing field, or null, becomes an empty array. */
    NULL_AS_EMPTY("nullAsEmpty", Effect.CHANGES),
    /** A text is read as the number, boolean, time or UUID that is written in it. */
    OR_TEXT("orText", Effect.READS),
    /** The numbers 1 and 0 are read as true and false. */
    OR_NUMBER("orNumber", Effect.READS),
    /** A number, boolean, date, ObjectId or UUID is read as text. */
    OR_SCALAR("orScalar", Effect.READS),
    /** A number is read as milliseconds since 1970-01-01T00:00:00Z. */
    OR_EPOCH_MILLIS("orEpochMillis", Effect.READS),
    /** A number is read as seconds since 1970-01-01T00:00:00Z. */
    OR_EPOCH_SECONDS("orEpochSeconds", Effect.READS),
    /** A number is read as milliseconds since midnight. */
    OR_MILLIS_OF_DAY("orMillisOfDay", Effect.READS),
    /** An array of year, month, day, hour and so on is read as a time. */
    OR_ARRAY("orArray", Effect.READS),
    /** An array of one element is read as that element. */
    OR_ARRAY_OF_ONE("orArrayOfOne", Effect.READS),
    /** A value that is no array is read as an array of one element. */
    OR_SINGLE("orSingle", Effect.READS),
    /** A document whose names are numbers is read as an array. */
    OR_DIGIT_KEYS("orDigitKeys", Effect.READS),
    /** A DBRef is read as the {@code _id} in it. */
    OR_DB_REF("orDbRef", Effect.READS),
    /** A text is read as the JSON that is written in it. */
    TEXT_AS_JSON("textAsJson", Effect.READS);

    private enum Effect {
        CHANGES,
        MAKES_NULL,
        READS
    }

    private final String method;
    private final Effect effect;

    LossPolicy(String method, Effect effect) {
        this.method = method;
        this.effect = effect;
    }

    /**
     * Returns the method that chooses this policy; also its name in reports, in JSON and in {@code docrows.policy_use}.
     * Stable.
     *
     * @return for instance {@code stripNul}
     */
    public String method() {
        return method;
    }

    /**
     * Returns whether the value is given up for NULL, rather than changed into another one.
     *
     * @return true for NULL; in an array, the element is left out
     */
    public boolean makesNull() {
        return effect == Effect.MAKES_NULL;
    }

    /**
     * Returns whether the value is kept, and only read from something else than the mapping says.
     *
     * @return false for policies that change the value or give it up
     */
    public boolean readsOnly() {
        return effect == Effect.READS;
    }

    /**
     * Returns the policy that a method chooses.
     *
     * @param method for instance {@code stripNul}
     * @return the policy, or empty if there is none of that name
     */
    public static Optional<LossPolicy> ofMethod(String method) {
        for (LossPolicy policy : values()) {
            if (policy.method.equals(method)) {
                return Optional.of(policy);
            }
        }
        return Optional.empty();
    }
}
