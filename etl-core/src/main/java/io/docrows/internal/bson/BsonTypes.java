package io.docrows.internal.bson;

import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

/** The type bytes of the BSON specification 1.1, and the names that MongoDB's {@code $type} operator gives them. */
public final class BsonTypes {

    /**
     * Indexed by the unsigned type byte; an array, because {@link BsonType#findByValue} is called for every element.
     */
    private static final @Nullable BsonType[] BY_CODE = new BsonType[256];

    static {
        for (BsonType type : BsonType.values()) {
            BY_CODE[type.getValue() & 0xFF] = type;
        }
    }

    private BsonTypes() {}

    static @Nullable BsonType ofCode(int code) {
        return BY_CODE[code & 0xFF];
    }

    /**
     * The name that users know a type by, which is MongoDB's {@code $type} alias.
     *
     * @param type a BSON type
     * @return for instance {@code objectId}, {@code binData} or {@code long}
     */
    public static String alias(BsonType type) {
        return switch (type) {
            case END_OF_DOCUMENT -> "end of document";
            case DOUBLE -> "double";
            case STRING -> "string";
            case DOCUMENT -> "object";
            case ARRAY -> "array";
            case BINARY -> "binData";
            case UNDEFINED -> "undefined";
            case OBJECT_ID -> "objectId";
            case BOOLEAN -> "bool";
            case DATE_TIME -> "date";
            case NULL -> "null";
            case REGULAR_EXPRESSION -> "regex";
            case DB_POINTER -> "dbPointer";
            case JAVASCRIPT -> "javascript";
            case SYMBOL -> "symbol";
            case JAVASCRIPT_WITH_SCOPE -> "javascriptWithScope";
            case INT32 -> "int";
            case TIMESTAMP -> "timestamp";
            case INT64 -> "long";
            case DECIMAL128 -> "decimal";
            case MIN_KEY -> "minKey";
            case MAX_KEY -> "maxKey";
        };
    }
}
