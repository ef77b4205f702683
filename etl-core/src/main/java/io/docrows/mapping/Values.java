package io.docrows.mapping;

import io.docrows.internal.value.ArraySize;
import io.docrows.internal.value.EnumerationReader;
import io.docrows.internal.value.FirstReader;
import io.docrows.internal.value.FloatRange;
import io.docrows.internal.value.RealNumber;
import io.docrows.internal.value.Scalar;
import io.docrows.internal.value.TimestampForm;
import io.docrows.internal.value.UuidReader;
import io.docrows.internal.value.ValueReader;
import io.docrows.internal.value.WholeNumber;
import io.docrows.internal.value.WholeRange;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bson.UuidRepresentation;
import org.jooq.EnumType;

/**
 * The values that a mapping can take from a document. Each method names a field at the top of the document and, for a
 * field of a sub-document, the names inside: {@code string("address", "city")}. A name may hold dots and is never
 * split.
 *
 * <p>A missing field, a BSON null and the deprecated undefined all read as null. A value of another BSON type than the
 * method says rejects the document with {@code TYPE_MISMATCH}, and one that its Java type cannot hold exactly with
 * {@code OUT_OF_RANGE}: nothing is rounded, cut or guessed, unless a policy of the value says so. Text that is not
 * valid UTF-8 rejects with {@code INVALID_UTF8}. The values returned are immutable and thread-safe.
 */
public final class Values {

    private static final List<String> DOCUMENT_ID = List.of("_id");

    /** Told apart from other readers by identity: a key read in this way leads back to its document. */
    static final ValueReader<String> ID = (cursor, counter) -> DocumentId.text(cursor);

    /** Told apart from other readers by identity: it reads where the cursor stands, not what is there. */
    static final ValueReader<String> NAME = (cursor, counter) -> cursor.name();

    private Values() {}

    /**
     * The name of a field of a sub-document whose field names are data; see {@link TableBuilder#entries}.
     *
     * @return the value
     */
    public static TextValue name() {
        return new TextValue(ValueTerms.at("name").withNullRead(), binding -> NAME);
    }

