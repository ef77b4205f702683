package io.docrows.report;

import java.util.Optional;

/**
 * What a column may do with a value that it cannot hold as it is, instead of rejecting the document. None is chosen by
 * default; each is chosen by the method of the same name on a value of the mapping, and every use of it is counted as a
 * {@link PolicyUse}.
 */
public enum LossPolicy {
    /** U+0000, which PostgreSQL cannot store in a text, is taken out. */
    STRIP_NUL("stripNul", false),
    /** What is not valid UTF-8, and half a surrogate pair, becomes U+FFFD. */
    REPLACE_INVALID("replaceInvalid", false),
    /** A text is cut after so many characters. */
    TRUNCATE("truncate", false),
    /** A number or time is rounded to what its column can hold. */
    ROUND("round", false),
    /** A number beyond the range becomes the nearest one within. */
    CLAMP("clamp", false),
    /** A date beyond the range becomes the first or the last one within. */
    CLAMP_DATE("clampDate", false),
    /** NaN and the infinities become NULL. */
    NAN_AS_NULL("nanAsNull", true),
    /** A number or date beyond the range, or finer than the column, becomes NULL. */
    OUT_OF_RANGE_AS_NULL("outOfRangeAsNull", true),
    /** A value of another BSON type than the mapping says becomes NULL. */
    MISMATCH_AS_NULL("mismatchAsNull", true),
    /** A value that breaks a rule of the mapping, such as an unknown constant, becomes NULL. */
    INVALID_AS_NULL("invalidAsNull", true),
    /** A field that is no array counts as an empty one. */
    MISMATCH_AS_EMPTY("mismatchAsEmpty", false),
    /** An element that would reject its document is left out. */
    SKIP_INVALID("skipInvalid", false),
    /** Of the elements with the same identity, all but the first are left out. */
    FIRST_WINS("firstWins", false),
    /** Of the elements with the same identity, all but the last are left out. */
    LAST_WINS("lastWins", false),
    /** An element that leads to a row that is not there is left out. */
    SKIP_MISSING("skipMissing", false);

    private final String method;
    private final boolean makesNull;

    LossPolicy(String method, boolean makesNull) {
        this.method = method;
        this.makesNull = makesNull;
    }

    /**
     * The method that chooses this policy; also its name in reports, in JSON and in {@code docrows.policy_use}. Stable.
     *
     * @return for instance {@code stripNul}
     */
    public String method() {
        return method;
    }

    /**
     * Whether the value is given up for NULL, rather than changed into another one.
     *
     * @return true for NULL; in an array, the element is left out
     */
    public boolean makesNull() {
        return makesNull;
    }

    /**
     * The policy that a method chooses.
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
