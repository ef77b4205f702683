package io.docrows.source.json;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names that may stand first in an object which spells a value of BSON (MongoDB Extended JSON v2, and v1). */
enum WrapperKey {
    NONE(""),
    OID("$oid"),
    DATE("$date"),
    NUMBER_INT("$numberInt"),
    NUMBER_LONG("$numberLong"),
    NUMBER_DOUBLE("$numberDouble"),
    NUMBER_DECIMAL("$numberDecimal"),
    BINARY("$binary"),
    TYPE("$type"),
    UUID("$uuid"),
    REGULAR_EXPRESSION("$regularExpression"),
    REGEX("$regex"),
    OPTIONS("$options"),
    TIMESTAMP("$timestamp"),
    UNDEFINED("$undefined"),
    MIN_KEY("$minKey"),
    MAX_KEY("$maxKey"),
    CODE("$code"),
    SCOPE("$scope"),
    SYMBOL("$symbol"),
    DB_POINTER("$dbPointer");

    private static final Map<String, WrapperKey> BY_NAME = Stream.of(values())
            .filter(key -> key != NONE)
            .collect(Collectors.toMap(WrapperKey::text, Function.identity()));

    private final String text;

    WrapperKey(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static WrapperKey of(String name) {
        return name.startsWith("$") ? BY_NAME.getOrDefault(name, NONE) : NONE;
    }
}
