package io.docrows.mapping;

import io.docrows.internal.value.ScalarTextReader;
import io.docrows.internal.value.TextReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;

/**
 * A text, and what may be done with one that its column cannot hold. Where several policies are chosen, what is invalid
 * is replaced first, then U+0000 is taken out, then the text is cut. Immutable and thread-safe.
 */
public final class TextValue extends LossyValue<String, TextValue> {

    private static final int NOT_CUT = -1;
    private static final int CUT_TO_COLUMN = 0;

    private final ReadPlan<String> source;
    private final Policies policies;

    /** The policies chosen; {@code length} is the longest text in code points. */
    private record Policies(boolean replaceInvalid, boolean stripNul, int length, boolean orScalar) {

        static final Policies NONE = new Policies(false, false, NOT_CUT, false);

        ValueReader<String> bind(ReadPlan<String> source, Binding binding) {
            ValueReader<String> reader = source.bind(binding);
            if (orScalar) {
                if (source.isMade()) {
                    binding.problem(LossPolicy.OR_SCALAR, ReadPlan.TOO_LATE);
                }
                reader = new ScalarTextReader(binding.policy(LossPolicy.OR_SCALAR));
            }
            if (!replaceInvalid && !stripNul && length == NOT_CUT) {
                return reader;
            }
            return new TextReader(
                    reader,
                    replaceInvalid ? binding.policy(LossPolicy.REPLACE_INVALID) : ValueReader.NO_POLICY,
                    stripNul ? binding.policy(LossPolicy.STRIP_NUL) : ValueReader.NO_POLICY,
                    length != NOT_CUT ? binding.policy(LossPolicy.TRUNCATE) : ValueReader.NO_POLICY,
                    length(binding));
        }

        Policies with(boolean replacing, boolean stripping, int cutTo) {
            return new Policies(replacing, stripping, cutTo, orScalar);
        }

        /** What was never chosen is not told: so a mapping's digest stays when policies are added to the library. */
        @Override
        public String toString() {
            return "Policies[replaceInvalid=" + replaceInvalid + ", stripNul=" + stripNul + ", length=" + length + "]"
                    + (orScalar ? ".orScalar" : "");
        }

        private int length(Binding binding) {
            int declared = binding.limits().length();
            if (length == CUT_TO_COLUMN && declared == 0) {
                binding.problem(LossPolicy.TRUNCATE, "needs a number, because the column declares no length");
            } else if (length > declared && declared > 0) {
                binding.problem(LossPolicy.TRUNCATE, "cuts to " + length + ", but the column holds " + declared);
            }
            return length == CUT_TO_COLUMN ? declared : length;
        }
    }

    private TextValue(ValueTerms terms, ReadPlan<String> source, Policies policies) {
        super(terms, binding -> policies.bind(source, binding));
        this.source = source;
        this.policies = policies;
    }

    TextValue(ValueTerms terms, ReadPlan<String> source) {
        this(terms, source, Policies.NONE);
    }

    /**
     * A converted value as a text, so that policies can be chosen for what the conversion makes.
     *
     * @param converted any value of this type
     * @return the same value
     */
    public static TextValue of(Value<String> converted) {
        return new TextValue(converted.terms().after(converted.options()), new MadePlan<>(converted.plan()));
    }

    /**
     * The same text, without U+0000, which PostgreSQL cannot store. Without this policy such a text rejects the
     * document with {@code NUL_CHARACTER}.
     *
     * @return a value with the policy {@link LossPolicy#STRIP_NUL}
     */
    public TextValue stripNul() {
        return new TextValue(terms(), source, policies.with(policies.replaceInvalid(), true, policies.length()));
    }

    /**
     * The same text, with U+FFFD in the place of bytes that are not valid UTF-8, and of surrogates without their other
     * half. Without this policy such a text rejects the document with {@code INVALID_UTF8}.
     *
     * @return a value with the policy {@link LossPolicy#REPLACE_INVALID}
     */
    public TextValue replaceInvalid() {
        return new TextValue(terms(), source, policies.with(true, policies.stripNul(), policies.length()));
    }

    /**
     * The same text, cut after so many characters, as PostgreSQL counts them: code points. Without this policy a text
     * that is longer than its column rejects the document with {@code TOO_LONG}.
     *
     * @param length 1 or more, and not more than the column's length
     * @return a value with the policy {@link LossPolicy#TRUNCATE}
     * @throws IllegalArgumentException if the length is not positive
     */
    public TextValue truncate(int length) {
        if (length < 1) {
            throw new IllegalArgumentException("a text is cut after 1 character or more, not " + length);
        }
        return new TextValue(terms(), source, policies.with(policies.replaceInvalid(), policies.stripNul(), length));
    }

    /**
     * The same text, cut to the length that its column declares.
     *
     * @return a value with the policy {@link LossPolicy#TRUNCATE}
     */
    public TextValue truncate() {
        return new TextValue(
                terms(), source, policies.with(policies.replaceInvalid(), policies.stripNul(), CUT_TO_COLUMN));
    }

    /**
     * The same text, also where a scalar of another type is stored: whole numbers by their digits, doubles as the
     * shortest decimal that reads back as the same, decimals with their trailing zeros, booleans as {@code true} and
     * {@code false}, dates in UTC as ISO 8601 ({@code 2024-03-10T01:02:03Z}), ObjectIds as 24 hexadecimal digits, UUIDs
     * of subtype 4 with hyphens. Documents, arrays and all other types still reject with {@code TYPE_MISMATCH}, as does
     * all but text without this policy.
     *
     * @return a value with the policy {@link LossPolicy#OR_SCALAR}
     */
    public TextValue orScalar() {
        return new TextValue(
                terms(), source, new Policies(policies.replaceInvalid(), policies.stripNul(), policies.length(), true));
    }

    @Override
    boolean readsOthers() {
        return policies.orScalar();
    }

    @Override
    String options() {
        return policies.toString();
    }

    @Override
    TextValue on(ValueTerms terms) {
        return new TextValue(terms, source, policies);
    }
}
