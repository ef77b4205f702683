package io.docrows.mapping;

import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.FieldName;
import io.docrows.internal.value.BelowReader;
import io.docrows.internal.value.ElementReader;
import io.docrows.internal.value.MarkedReader;
import io.docrows.internal.value.RequiredReader;
import io.docrows.internal.value.UnwrappingReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;
import java.util.List;
import java.util.Objects;

/**
 * A typed value taken from one field of a document, or from several: where it is, how it is read, how it is converted,
 * and what is done about loss. Made by {@link Values}. Immutable and thread-safe.
 *
 * <p>A missing field and a BSON null both read as null. Conversions are not called for null.
 *
 * <p>What a column cannot hold exactly rejects the document, unless a policy is chosen for it; every use of one is
 * counted ({@link io.docrows.report.CollectionReport#policyUses()}). The policies of a value may be chosen in any
 * order. Those that end in {@code AsNull} apply to the value as a whole, wherever the loss is found: in reading it, in
 * a conversion, or because of its column. All others apply to what is read, before any conversion.
 *
 * @param <T> the Java type of the column it can be mapped to
 */
public sealed class Value<T> permits LossyValue {

    private final ValueTerms terms;
    private final ReadPlan<T> plan;

    Value(ValueTerms terms, ReadPlan<T> plan) {
        this.terms = terms;
        this.plan = plan;
    }

    /**
     * The same value, which must be there: a document in which it is missing or null, or is converted to null, is
     * rejected with {@code MISSING_VALUE}. Columns that are NOT NULL and have no default require their value in any
     * case.
     *
     * @return a required value
     */
    public Value<T> required() {
        return new Value<>(terms.withRequired(), plan);
    }

    /**
     * The same value, null where it would reject the document with {@code TYPE_MISMATCH}: because of its own type, or
     * because a field above it holds no sub-document.
     *
     * @return a value with the policy {@link LossPolicy#MISMATCH_AS_NULL}
     */
    public Value<T> mismatchAsNull() {
        return new Value<>(terms.with(LossPolicy.MISMATCH_AS_NULL), plan);
    }

    /**
     * The same value, null where it would reject the document with {@code INVALID_VALUE}: an unknown constant of an
     * enum, a UUID that has not 16 bytes, and whatever a conversion refuses.
     *
     * @return a value with the policy {@link LossPolicy#INVALID_AS_NULL}
     */
    public Value<T> invalidAsNull() {
        return new Value<>(terms.with(LossPolicy.INVALID_AS_NULL), plan);
    }

    /**
     * The same value, null where an empty document, an empty array or an empty text is stored, as some writers do where
     * they have nothing: missing, null, <code>{}</code>, {@code []} and {@code ""} are the same then, in its own place
     * and in that of the sub-document that it would be in.
     *
     * @return a value with the policy {@link LossPolicy#EMPTY_AS_NULL}
     */
    public Value<T> emptyAsNull() {
        return new Value<>(terms.with(LossPolicy.EMPTY_AS_NULL), plan);
    }

    /**
     * The same value, also where it is the only element of an array. An array of none or of several rejects the
     * document with {@code TYPE_MISMATCH}, as every array does without this policy.
     *
     * @return a value with the policy {@link LossPolicy#OR_ARRAY_OF_ONE}
     */
    public Value<T> orArrayOfOne() {
        return new Value<>(terms.with(LossPolicy.OR_ARRAY_OF_ONE), plan);
    }

    /**
     * The same value, converted further.
     *
     * @param conversion a pure function, safe for use by several threads; may return null for SQL NULL, and rejects the
     *     document by throwing {@link RejectedValueException} (any other exception rejects it too, with the exception's
     *     class as the detail)
     * @param <U> the type after the conversion
     * @return the converted value
     */
    public <U> Value<U> convert(Conversion<? super T, ? extends U> conversion) {
        Objects.requireNonNull(conversion, "conversion");
        // A lambda has another name in every run of a program.
        String name =
                conversion.getClass().isHidden() ? "" : conversion.getClass().getName();
        return new Value<>(
                terms.after(options() + ".convert(" + name + ")"),
                binding -> new ConvertingReader<>(plan.bind(binding), conversion));
    }

