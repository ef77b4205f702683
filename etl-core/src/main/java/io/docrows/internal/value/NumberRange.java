package io.docrows.internal.value;

import io.docrows.internal.bson.BsonCursor;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers a type can hold, and how others are brought among them. Stateless.
 *
 * @param <N> the Java type of the number
 */
public interface NumberRange<N> {

    /** Whether a number that was read is one that the column can hold, too. */
    boolean holds(N number);

    /** Whether a number that was read is neither NaN nor infinite. */
    boolean isFinite(N number);

    /** The exact value of a number. */
    BigDecimal exact(N number);

    /** The exact value of the finite number a cursor stands at, or null if it does not tell what was read. */
    @Nullable BigDecimal exact(BsonCursor cursor);

    /** The number that a decimal stands for when it is written down, or null if there is none. */
    @Nullable N written(BigDecimal decimal);

    /** NaN or an infinity, or null if the type has none. */
    default @Nullable N special(double number) {
        return null;
    }

    /** The nearest number of this type's precision; may lie beyond {@link #least()} and {@link #most()}. */
    BigDecimal nearest(BigDecimal exact);

    /** The lowest number. */
    BigDecimal least();

    /** The highest number. */
    BigDecimal most();

    /** The number itself, which is one that this type can hold. */
    N of(BigDecimal number);
}
