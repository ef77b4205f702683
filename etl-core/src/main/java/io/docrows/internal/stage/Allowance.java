package io.docrows.internal.stage;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** How many documents of a collection may still be read, shared by all its readers. Thread-safe. */
public final class Allowance {

    private final boolean limited;
    private final AtomicLong left;

    /**
     * An allowance.
     *
     * @param limit how many documents; empty for all
     */
    public Allowance(OptionalLong limit) {
        this.limited = limit.isPresent();
        this.left = new AtomicLong(limit.orElse(0));
    }

    boolean take() {
        return !limited || left.getAndDecrement() > 0;
    }

    boolean isUsedUp() {
        return limited && left.get() <= 0;
    }
}