    /**
     * The canonical text of an {@code _id}, or of a reference to one: any type, rendered as {@link DocumentId} says.
     * The document's own {@code id("_id")} may be null, which is a value like any other there, and reads {@code null};
     * everywhere else null means that there is none.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static IdValue id(String... path) {
        ValueTerms terms = ValueTerms.at("id", path);
        return new IdValue(terms.path().equals(DOCUMENT_ID) ? terms.withNullRead() : terms);
    }

    /**
     * Text: BSON string or symbol. U+0000 is kept; the column decides about it.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static TextValue string(String... path) {
        return new TextValue(ValueTerms.at("string", path), binding -> (cursor, counter) -> Scalar.text(cursor));
    }

    /**
     * A whole number of 16 bits: BSON int, or a long, double or decimal, that is whole and in range. Minus zero is 0.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static NumberValue<Short> int16(String... path) {
        return new NumberValue<>(
                ValueTerms.at("int16", path),
                binding -> (cursor, counter) -> WholeNumber.int16(cursor),
                WholeRange.INT16);
    }

    /**
     * A whole number of 32 bits: BSON int, or a long, double or decimal that is whole and in range. Minus zero is 0.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static NumberValue<Integer> int32(String... path) {
        return new NumberValue<>(
                ValueTerms.at("int32", path),
                binding -> (cursor, counter) -> WholeNumber.int32(cursor),
                WholeRange.INT32);
    }

    /**
     * A whole number of 64 bits: BSON int or long, or a double or decimal that is whole and in range. Minus zero is 0.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static NumberValue<Long> int64(String... path) {
        return new NumberValue<>(
                ValueTerms.at("int64", path),
                binding -> (cursor, counter) -> WholeNumber.int64(cursor),
                WholeRange.INT64);
    }

    /**
     * A decimal number: any BSON number but NaN and the infinities, which are {@code OUT_OF_RANGE}. A decimal keeps its
     * trailing zeros. A double becomes the shortest decimal that reads back as the same double, which is what was
     * written into the document (0.1), and not the binary fraction that stands for it
     * (0.1000000000000000055511151231257827…).
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static DecimalValue decimal(String... path) {
        return new DecimalValue(
                ValueTerms.at("decimal", path), binding -> (cursor, counter) -> RealNumber.decimal(cursor));
    }

    /**
     * A floating-point number: BSON double with NaN and the infinities, which PostgreSQL's {@code double precision} has
     * too; an int; a long or decimal that a double has exactly.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static NumberValue<Double> float64(String... path) {
        return new NumberValue<>(
                ValueTerms.at("float64", path),
                binding -> (cursor, counter) -> RealNumber.float64(cursor),
                FloatRange.FLOAT64);
    }

    /**
     * A floating-point number of 32 bits, for {@code real}: like {@link #float64}, if a float has it exactly.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static NumberValue<Float> float32(String... path) {
        return new NumberValue<>(
                ValueTerms.at("float32", path),
                binding -> (cursor, counter) -> RealNumber.float32(cursor),
                FloatRange.FLOAT32);
    }

    /**
     * A boolean: BSON bool only.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static BooleanValue bool(String... path) {
        return new BooleanValue(ValueTerms.at("bool", path));
    }

    /**
     * A moment in time with milliseconds: BSON date from 4714-11-24 BC to the end of 294276 AD, the range of
     * PostgreSQL's {@code timestamptz}. BSON's timestamp type, which MongoDB keeps for its own use, is not accepted.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static TimestampValue<Instant> instant(String... path) {
        return new TimestampValue<>(ValueTerms.at("instant", path), new TimestampForm.Absolute());
    }

    /**
     * Date and time of day as a clock in a zone showed them, for {@code timestamp} without time zone: a BSON date from
     * 4714-11-24 BC to the end of 294276 AD.
     *
     * @param zone where the clock is
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static TimestampValue<LocalDateTime> localDateTime(ZoneId zone, String... path) {
        return new TimestampValue<>(ValueTerms.at("localDateTime " + zone, path), new TimestampForm.Local(zone));
    }

    /**
     * A calendar day: the day in UTC of a BSON date, from 4714-11-24 BC to the end of 5874897 AD, the range of
     * PostgreSQL's {@code date}. The time of day is left out.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static DateValue date(String... path) {
        return date(ZoneOffset.UTC, path);
    }

    /**
     * A calendar day, like {@link #date(String...)}, but in a zone other than UTC.
     *
     * @param zone where the day is looked up
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static DateValue date(ZoneId zone, String... path) {
        Objects.requireNonNull(zone, "zone");
        return new DateValue(ValueTerms.at("date " + zone, path), zone);
    }

    /**
     * A time of day: that of a BSON date, as a clock in a zone showed it. The day is left out.
     *
     * @param zone where the clock is
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static TimeValue time(ZoneId zone, String... path) {
        Objects.requireNonNull(zone, "zone");
        return new TimeValue(ValueTerms.at("time " + zone, path), zone);
    }

    /**
     * A UUID: BSON binary of subtype 4. The legacy subtype 3 is rejected, because its byte order depends on the driver
     * that wrote it.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static UuidValue uuid(String... path) {
        return new UuidValue(ValueTerms.at("uuid", path), null);
    }

    /**
     * A UUID: BSON binary of subtype 4, or of subtype 3 in a given byte order.
     *
     * @param order how subtype 3 was written: one of the legacy representations
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     * @throws IllegalArgumentException if the order is not a legacy one
     */
    public static UuidValue legacyUuid(UuidRepresentation order, String... path) {
        Objects.requireNonNull(order, "order");
        UuidReader.requireLegacy(order);
        return new UuidValue(ValueTerms.at("legacyUuid " + order, path), order);
    }

