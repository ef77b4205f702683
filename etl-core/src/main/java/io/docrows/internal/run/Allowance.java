package io.docrows.internal.run;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** How many documents of a collection may still be read, shared by all its readers. Thread-safe. */
final class Allowance {

    private final boolean limited;
    private final AtomicLong left;

    Allowance(OptionalLong limit) {
        this.limited = limit.isPresent();
        this.left = new AtomicLong(limit.orElse(0));
    }

    boolean take() {
        return !limited || left.getAndDecrement() > 0;
    }
}
