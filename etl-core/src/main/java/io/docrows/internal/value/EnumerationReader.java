package io.docrows.internal.value;

import io.docrows.RejectCode;
import io.docrows.internal.bson.BsonCursor;
import io.docrows.mapping.RejectedValueException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jooq.EnumType;

/**
 * Reads the literals of a PostgreSQL enum as the constants of the generated class.
 *
 * @param <E> the generated class
 */
public final class EnumerationReader<E extends Enum<E> & EnumType> implements ValueReader<E> {

    private final Map<String, E> constants = new LinkedHashMap<>();
    private final String expected;

    /**
     * A reader of the literals of a type.
     *
     * @param type the generated class
     */
    public EnumerationReader(Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            constants.put(constant.getLiteral(), constant);
        }
        expected = "one of " + String.join(", ", constants.keySet());
    }

    @Override
    public E read(BsonCursor cursor, PolicyCounter counter) {
        E constant = constants.get(Scalar.text(cursor));
        if (constant == null) {
            counter.addNewValue();
            throw new RejectedValueException(RejectCode.INVALID_VALUE, "expected " + expected);
        }
        return constant;
    }
}
