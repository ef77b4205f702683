package io.docrows.mapping;

import org.jooq.EnumType;
import org.jooq.Schema;
import org.jspecify.annotations.Nullable;

/** Like an enum that jOOQ generates: the literals are not the constants' names. */
enum GigStateSample implements EnumType {
    DONE("done"),
    IN_PROGRESS("in progress");

    private final String literal;

    GigStateSample(String literal) {
        this.literal = literal;
    }

    @Override
    public @Nullable Schema getSchema() {
        return null;
    }

    @Override
    public String getName() {
        return "state";
    }

    @Override
    public String getLiteral() {
        return literal;
    }
}
