package io.docrows.inspect.internal.find;

import io.docrows.inspect.fact.Kind;
import io.docrows.inspect.fact.KindFacts;
import io.docrows.inspect.fact.PathFacts;
import org.jspecify.annotations.Nullable;

/** What the values of a path mostly are, as far as it matters for how likely a match is no accident. */
enum ValueClass {
    /** ObjectIds, UUIDs, binary keys: a match is no accident. */
    UNIQUE_BY_MAKING,
    /** Texts: a match of several is hardly an accident. */
    TEXT,
    /** Whole numbers: small ones are found everywhere. */
    NUMBER;

    static @Nullable ValueClass of(PathFacts path) {
        long unique = 0;
        long text = 0;
        long number = 0;
        for (KindFacts one : path.kinds()) {
            Kind kind = one.kind();
            switch (kind) {
                case OBJECT_ID, UUID, UUID_LEGACY, BINARY, TEXT_OBJECT_ID, TEXT_UUID -> unique += one.values();
                case INT32, INT64, DOUBLE_WHOLE, TEXT_INTEGER -> number += one.values();
                default -> text += kind.isText() ? one.values() : 0;
            }
        }
        if (unique + text + number == 0) {
            return null;
        }
        // Who has fractions refers to nothing, whatever the rest is.
        if (number > unique && number > text && path.count(Kind.DOUBLE) > 0) {
            return null;
        }
        return unique >= text && unique >= number ? UNIQUE_BY_MAKING : text >= number ? TEXT : NUMBER;
    }

    /** Whether most values are texts, of whatever content. */
    static boolean isStoredAsText(PathFacts path) {
        long text = path.kinds().stream()
                .filter(one -> one.kind().isText())
                .mapToLong(KindFacts::values)
                .sum();
        return 2 * text > path.present();
    }
}
