package io.docrows.mapping;

import io.docrows.internal.value.UuidReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.report.LossPolicy;
import java.util.UUID;
import org.bson.UuidRepresentation;
import org.jspecify.annotations.Nullable;

/** A UUID, and whether it may be written as text. Immutable and thread-safe. */
public final class UuidValue extends LossyValue<UUID, UuidValue> {

    private final @Nullable UuidRepresentation legacyOrder;
    private final boolean orText;

    private UuidValue(ValueTerms terms, @Nullable UuidRepresentation legacyOrder, boolean orText) {
        super(
                terms,
                binding -> new UuidReader(
                        legacyOrder, orText ? binding.policy(LossPolicy.OR_TEXT) : ValueReader.NO_POLICY));
        this.legacyOrder = legacyOrder;
        this.orText = orText;
    }

    UuidValue(ValueTerms terms, @Nullable UuidRepresentation legacyOrder) {
        this(terms, legacyOrder, false);
    }

    /**
     * The same UUID, also where it is written as text: 32 hexadecimal digits, with the usual four hyphens or without.
     * Any other text rejects the document with {@code INVALID_VALUE}.
     *
     * @return a value with the policy {@link LossPolicy#OR_TEXT}
     */
    public UuidValue orText() {
        return new UuidValue(terms(), legacyOrder, true);
    }

    @Override
    String options() {
        return orText ? ".orText" : "";
    }

    @Override
    UuidValue on(ValueTerms terms) {
        return new UuidValue(terms, legacyOrder, orText);
    }
}
