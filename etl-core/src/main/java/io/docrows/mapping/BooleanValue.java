package io.docrows.mapping;

import io.docrows.internal.value.BooleanReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A boolean, and what else may stand for one. Immutable and thread-safe. */
public final class BooleanValue extends LossyValue<Boolean, BooleanValue> {

    private final @Nullable Words words;
    private final boolean orNumber;

    /** The texts that stand for the two; none for those that programs write. */
    private record Words(Set<String> truths, Set<String> falsehoods) {}

    private BooleanValue(ValueTerms terms, @Nullable Words words, boolean orNumber) {
        super(terms, binding -> bind(words, orNumber, binding));
        this.words = words;
        this.orNumber = orNumber;
    }

    BooleanValue(ValueTerms terms) {
        this(terms, null, false);
    }

    private static ValueReader<Boolean> bind(@Nullable Words words, boolean orNumber, Binding binding) {
        return new BooleanReader(
                words != null ? binding.policy(LossPolicy.OR_TEXT) : ValueReader.NO_POLICY,
                words != null ? words.truths() : Set.of(),
                words != null ? words.falsehoods() : Set.of(),
                orNumber ? binding.policy(LossPolicy.OR_NUMBER) : ValueReader.NO_POLICY);
    }

    /**
     * The same boolean, also where it is written as {@code true} or {@code false}, in capital letters or small ones.
     * Any other text rejects the document with {@code INVALID_VALUE}.
     *
     * @return a value with the policy {@link LossPolicy#OR_TEXT}
     */
    public BooleanValue orText() {
        return new BooleanValue(terms(), new Words(Set.of(), Set.of()), orNumber);
    }

    /**
     * The same boolean, also where it is written as one of some texts, which are compared exactly. Any other text
     * rejects the document with {@code INVALID_VALUE}.
     *
     * @param truths the texts that mean true, for instance {@code Y}
     * @param falsehoods the texts that mean false
     * @return a value with the policy {@link LossPolicy#OR_TEXT}
     * @throws IllegalArgumentException if one of the sets is empty, or both have a text in common
     */
    public BooleanValue orText(Set<String> truths, Set<String> falsehoods) {
        if (truths.isEmpty() || falsehoods.isEmpty()) {
            throw new IllegalArgumentException("texts are needed for true as well as for false");
        }
        if (truths.stream().anyMatch(falsehoods::contains)) {
            throw new IllegalArgumentException("a text cannot mean both true and false");
        }
        return new BooleanValue(terms(), new Words(Set.copyOf(truths), Set.copyOf(falsehoods)), orNumber);
    }

    /**
     * The same boolean, also where a number of any type is stored: 1 is true and 0 is false. Any other number rejects
     * the document with {@code INVALID_VALUE}.
     *
     * @return a value with the policy {@link LossPolicy#OR_NUMBER}
     */
    public BooleanValue orNumber() {
        return new BooleanValue(terms(), words, true);
    }

    @Override
    String options() {
        Words chosen = words;
        return (chosen == null ? "" : ".orText(" + text(chosen.truths()) + ", " + text(chosen.falsehoods()) + ")")
                + (orNumber ? ".orNumber" : "");
    }

    private static String text(Set<String> texts) {
        return new TreeSet<>(texts).stream().map(ValueTerms::quoted).toList().toString();
    }

    @Override
    BooleanValue on(ValueTerms terms) {
        return new BooleanValue(terms, words, orNumber);
    }
}
