package io.docrows.inspect.fact;

import java.util.List;

/**
 * A field that decides which other fields its document has; counted exactly. Immutable.
 *
 * @param path the field
 * @param variants its values, the most frequent first
 */
public record DiscriminatorFacts(String path, List<Variant> variants) {

    /** Copies the list. */
    public DiscriminatorFacts {
        variants = List.copyOf(variants);
    }

    /**
     * One value and what it brings.
     *
     * @param value the value; a value of documents, for those only who ask for values
     * @param documents how many have it
     * @param always paths that all of them have, and not all documents of the collection
     * @param never paths that none of them has, and some other document does
     */
    public record Variant(String value, long documents, List<String> always, List<String> never) {

        /** Copies the lists. */
        public Variant {
            always = List.copyOf(always);
            never = List.copyOf(never);
        }
    }
}
