package io.docrows.mapping;

import io.docrows.report.LossPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What holds for a value however it is read. Immutable.
 *
 * @param kind what the value is read as, and every step after that, as text
 * @param sources the fields it is read from
 * @param composed whether the value is made of others, of which each has its own source, or of none
 * @param steps how to get from the field to the value, if that is in the field's arrays
 * @param required whether a document without the value is rejected
 * @param policies those that concern the value as a whole, whatever it is read as
 */
record ValueTerms(
        String kind,
        List<Source> sources,
        boolean composed,
        List<ElementStep> steps,
        boolean required,
        Set<LossPolicy> policies) {

    /** Not decimal, for one: it reads the double 0.1 and the decimal 0.1, which MongoDB tells apart, as the same. */
    private static final Set<String> IDENTIFYING = Set.of("id", "string", "int16", "int32", "int64");

    ValueTerms {
        sources = List.copyOf(sources);
        steps = List.copyOf(steps);
        policies = Set.copyOf(policies);
    }

    /**
     * A value in a field; without any name, where the decoder begins: at the document, or at an element of an array.
     */
    static ValueTerms at(String kind, String... path) {
        Source source = new Source(FieldPath.of(List.of(path)), false, false);
        return new ValueTerms(kind, List.of(source), false, List.of(), false, Set.of());
    }

    /** A value that is made of others. */
    static ValueTerms of(String kind, List<? extends Value<?>> values) {
        return new ValueTerms(
                kind + "("
                        + String.join(
                                ", ", values.stream().map(Value::description).toList()) + ")",
                values.stream()
                        .flatMap(value -> value.terms().sources().stream())
                        .toList(),
                true,
                List.of(),
                false,
                Set.of());
    }

    /** The whole array of which a value is an element. */
    static ValueTerms whole(String kind, Value<?> element) {
        return new ValueTerms(kind, element.terms().sources(), false, List.of(), false, Set.of());
    }

    /** The same value where the decoder begins; policies and steps stay with its reader. */
    ValueTerms atElement() {
        Source source = new Source(FieldPath.of(List.of()), false, false);
        return new ValueTerms(kind, List.of(source), false, List.of(), false, Set.of());
    }

    List<FieldPath> paths() {
        return sources.stream().map(Source::path).toList();
    }

    /** The names that lead to the first field. */
    List<String> path() {
        return sources.isEmpty() ? List.of() : sources.get(0).path().names();
    }

    /** Whether two documents have the same value only if MongoDB holds their {@code _id}s equal. */
    boolean identifiesDocument() {
        return !composed
                && steps.isEmpty()
                && policies.isEmpty()
                && path().equals(List.of("_id"))
                && IDENTIFYING.contains(kind);
    }

    /** Whether the value is in a field of a sub-document. */
    boolean isBelow() {
        return !composed && !sources.isEmpty() && sources.get(0).path().names().size() > 1;
    }

    /** Whether the value takes all that is not mapped. */
    boolean isRest() {
        return !composed && (kind.equals("rest") || kind.startsWith("rest."));
    }

    /** Whether the value is made of the document that a row is made of, as a whole. */
    boolean isOfDocument() {
        return steps.isEmpty() && (isRest() || kind.equals("document") || kind.startsWith("document."));
    }

    /** The same value after a further step. */
    ValueTerms after(String step) {
        return new ValueTerms(kind + step, sources, composed, steps, required, policies);
    }

    ValueTerms withRequired() {
        return new ValueTerms(kind, sources, composed, steps, true, policies);
    }

    ValueTerms withNullRead() {
        return new ValueTerms(
                kind,
                sources.stream()
                        .map(source -> new Source(source.path(), true, source.partial()))
                        .toList(),
                composed,
                steps,
                required,
                policies);
    }

    /** The same value, of which the field holds more. */
    ValueTerms withPartial() {
        return new ValueTerms(
                kind,
                sources.stream()
                        .map(source -> new Source(source.path(), source.readsNull(), true))
                        .toList(),
                composed,
                steps,
                required,
                policies);
    }

    ValueTerms with(LossPolicy policy) {
        Set<LossPolicy> more = new TreeSet<>(policies);
        more.add(policy);
        return new ValueTerms(kind, sources, composed, steps, required, more);
    }

    /** The same value in an element of the array that is where it was. */
    ValueTerms at(ElementStep step) {
        if (composed || isRest()) {
            throw new IllegalStateException("an element can be taken of what is in one field, not of a value that is"
                    + " made of several: take it of each");
        }
        List<ElementStep> more = new ArrayList<>(steps);
        more.add(step);
        FieldPath path = sources.get(0).path();
        Source source = new Source(new FieldPath(path.names(), path.within() + step), false, true);
        return new ValueTerms(kind, List.of(source), false, more, required, policies);
    }

    /** All of this as text, the same for equal terms in every run of a program. */
    @Override
    public String toString() {
        return kind
                + (composed ? "" : path().stream().map(ValueTerms::quoted).toList())
                + String.join("", steps.stream().map(ElementStep::description).toList())
                + (required ? ".required" : "")
                + (!composed && sources.get(0).readsNull() ? ".null" : "")
                + (policies.isEmpty() ? "" : "." + new TreeSet<>(policies));
    }

    /** Names may hold anything. */
    static String quoted(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
