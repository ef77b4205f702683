package io.docrows.source.mongo;

import io.docrows.error.DocrowsException;
import io.docrows.error.ErrorCode;
import java.util.List;
import java.util.Locale;
import org.bson.BsonType;

/**
 * The groups of BSON types that MongoDB compares with one another, from lowest to highest. A comparison operator finds
 * values of its operand's group only.
 *
 * <p>Order and groups are those of the MongoDB manual, "BSON Types: Comparison/Sort Order"; the places of the types
 * that the manual leaves out (undefined, DBPointer, code) are those of the server's canonical types. Names are the
 * aliases of {@code $type}.
 */
enum IdBracket {
    MIN_KEY(true, List.of("minKey")),
    UNDEFINED(true, List.of(), "undefined"),
    NULL(true, List.of("null")),
    NUMBER(false, List.of("number")),
    TEXT(false, List.of("string"), "symbol"),
    OBJECT(false, List.of("object")),
    ARRAY(false, List.of("array")),
    BINARY(false, List.of("binData")),
    OBJECT_ID(false, List.of("objectId")),
    BOOLEAN(false, List.of("bool")),
    DATE(false, List.of("date")),
    TIMESTAMP(false, List.of("timestamp")),
    REGEX(false, List.of("regex")),
    DB_POINTER(false, List.of(), "dbPointer"),
    CODE(false, List.of(), "javascript"),
    CODE_WITH_SCOPE(false, List.of(), "javascriptWithScope"),
    MAX_KEY(true, List.of("maxKey"));

    private final boolean single;
    // Made by List.of, hence immutable, which the checker cannot see.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> aliases;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> rareAliases;

    IdBracket(boolean single, List<String> aliases, String... rareAliases) {
        this.single = single;
        this.aliases = aliases;
        this.rareAliases = List.of(rareAliases);
    }

    /** Whether the group has one value only, so that a collection holds at most one such {@code _id}. */
    boolean single() {
        return single;
    }

    /** The names that every server knows. */
    List<String> aliases() {
        return aliases;
    }

    /** The names of deprecated types, which servers that merely speak MongoDB's protocol may not know. */
    List<String> rareAliases() {
        return rareAliases;
    }

    /**
     * The group of a type.
     *
     * @throws DocrowsException {@code SOURCE_FAILED} for types that MongoDB does not allow in an {@code _id}
     */
    static IdBracket of(BsonType type) {
        return switch (type) {
            case MIN_KEY -> MIN_KEY;
            case UNDEFINED -> UNDEFINED;
            case NULL -> NULL;
            case INT32, INT64, DOUBLE, DECIMAL128 -> NUMBER;
            case STRING, SYMBOL -> TEXT;
            case DOCUMENT -> OBJECT;
            case BINARY -> BINARY;
            case OBJECT_ID -> OBJECT_ID;
            case BOOLEAN -> BOOLEAN;
            case DATE_TIME -> DATE;
            case TIMESTAMP -> TIMESTAMP;
            case DB_POINTER -> DB_POINTER;
            case JAVASCRIPT -> CODE;
            case JAVASCRIPT_WITH_SCOPE -> CODE_WITH_SCOPE;
            case MAX_KEY -> MAX_KEY;
            case ARRAY, REGULAR_EXPRESSION, END_OF_DOCUMENT ->
                throw new DocrowsException(
                        ErrorCode.SOURCE_FAILED,
                        "A document has an _id of the BSON type "
                                + type.name().toLowerCase(Locale.ROOT)
                                + ", so reading cannot continue: only views can have such _ids. Read the collection on"
                                + " which the view is based.");
        };
    }
}