    /**
     * Bytes: the payload of a BSON binary of any subtype. The subtype is left out.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static Value<byte[]> binary(String... path) {
        return new Value<>(ValueTerms.at("binary", path), binding -> (cursor, counter) -> Scalar.binary(cursor));
    }

    /**
     * Any value but null as relaxed MongoDB Extended JSON v2. Text that holds U+0000 rejects with
     * {@code NUL_CHARACTER}, and an object in which a name occurs twice with {@code DUPLICATE_FIELD}: {@code jsonb} can
     * hold neither. {@code jsonb} sorts names, and has no minus zero.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static JsonValue json(String... path) {
        return new JsonValue(ValueTerms.at("json", path));
    }

    /**
     * A constant of a PostgreSQL enum: BSON string or symbol that is exactly one of its literals; any other rejects
     * with {@code INVALID_VALUE}.
     *
     * @param field the field's name
     * @param type the generated class
     * @param <E> the generated class
     * @return the value
     */
    public static <E extends Enum<E> & EnumType> Value<E> enumeration(String field, Class<E> type) {
        return enumeration(type, field);
    }

    /**
     * A constant of a PostgreSQL enum in a sub-document, like {@link #enumeration(String, Class)}.
     *
     * @param type the generated class
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @param <E> the generated class
     * @return the value
     */
    public static <E extends Enum<E> & EnumType> Value<E> enumeration(Class<E> type, String... path) {
        EnumerationReader<E> reader = new EnumerationReader<>(type);
        return new Value<>(ValueTerms.at("enumeration " + labels(type), path), binding -> reader);
    }

    private static String labels(Class<? extends EnumType> type) {
        return type.getName()
                + Stream.of(type.getEnumConstants()).map(EnumType::getLiteral).toList();
    }

    /**
     * The document as a whole, like {@link #json}. In what is mapped for the elements of an array, that element.
     *
     * @return the value
     */
    public static JsonValue document() {
        return new JsonValue(ValueTerms.at("document").withPartial());
    }

    /**
     * All fields of the document that the mapping neither carries nor ignores, like {@link #json}, also those of
     * sub-documents of which other fields are mapped. What is mapped is left out in whole, but for arrays of which
     * single elements are taken ({@link Value#at}) or which are only counted ({@link #size}): those stay. A document of
     * which nothing is left is <code>{}</code>. With this value no field is unknown: none is counted as drift.
     *
     * @return the value
     */
    public static JsonValue rest() {
        return JsonValue.rest();
    }

    /**
     * How many elements an array has, nulls included.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the value
     */
    public static Value<Integer> size(String... path) {
        return new Value<>(
                ValueTerms.at("size", path).withPartial(), binding -> (cursor, counter) -> ArraySize.of(cursor));
    }

    /**
     * The same value for every document.
     *
     * @param value the value
     * @param <T> its type
     * @return the value
     */
    public static <T> Value<T> constant(T value) {
        return Constant.of(value);
    }

    /**
     * The first of several values that is there and not null: {@code firstOf(string("email"), string("contact",
     * "mail"))}. Those after it are not looked at. Policies are chosen for each of the values, or, if they end in
     * {@code AsNull}, for the whole, but for {@code emptyAsNull}, which is for the parts only.
     *
     * @param first the value that is tried first
     * @param others those that are tried after it, in this order
     * @param <T> their type
     * @return the value
     * @throws IllegalArgumentException if one of them is {@link Value#required()}; the whole can be
     */
    @SafeVarargs
    public static <T> Value<T> firstOf(Value<? extends T> first, Value<? extends T>... others) {
        List<Value<? extends T>> values = new ArrayList<>(others.length + 1);
        values.add(first);
        values.addAll(List.of(others));
        if (values.stream().anyMatch(Value::isRequired)) {
            throw new IllegalArgumentException("a value that others stand in for cannot be required; the whole can");
        }
        return new Value<>(
                ValueTerms.of("firstOf", values),
                binding -> new FirstReader<>(values.stream()
                        .<ValueReader<? extends T>>map(value -> value.bindPart(binding))
                        .toList()));
    }

