package io.docrows.inspect.fact;

/** The stable names of findings. New ones may be added; none changes its meaning. */
public enum FindingCode {
    /** Documents whose bytes are not valid BSON inside. */
    DAMAGED_DOCUMENTS,
    /** Values of types that no single column holds. */
    MIXED_TYPES,
    /** Texts with NUL. */
    NUL_IN_TEXT,
    /** Texts that are not UTF-8. */
    MALFORMED_TEXT,
    /** Dates that PostgreSQL cannot hold. */
    DATE_OUT_OF_RANGE,
    /** Doubles or decimals that are NaN or infinite. */
    NOT_FINITE,
    /** Names that are too long for PostgreSQL, or collide as column names. */
    NAME_COLLISION,
    /** Names that are longer than 63 bytes as column names. */
    LONG_NAME,
    /** Names with dots, dollar signs, blanks or invisible characters. */
    ODD_NAME,
    /** Fields whose names differ by case only. */
    NAMES_DIFFER_BY_CASE,
    /** The same name twice in a document. */
    REPEATED_NAME,
    /** A text field whose values are nearly all of another type. */
    NEARLY_ALL_TEXTS,
    /** Texts that are all of another type. */
    TYPE_KEPT_AS_TEXT,
    /** Digits with leading zeros, which a number would lose. */
    LEADING_ZEROS,
    /** Few different values. */
    FEW_VALUES,
    /** A value that occurs in every document, the same. */
    CONSTANT,
    /** Nearly unique values. */
    NEARLY_UNIQUE,
    /** Documents whose field names are data. */
    NAMES_ARE_DATA,
    /** Documents with digits as names beside arrays. */
    DIGIT_KEYS_BESIDE_ARRAYS,
    /** Always empty documents: what was in them is lost. */
    NO_INFORMATION,
    /** Always null. */
    ALWAYS_NULL,
    /** Missing, null and empty stand for the same thing. */
    ABSENT_NULL_EMPTY,
    /** A field that decides which other fields there are. */
    DISCRIMINATOR,
    /** An embedded document that many documents repeat. */
    REPEATED_ENTITY,
    /** Days that were stored as midnight in a zone. */
    DAY_AT_MIDNIGHT,
    /** Times of day that were stored on 1970-01-01. */
    TIME_ON_1970,
    /** Times of day that were stored on the day of saving. */
    TIME_ON_DAY_OF_SAVING,
    /** Times of day as milliseconds. */
    MILLIS_OF_DAY,
    /** Seconds, milliseconds or microseconds since 1970. */
    EPOCH_NUMBER,
    /** Arrays that are dates. */
    DATE_AS_ARRAY,
    /** UUIDs whose byte order is not known. */
    UUID_BYTE_ORDER,
    /** Texts beside decimals. */
    TEXT_BESIDE_DECIMAL,
    /** Whole doubles, as JavaScript stores numbers. */
    WHOLE_DOUBLES,
    /** Decimals whose scale was cut. */
    SCALE_UNCERTAIN,
    /** A field {@code id} beside {@code _id}. */
    ID_BESIDE_ID,
    /** A flattened field beside a document with the same field. */
    FLATTENED_BESIDE_EMBEDDED,
    /** A name of a class of the program that wrote the documents. */
    CLASS_MARKER,
    /** GeoJSON geometries. */
    GEO_JSON,
    /** Pairs of longitude and latitude. */
    LONGITUDE_LATITUDE,
    /** JSON kept as text. */
    JSON_AS_TEXT,
    /** Times that MongoEngine keeps as text. */
    COMMA_SEPARATED_TIME,
    /** Old or internal types of BSON. */
    OLD_TYPES,
    /** What tells the elements of an array apart. */
    ELEMENT_IDENTITY,
    /** Too many paths: names were put together sooner. */
    LESS_DETAIL,
    /** Documents that were too deep to be looked into. */
    TOO_DEEP,
    /** DBRefs. */
    DB_REFS
}