    /**
     * The same value in one element of an array, or in a field of that element: {@code string("phones").at(0)},
     * {@code string("contacts").at(0, "mail")}. The value's own path then leads to the array. An array that is too
     * short reads as null, as a missing field does; anything but an array rejects the document with
     * {@code TYPE_MISMATCH}. Can be called again for arrays in arrays. {@link Values#rest()} still holds the whole
     * array, and drift is not counted below it.
     *
     * @param index the element's number, from 0; from -1, which is the last, to count from the end
     * @param names the names that lead from the element to a field; none for the element itself
     * @return the value in the element
     * @throws IllegalStateException if this value is not in one field
     */
    public Value<T> at(int index, String... names) {
        return new Value<>(terms.at(new ElementStep(index, List.of(names))), plan);
    }

    /**
     * The names that lead to the field, from the top of the document. A name may hold dots; it is never split.
     *
     * @return at least one name; for a value made of several fields, those that lead to the first of them; none for a
     *     constant, and for the document itself
     */
    public List<String> path() {
        return terms.path();
    }

    /**
     * Where all that the value is made of is.
     *
     * @return one path, except for values that are composed of others; none for a constant
     */
    public List<FieldPath> paths() {
        return terms.paths();
    }

    /**
     * Whether a document without this value is rejected.
     *
     * @return true after {@link #required()}
     */
    public boolean isRequired() {
        return terms.required();
    }

    /** All that the mapping says of this value, as text, the same in every run of a program; conversions are code. */
    String description() {
        return terms + options();
    }

    /** Whether two documents have the same value only if MongoDB holds their {@code _id}s equal. */
    final boolean identifiesDocument() {
        return terms.identifiesDocument() && !readsOthers();
    }

    /** Whether it also reads what is stored in another type, which MongoDB tells apart. */
    boolean readsOthers() {
        return false;
    }

    /** What is chosen for this kind of value beside its terms, as text. */
    String options() {
        return "";
    }

    ValueTerms terms() {
        return terms;
    }

    ReadPlan<T> plan() {
        return plan;
    }

    /** A reader for where the cursor stands when the decoder comes to the value. */
    ValueReader<T> bind(Binding binding) {
        ValueReader<T> reader = wrapped(plan.bind(binding), binding);
        for (int i = terms.steps().size(); i-- > 0; ) {
            ElementStep step = terms.steps().get(i);
            reader = new ElementReader<>(
                    step.index(), step.names().stream().map(FieldName::of).toList(), reader);
        }
        if (terms.isBelow()) {
            boolean empty = terms.policies().contains(LossPolicy.EMPTY_AS_NULL);
            reader =
                    new BelowReader<>(reader, empty ? binding.policy(LossPolicy.EMPTY_AS_NULL) : ValueReader.NO_POLICY);
        }
        return NullingReader.around(reader, terms.policies(), binding);
    }

    private ValueReader<T> wrapped(ValueReader<T> reader, Binding binding) {
        boolean empty = terms.policies().contains(LossPolicy.EMPTY_AS_NULL);
        boolean only = terms.policies().contains(LossPolicy.OR_ARRAY_OF_ONE);
        if (!empty && !only) {
            return reader;
        }
        if (terms.composed()) {
            binding.problem(empty ? LossPolicy.EMPTY_AS_NULL : LossPolicy.OR_ARRAY_OF_ONE, ReadPlan.TOO_LATE);
        }
        return new UnwrappingReader<>(
                reader,
                empty ? binding.policy(LossPolicy.EMPTY_AS_NULL) : ValueReader.NO_POLICY,
                only ? binding.policy(LossPolicy.OR_ARRAY_OF_ONE) : ValueReader.NO_POLICY);
    }

    /** A reader for a part of another value. */
    ValueReader<T> bindPart(Binding whole) {
        Binding binding = whole.part(this);
        ValueReader<T> reader = bind(binding);
        if (!terms.composed()) {
            Source source = terms.sources().get(0);
            reader = new MarkedReader<>(reader, whole.mark(source), source.readsNull());
        }
        return terms.required() ? new RequiredReader<>(reader) : reader;
    }
}
