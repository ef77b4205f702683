package io.docrows.mapping;

import io.docrows.internal.value.DbRefReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;
import java.util.Set;
import java.util.TreeSet;

/** The canonical text of an {@code _id}, and in what it may be wrapped. Immutable and thread-safe. */
public final class IdValue extends LossyValue<String, IdValue> {

    private final Set<String> collections;

    private IdValue(ValueTerms terms, Set<String> collections) {
        super(terms, binding -> bind(collections, binding));
        this.collections = collections;
    }

    IdValue(ValueTerms terms) {
        this(terms, Set.of());
    }

    private static ValueReader<String> bind(Set<String> collections, Binding binding) {
        return collections.isEmpty()
                ? Values.ID
                : new DbRefReader(Values.ID, collections, binding.policy(LossPolicy.OR_DB_REF));
    }

    /**
     * The same reference, also where it is stored as a DBRef, {@code {"$ref": "authors", "$id": …}}, or as a DBPointer.
     * One that leads to another collection rejects the document with {@code INVALID_VALUE}; {@code $db} is not looked
     * at. Without this policy a DBRef is a document like any other, and has a text of its own.
     *
     * @param collection the collection that it leads to
     * @param others others that it may lead to
     * @return a value with the policy {@link LossPolicy#OR_DB_REF}
     */
    public IdValue orDbRef(String collection, String... others) {
        Set<String> all = new TreeSet<>(Set.of(others));
        all.add(collection);
        return new IdValue(terms(), Set.copyOf(all));
    }

    @Override
    boolean readsOthers() {
        return !collections.isEmpty();
    }

    @Override
    String options() {
        return collections.isEmpty()
                ? ""
                : ".orDbRef"
                        + new TreeSet<>(collections)
                                .stream().map(ValueTerms::quoted).toList();
    }

    @Override
    IdValue on(ValueTerms terms) {
        return new IdValue(terms, collections);
    }
}
