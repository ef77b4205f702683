package io.docrows.testing.cluster;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** As much of MongoDB's query language as the source uses on small documents. */
final class Query {

    private Query() {}

    static boolean matches(BsonDocument document, BsonDocument filter) {
        return filter.entrySet().stream().allMatch(each -> matches(document, each.getKey(), each.getValue()));
    }

    private static boolean matches(BsonDocument document, String path, BsonValue condition) {
        if (path.equals("$or")) {
            return condition.asArray().stream().anyMatch(one -> matches(document, one.asDocument()));
        }
        BsonValue value = at(document, path);
        if (!(condition instanceof BsonDocument operators)) {
            return condition.equals(value);
        }
        return operators.entrySet().stream().allMatch(each -> holds(value, each));
    }

    private static boolean holds(@Nullable BsonValue value, Map.Entry<String, BsonValue> operator) {
        BsonValue operand = operator.getValue();
        return switch (operator.getKey()) {
            case "$eq" -> operand.equals(value);
            case "$ne" -> !operand.equals(value);
            case "$in" -> value != null && operand.asArray().contains(value);
            case "$gt" -> value != null && sameKind(value, operand) && compare(value, operand) > 0;
            case "$gte" -> value != null && sameKind(value, operand) && compare(value, operand) >= 0;
            case "$lte" -> value != null && sameKind(value, operand) && compare(value, operand) <= 0;
            case "$type" -> value != null && operand.asArray().contains(new org.bson.BsonString(alias(value)));
            default -> throw new IllegalArgumentException(operator.getKey());
        };
    }

    private static boolean sameKind(BsonValue one, BsonValue other) {
        return one.isNumber() == other.isNumber() && (one.isNumber() || one.getBsonType() == other.getBsonType());
    }

    private static String alias(BsonValue value) {
        return switch (value.getBsonType()) {
            case INT32 -> "int";
            case INT64 -> "long";
            case OBJECT_ID -> "objectId";
            default -> value.getBsonType().name().toLowerCase(Locale.ROOT);
        };
    }

    /** Numbers before texts before everything else. */
    static final Comparator<BsonValue> ORDER = Query::compare;

    private static int compare(BsonValue one, BsonValue other) {
        if (one instanceof BsonNumber a && other instanceof BsonNumber b) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        }
        if (one.isString() && other.isString()) {
            return one.asString().getValue().compareTo(other.asString().getValue());
        }
        int kinds = Boolean.compare(other.isNumber(), one.isNumber());
        return kinds != 0 ? kinds : one.toString().compareTo(other.toString());
    }

    private static @Nullable BsonValue at(BsonDocument document, String path) {
        BsonValue value = document;
        for (String name : path.split("\\.")) {
            value = value instanceof BsonDocument within ? within.get(name) : null;
        }
        return value;
    }

    /** Applies the stages {@code $match} and {@code $project}; null if the document does not pass. */
    static @Nullable BsonDocument run(BsonArray stages, BsonDocument document) {
        BsonDocument result = document;
        for (BsonValue stage : stages) {
            BsonDocument operator = stage.asDocument();
            switch (operator.getFirstKey()) {
                case "$match" -> {
                    if (!matches(result, operator.getDocument("$match"))) {
                        return null;
                    }
                }
                case "$project" -> {
                    BsonDocument projected = new BsonDocument();
                    BsonDocument fields = operator.getDocument("$project");
                    result.forEach((name, value) -> {
                        if (fields.containsKey(name)) {
                            projected.append(name, value);
                        }
                    });
                    result = projected;
                }
                default -> {
                    // $changeStream itself, and the stage that splits.
                }
            }
        }
        return result;
    }
}
