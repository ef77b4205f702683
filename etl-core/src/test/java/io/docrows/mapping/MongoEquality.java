package io.docrows.mapping;

import io.docrows.internal.value.Decimals;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/**
 * Whether MongoDB considers two values equal, written down from its manual ("Comparison/Sort Order") without regard to
 * {@link DocumentId}: numbers by value across types, symbols like strings, objects field by field in order.
 */
final class MongoEquality {

    private MongoEquality() {}

    static boolean equal(BsonValue a, BsonValue b) {
        if (isNumber(a) && isNumber(b)) {
            return number(a).equals(number(b));
        }
        if (isText(a) && isText(b)) {
            return text(a).equals(text(b));
        }
        if (a.getBsonType() != b.getBsonType()) {
            return false;
        }
        return switch (a.getBsonType()) {
            case DOCUMENT -> equal(a.asDocument(), b.asDocument());
            case ARRAY -> equal(a.asArray().getValues(), b.asArray().getValues());
            case JAVASCRIPT_WITH_SCOPE ->
                a.asJavaScriptWithScope()
                                .getCode()
                                .equals(b.asJavaScriptWithScope().getCode())
                        && equal(
                                a.asJavaScriptWithScope().getScope(),
                                b.asJavaScriptWithScope().getScope());
            default -> a.equals(b);
        };
    }

    private static boolean equal(BsonDocument a, BsonDocument b) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<Map.Entry<String, BsonValue>> others = b.entrySet().iterator();
        for (Map.Entry<String, BsonValue> field : a.entrySet()) {
            Map.Entry<String, BsonValue> other = others.next();
            if (!field.getKey().equals(other.getKey()) || !equal(field.getValue(), other.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(List<BsonValue> a, List<BsonValue> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(BsonValue value) {
        return value.isString() || value.isSymbol();
    }

    private static String text(BsonValue value) {
        return value.isString() ? value.asString().getValue() : value.asSymbol().getSymbol();
    }

    private static boolean isNumber(BsonValue value) {
        return value.isNumber();
    }

    /** Something whose equals is equality by value: a stripped decimal, or the name of what is none. */
    private static Object number(BsonValue value) {
        if (value.getBsonType() == BsonType.DECIMAL128) {
            Decimal128 decimal = value.asDecimal128().getValue();
            return decimal.isFinite() ? stripped(Decimals.of(decimal)) : decimal.isNaN() ? "NaN" : decimal.toString();
        }
        if (value.isDouble()) {
            double number = value.asDouble().getValue();
            return Double.isFinite(number) ? stripped(new BigDecimal(number)) : Double.toString(number);
        }
        return stripped(BigDecimal.valueOf(value.asNumber().longValue()));
    }

    private static BigDecimal stripped(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
