package io.docrows.internal.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.docrows.error.RejectCode;
import io.docrows.error.RejectedValueException;
import io.docrows.internal.bson.BsonCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.EnumType;

/**
 * Reads the literals of a PostgreSQL enum as the constants of the generated class.
 *
 * @param <E> the generated class
 */
public final class EnumerationReader<E extends Enum<E> & EnumType> implements ValueReader<E> {

    private final List<Literal<E>> literals = new ArrayList<>();
    private final String expected;

    private record Literal<E>(byte[] utf8, E constant) {}

    /**
     * A reader of the literals of a type.
     *
     * @param type the generated class
     */
    public EnumerationReader(Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            literals.add(new Literal<>(constant.getLiteral().getBytes(UTF_8), constant));
        }
        expected = "one of "
                + Stream.of(type.getEnumConstants()).map(EnumType::getLiteral).collect(joining(", "));
    }

    @Override
    public E read(BsonCursor cursor, PolicyCounter counter) {
        for (Literal<E> literal : literals) {
            if (cursor.stringIs(literal.utf8)) {
                return literal.constant;
            }
        }
        // Refuses other types, and what is not valid UTF-8.
        Scalar.text(cursor);
        counter.addNewValue();
        throw new RejectedValueException(RejectCode.INVALID_VALUE, "expected " + expected);
    }
}
