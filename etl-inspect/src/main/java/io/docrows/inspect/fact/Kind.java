package io.docrows.inspect.fact;

/**
 * What a value is: its BSON type, and within a type what decides how it can be stored. Every value is of exactly one
 * kind. The order is the one in which reports list them.
 */
public enum Kind {
    /** An explicit null. */
    NULL("null", "null"),
    /** The deprecated type undefined. */
    UNDEFINED("undefined", "undefined"),
    /** A boolean that is false. */
    FALSE("bool", "false"),
    /** A boolean that is true. */
    TRUE("bool", "true"),
    /** An int32. */
    INT32("int", "int32"),
    /** An int64. */
    INT64("long", "int64"),
    /** A double without a fraction, as JavaScript stores whole numbers that are not small. */
    DOUBLE_WHOLE("double", "whole double"),
    /** A double with a fraction. */
    DOUBLE("double", "double"),
    /** A double that is not a number. */
    DOUBLE_NAN("double", "NaN double"),
    /** A double that is infinite. */
    DOUBLE_INFINITE("double", "infinite double"),
    /** A finite Decimal128. */
    DECIMAL("decimal", "decimal128"),
    /** A Decimal128 that is not a number. */
    DECIMAL_NAN("decimal", "NaN decimal128"),
    /** A Decimal128 that is infinite. */
    DECIMAL_INFINITE("decimal", "infinite decimal128"),
    /** Text that is none of the kinds below. */
    TEXT("string", "text"),
    /** Text of no characters. */
    TEXT_EMPTY("string", "empty text"),
    /** Text of blanks only. */
    TEXT_BLANK("string", "blank text"),
    /** Text that is a whole number in its shortest form. */
    TEXT_INTEGER("string", "whole number as text"),
    /** Digits with leading zeros, such as a postcode: a number would lose them. */
    TEXT_PADDED("string", "digits with leading zeros"),
    /** Text that is a number with a fraction or an exponent. */
    TEXT_DECIMAL("string", "decimal number as text"),
    /** The text {@code true} or {@code false}. */
    TEXT_BOOLEAN("string", "boolean as text"),
    /** An ISO 8601 day. */
    TEXT_DATE("string", "ISO date as text"),
    /** An ISO 8601 time of day. */
    TEXT_TIME("string", "ISO time of day as text"),
    /** An ISO 8601 date and time with a zone. */
    TEXT_MOMENT("string", "ISO date and time with zone as text"),
    /** An ISO 8601 date and time without a zone. */
    TEXT_LOCAL_MOMENT("string", "ISO date and time without zone as text"),
    /** Numbers parted by commas, from the year to the microsecond, as MongoEngine writes exact times. */
    TEXT_COMMA_MOMENT("string", "comma-separated date and time"),
    /** A UUID in the form with hyphens. */
    TEXT_UUID("string", "UUID as text"),
    /** 24 hexadecimal digits. */
    TEXT_OBJECT_ID("string", "ObjectId as text"),
    /** A JSON object or array. */
    TEXT_JSON("string", "JSON as text"),
    /** Text with the character U+0000, which PostgreSQL cannot store. */
    TEXT_NUL("string", "text with NUL"),
    /** Bytes that are not UTF-8, which PostgreSQL cannot store as text. */
    TEXT_MALFORMED("string", "text that is not UTF-8"),
    /** A date that is none of the kinds below. */
    DATE("date", "date"),
    /** A date whose time is midnight UTC. */
    DATE_MIDNIGHT("date", "date at midnight UTC"),
    /** A date on 1970-01-01 UTC, as a time of day is often stored. */
    DATE_1970("date", "time on 1970-01-01"),
    /** A date that PostgreSQL's timestamptz cannot hold. */
    DATE_OUT_OF_RANGE("date", "date out of range"),
    /** An ObjectId. */
    OBJECT_ID("objectId", "ObjectId"),
    /** Binary data of subtype 0 or 2. */
    BINARY("binData", "binary"),
    /** Binary data of subtype 3: a UUID whose byte order depends on who wrote it. */
    UUID_LEGACY("binData", "UUID of subtype 3"),
    /** Binary data of subtype 4: a UUID. */
    UUID("binData", "UUID"),
    /** Binary data of another subtype that BSON defines. */
    BINARY_OTHER("binData", "binary of a special subtype"),
    /** Binary data of subtype 128 and above, which applications define. */
    BINARY_USER("binData", "binary of a user-defined subtype"),
    /** A document with fields. */
    DOCUMENT("object", "document"),
    /** A document without fields. */
    DOCUMENT_EMPTY("object", "empty document"),
    /** A GeoJSON geometry. */
    GEOJSON("object", "GeoJSON"),
    /** A DBRef: a document with {@code $ref} and {@code $id}. */
    DBREF("object", "DBRef"),
    /** An array that is none of the kinds below. */
    ARRAY("array", "array"),
    /** An array without elements. */
    ARRAY_EMPTY("array", "empty array"),
    /** An array of 3 or 5 to 7 whole numbers that are a date or a date and time. */
    ARRAY_DATE("array", "date as array"),
    /** An array of two numbers that may be a longitude and a latitude. */
    ARRAY_PAIR("array", "pair that may be longitude and latitude"),
    /** A timestamp, MongoDB's internal type. */
    TIMESTAMP("timestamp", "timestamp"),
    /** A regular expression. */
    REGEX("regex", "regular expression"),
    /** JavaScript code. */
    CODE("javascript", "JavaScript"),
    /** JavaScript code with scope. */
    CODE_WITH_SCOPE("javascriptWithScope", "JavaScript with scope"),
    /** A symbol. */
    SYMBOL("symbol", "symbol"),
    /** A DBPointer. */
    DB_POINTER("dbPointer", "DBPointer"),
    /** The smallest key. */
    MIN_KEY("minKey", "MinKey"),
    /** The largest key. */
    MAX_KEY("maxKey", "MaxKey");

    private final String type;
    private final String words;

    Kind(String type, String words) {
        this.type = type;
        this.words = words;
    }

    /**
     * The BSON type.
     *
     * @return the alias that MongoDB's {@code $type} operator gives it
     */
    public String type() {
        return type;
    }

    /**
     * The kind in words.
     *
     * @return a noun that can follow a count
     */
    public String words() {
        return words;
    }

    /**
     * Whether it says that there is no value.
     *
     * @return true for null and undefined
     */
    public boolean isNull() {
        return this == NULL || this == UNDEFINED;
    }

    /**
     * Whether it is a string.
     *
     * @return true for all kinds of text
     */
    public boolean isText() {
        return type.equals("string");
    }

    /**
     * Whether it is a finite number.
     *
     * @return true for numbers that PostgreSQL's numeric can hold
     */
    public boolean isFiniteNumber() {
        return this == INT32 || this == INT64 || this == DOUBLE_WHOLE || this == DOUBLE || this == DECIMAL;
    }

    /**
     * Whether it is a date.
     *
     * @return true for all kinds of dates
     */
    public boolean isDate() {
        return type.equals("date");
    }

    /**
     * Whether it is an array.
     *
     * @return true for all kinds of arrays
     */
    public boolean isArray() {
        return type.equals("array");
    }

    /**
     * Whether it is a document.
     *
     * @return true for all kinds of documents
     */
    public boolean isDocument() {
        return type.equals("object");
    }
}
