package io.docrows.mapping;

import io.docrows.internal.value.ValueReader;

/** A plan of what was converted or composed. */
record MadePlan<T>(ReadPlan<T> plan) implements ReadPlan<T> {

    @Override
    public ValueReader<T> bind(Binding binding) {
        return plan.bind(binding);
    }

    @Override
    public boolean isMade() {
        return true;
    }
}
