package io.docrows.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bson.BsonType;
import org.bson.types.ObjectId;

/**
 * A field of a document that conditions ask about; see {@link Conditions#field}. Values are compared as MongoDB does,
 * but for arrays, which equal none of the values here: numbers by their value whatever their type, all else by type and
 * value. A null is a value: a field that holds it exists. Immutable and thread-safe.
 */
public final class DocumentField {

    private final List<String> path;

    DocumentField(List<String> path) {
        this.path = path;
    }

    /**
     * That the field is a text, letter by letter.
     *
     * @param text the text
     * @return the condition
     */
    public Condition is(String text) {
        return isOneOf(text);
    }

    /**
     * That the field is a number with this value, whatever its type: int32, int64, double or decimal128.
     *
     * @param number the number
     * @return the condition
     */
    public Condition is(long number) {
        return isOneOf(number);
    }

    /**
     * That the field is true, or that it is false.
     *
     * @param value which of both
     * @return the condition
     */
    public Condition is(boolean value) {
        return equalTo(List.of(value));
    }

    /**
     * That the field is an ObjectId.
     *
     * @param id the ObjectId
     * @return the condition
     */
    public Condition is(ObjectId id) {
        return equalTo(List.of(id));
    }

    /**
     * That the field is one of several texts.
     *
     * @param texts the texts
     * @return the condition
     */
    public Condition isOneOf(String... texts) {
        return equalTo(Arrays.asList(texts));
    }

    /**
     * That the field is a number with one of several values, whatever its type.
     *
     * @param numbers the numbers
     * @return the condition
     */
    public Condition isOneOf(long... numbers) {
        return equalTo(Arrays.stream(numbers).boxed().toList());
    }

    /**
     * That the document has the field, whatever it holds; null, too.
     *
     * @return the condition
     */
    public Condition exists() {
        return new FieldTest(path, new FieldTest.Exists());
    }

    /**
     * That the document has no such field.
     *
     * @return the condition
     */
    public Condition isMissing() {
        return Conditions.not(exists());
    }

    /**
     * That the field has one of these BSON types. A field that is missing has none.
     *
     * @param type a type; {@link BsonType#NULL} for a field that holds null
     * @param others others
     * @return the condition
     */
    public Condition hasType(BsonType type, BsonType... others) {
        Set<BsonType> types = EnumSet.of(type, others);
        return new FieldTest(path, new FieldTest.HasType(types));
    }

    private Condition equalTo(List<?> values) {
        List<Object> copies = new ArrayList<>();
        values.forEach(value -> copies.add(Objects.requireNonNull(value, "value")));
        return new FieldTest(path, new FieldTest.IsOneOf(List.copyOf(copies)));
    }
}
