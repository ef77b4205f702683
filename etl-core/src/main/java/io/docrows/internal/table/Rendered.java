package io.docrows.internal.table;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Statements of one table, each rendered when it is wanted first: they are the same for every batch. Thread-safe. */
public final class Rendered {

    private final Map<String, String> statements = new ConcurrentHashMap<>();

    /**
     * A statement.
     *
     * @param name tells it from the others of its table
     * @param rendering renders it
     * @return its text
     */
    public String of(String name, Supplier<String> rendering) {
        String known = statements.get(name);
        if (known == null) {
            known = rendering.get();
            statements.put(name, known);
        }
        return known;
    }
}
