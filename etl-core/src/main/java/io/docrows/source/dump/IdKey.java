package io.docrows.source.dump;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/**
 * Stands for all values that MongoDB holds equal: numbers by value whatever their type, NaN equal to itself, symbols as
 * strings, and documents by their fields in order (MongoDB manual, "Comparison/Sort Order").
 *
 * @param value what equal values have in common
 */
record IdKey(Object value) {

    private enum Special {
        NAN,
        INFINITY,
        MINUS_INFINITY
    }

    private record Field(String name, IdKey value) {}

    private record Fields(List<Field> fields) {}

    private record Items(List<IdKey> items) {}

    private record Text(String text) {}

    static IdKey of(BsonValue value) {
        if (value instanceof BsonDecimal128 decimal) {
            return new IdKey(number(decimal.getValue()));
        } else if (value instanceof BsonDouble number) {
            return new IdKey(number(number.getValue()));
        } else if (value instanceof BsonNumber integer) {
            return new IdKey(canonical(BigDecimal.valueOf(integer.longValue())));
        } else if (value instanceof BsonString text) {
            return new IdKey(new Text(text.getValue()));
        } else if (value instanceof BsonSymbol symbol) {
            return new IdKey(new Text(symbol.getSymbol()));
        } else if (value instanceof BsonDocument document) {
            List<Field> fields = new ArrayList<>();
            for (Map.Entry<String, BsonValue> field : document.entrySet()) {
                fields.add(new Field(field.getKey(), of(field.getValue())));
            }
            return new IdKey(new Fields(fields));
        } else if (value instanceof BsonArray array) {
            return new IdKey(new Items(array.stream().map(IdKey::of).toList()));
        }
        return new IdKey(value);
    }

    private static Object number(double number) {
        if (Double.isNaN(number)) {
            return Special.NAN;
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? Special.INFINITY : Special.MINUS_INFINITY;
        }
        return canonical(new BigDecimal(number));
    }

    private static Object number(Decimal128 number) {
        if (number.isNaN()) {
            return Special.NAN;
        }
        if (number.isInfinite()) {
            return number.isNegative() ? Special.MINUS_INFINITY : Special.INFINITY;
        }
        // By way of text, because the driver refuses to convert a negative zero.
        return canonical(new BigDecimal(number.toString()));
    }

    private static BigDecimal canonical(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
}