    /**
     * A value that is made of two others.
     *
     * @param first the first
     * @param second the second
     * @param combination makes one of both; see there for what happens when one is null
     * @param <A> the type of the first
     * @param <B> the type of the second
     * @param <T> the type of the value
     * @return the value
     */
    @SuppressWarnings("unchecked") // The values come in the order of their readers.
    public static <A, B, T> Value<T> combine(
            Value<A> first, Value<B> second, Combination<? super A, ? super B, ? extends T> combination) {
        Objects.requireNonNull(combination, "combination");
        return combined(List.of(first, second), combination, values -> combination.apply((A) values[0], (B) values[1]));
    }

    /**
     * A value that is made of three others.
     *
     * @param first the first
     * @param second the second
     * @param third the third
     * @param combination makes one of them; see there for what happens when one is null
     * @param <A> the type of the first
     * @param <B> the type of the second
     * @param <C> the type of the third
     * @param <T> the type of the value
     * @return the value
     */
    @SuppressWarnings("unchecked") // The values come in the order of their readers.
    public static <A, B, C, T> Value<T> combine(
            Value<A> first,
            Value<B> second,
            Value<C> third,
            Combination.OfThree<? super A, ? super B, ? super C, ? extends T> combination) {
        Objects.requireNonNull(combination, "combination");
        return combined(
                List.of(first, second, third),
                combination,
                values -> combination.apply((A) values[0], (B) values[1], (C) values[2]));
    }

    private static <T> Value<T> combined(List<Value<?>> parts, Object code, CombiningReader.Function<T> combination) {
        // A lambda has another name in every run of a program.
        String name = code.getClass().isHidden() ? "" : code.getClass().getName();
        return new Value<>(
                ValueTerms.of("combine " + name, parts),
                binding -> new CombiningReader<>(
                        parts.stream()
                                .<ValueReader<?>>map(part -> part.bindPart(binding))
                                .toList(),
                        combination,
                        null));
    }

    /**
     * The texts of an array: see {@link #string} and {@link #list}.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the elements
     */
    public static ListValue<String> strings(String... path) {
        return list(string(path));
    }

    /**
     * The references of an array: see {@link #id} and {@link #list}.
     *
     * @param path the field's name, and the names that lead to it inside sub-documents; none for the element itself,
     *     where each element of an array becomes a row
     * @return the elements
     */
    public static ListValue<String> ids(String... path) {
        return list(id(path));
    }

    /**
     * The elements of an array, each read and converted like a single value: {@code list(int32("scores"))}. A field
     * that is not an array rejects the document with {@code TYPE_MISMATCH}; an element that is rejected rejects the
     * document with its own code, and its index is in the detail. In a column that is an array, an element that is null
     * is NULL, unless {@code withoutNulls()} is chosen; a join leaves it out.
     *
     * @param elements how an element is read; its path is that of the array
     * @param <T> the type of an element
     * @return the elements
     * @throws IllegalArgumentException if the value is {@link Value#required()}, which has no meaning for an element,
     *     or is not read from one field
     */
    public static <T> ListValue<T> list(Value<T> elements) {
        if (elements.isRequired()) {
            throw new IllegalArgumentException("an element of a list cannot be required");
        }
        if (elements.terms().composed()) {
            throw new IllegalArgumentException("a list is read from one field, but its element from several, or none");
        }
        return new ListValue<>(elements);
    }

    /**
     * The elements of an array of arrays, each read and converted like a single value, for a column that is an array of
     * two dimensions: {@code matrix(float64("transform"))}. All rows must have the same length.
     *
     * @param elements how an element is read; its path is that of the outer array
     * @param <T> the type of an element
     * @return the elements
     * @throws IllegalArgumentException if the value is {@link Value#required()}, which has no meaning for an element
     */
    public static <T> MatrixValue<T> matrix(Value<T> elements) {
        if (elements.isRequired()) {
            throw new IllegalArgumentException("an element of a matrix cannot be required");
        }
        return new MatrixValue<>(elements);
    }
}
