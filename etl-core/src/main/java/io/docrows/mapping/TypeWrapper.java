package io.docrows.mapping;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDbPointer;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonJavaScript;
import org.bson.BsonJavaScriptWithScope;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/**
 * The objects by which MongoDB Extended JSON v2 stands for types that JSON lacks, such as <code>{"$oid":"…"}</code>.
 */
final class TypeWrapper {

    private TypeWrapper() {}

    /**
     * The value an object stands for.
     *
     * @param wrapper an object whose first name begins with a dollar sign
     * @return the value; the object itself if the name is not one of Extended JSON's
     * @throws IllegalArgumentException if the name is one of them, but the content does not fit it
     */
    static BsonValue unwrap(BsonDocument wrapper) {
        String key = wrapper.getFirstKey();
        if (wrapper.size() > 1 && !key.equals("$code") && !key.equals("$ref")) {
            throw new IllegalArgumentException("an _id with more names beside " + key);
        }
        try {
            return unwrap(wrapper, key);
        } catch (BsonInvalidOperationException | DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw new IllegalArgumentException("an _id with a malformed " + key, e);
        }
    }

    private static BsonValue unwrap(BsonDocument wrapper, String key) {
        return switch (key) {
            case "$oid" -> new BsonObjectId(new ObjectId(string(wrapper, key)));
            case "$symbol" -> new BsonSymbol(string(wrapper, key));
            case "$numberInt" -> new BsonInt32(Integer.parseInt(string(wrapper, key)));
            case "$numberLong" -> new BsonInt64(Long.parseLong(string(wrapper, key)));
            case "$numberDouble" -> new BsonDouble(Double.parseDouble(string(wrapper, key)));
            case "$numberDecimal" -> new BsonDecimal128(Decimal128.parse(string(wrapper, key)));
            case "$uuid" -> new BsonBinary(UUID.fromString(string(wrapper, key)));
            case "$date" -> date(wrapper);
            case "$timestamp" -> timestamp(wrapper.getDocument(key));
            case "$binary" -> binary(wrapper.getDocument(key));
            case "$regularExpression" -> regularExpression(wrapper.getDocument(key));
            case "$code" -> code(wrapper);
            case "$dbPointer" -> dbPointer(wrapper.getDocument(key));
            case "$minKey" -> new BsonMinKey();
            case "$maxKey" -> new BsonMaxKey();
            case "$undefined" -> new BsonUndefined();
            default -> wrapper;
        };
    }

    private static String string(BsonDocument document, String key) {
        return document.getString(key).getValue();
    }

    private static BsonValue date(BsonDocument wrapper) {
        return wrapper.isString("$date")
                ? new BsonDateTime(Instant.parse(string(wrapper, "$date")).toEpochMilli())
                : new BsonDateTime(whole(wrapper, "$date"));
    }

    private static BsonValue timestamp(BsonDocument content) {
        return new BsonTimestamp(unsigned(content, "t") << 32 | unsigned(content, "i"));
    }

    private static long unsigned(BsonDocument document, String key) {
        long number = whole(document, key);
        if (number >>> 32 != 0) {
            throw new IllegalArgumentException("a number of 32 bits");
        }
        return number;
    }

    private static long whole(BsonDocument document, String key) {
        if (document.isInt32(key) || document.isInt64(key)) {
            return document.getNumber(key).longValue();
        }
        throw new IllegalArgumentException("a whole number");
    }

    private static BsonValue binary(BsonDocument content) {
        byte[] subtype = HexFormat.of().parseHex(string(content, "subType"));
        if (subtype.length != 1) {
            throw new IllegalArgumentException("a subtype is one byte");
        }
        return new BsonBinary(subtype[0], Base64.getDecoder().decode(string(content, "base64")));
    }

    private static BsonValue regularExpression(BsonDocument content) {
        return new BsonRegularExpression(string(content, "pattern"), string(content, "options"));
    }

    private static BsonValue code(BsonDocument wrapper) {
        String code = string(wrapper, "$code");
        return wrapper.containsKey("$scope")
                ? new BsonJavaScriptWithScope(code, wrapper.getDocument("$scope"))
                : new BsonJavaScript(code);
    }

    private static BsonValue dbPointer(BsonDocument content) {
        return new BsonDbPointer(
                string(content, "$ref"), content.getObjectId("$id").getValue());
    }
}
