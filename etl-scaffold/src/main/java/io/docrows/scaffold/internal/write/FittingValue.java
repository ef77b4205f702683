package io.docrows.scaffold.internal.write;

import io.docrows.scaffold.internal.design.Expected;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonDecimal128;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/** Values that are made up, of the same BSON type, as small as a column that is there already needs them. */
final class FittingValue {

    private static final Pattern LIMITS = Pattern.compile("\\((\\d+)(?:,(\\d+))?\\)");
    private static final int SMALL = 9;

    private FittingValue() {}

    static BsonValue of(BsonValue value, Expected column, int shape) {
        Matcher limits = LIMITS.matcher(column.type());
        boolean limited = limits.find();
        int first = limited ? Integer.parseInt(limits.group(1)) : 0;
        int second = limited && limits.group(2) != null ? Integer.parseInt(limits.group(2)) : 0;
        if (value instanceof BsonString text) {
            return text(text.getValue(), column, limited ? first : Integer.MAX_VALUE, shape);
        }
        if (!value.isNumber()) {
            return value;
        }
        return switch (limits.replaceAll("").strip()) {
            case "smallint", "integer" -> number(value, BigDecimal.valueOf(shape % SMALL + 1));
            case "numeric" -> limited ? number(value, decimal(first, second, shape)) : value;
            default -> value;
        };
    }

    private static BsonValue text(String text, Expected column, int longest, int shape) {
        if (!column.labels().isEmpty()) {
            return new BsonString(column.labels().get(shape % column.labels().size()));
        }
        return new BsonString(text.substring(0, Math.min(text.length(), longest)));
    }

    /** With one digit before the point, if there may be one, and one behind it. */
    private static BigDecimal decimal(int precision, int scale, int shape) {
        BigDecimal whole = BigDecimal.valueOf(precision > scale ? shape % SMALL + 1 : 0);
        return scale > 0 ? whole.add(new BigDecimal("0.5")) : whole;
    }

    /** Numbers without a fraction keep being such. */
    private static BsonValue number(BsonValue value, BigDecimal fitting) {
        if (value instanceof BsonInt32) {
            return new BsonInt32(fitting.intValue());
        }
        if (value instanceof BsonInt64) {
            return new BsonInt64(fitting.longValue());
        }
        if (value instanceof BsonDouble number) {
            boolean whole = number.getValue() == Math.rint(number.getValue());
            return new BsonDouble(whole ? fitting.intValue() : fitting.doubleValue());
        }
        return new BsonDecimal128(new Decimal128(fitting));
    }
}
