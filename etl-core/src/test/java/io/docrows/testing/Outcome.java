package io.docrows.testing;

import io.docrows.error.RejectCode;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a value of a document must become in a column.
 *
 * @param text what PostgreSQL is given, as text; null for NULL and for a rejection
 * @param code why the document is rejected; null if it is not
 */
public record Outcome(@Nullable String text, @Nullable RejectCode code) {

    public static final Outcome NULL = new Outcome(null, null);

    public static Outcome of(Object value) {
        return new Outcome(String.valueOf(value), null);
    }

    public static Outcome rejected(RejectCode code) {
        return new Outcome(null, code);
    }

    /** The same, or what a rule makes of the text. */
    Outcome then(java.util.function.Function<String, Outcome> rule) {
        return text == null ? this : rule.apply(text);
    }

    /** The same with another text. */
    Outcome map(UnaryOperator<String> change) {
        return text == null ? this : of(change.apply(text));
    }

    /** The same, but NULL for one reason to reject. */
    Outcome orNull(RejectCode forgiven) {
        return code == forgiven ? NULL : this;
    }
}
