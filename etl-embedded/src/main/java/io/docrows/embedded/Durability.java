package io.docrows.embedded;

import java.util.Map;

/**
 * Whether a server is set up as an installed one, whose commits outlive a crash of the machine, or for speed. The
 * library's own defaults are all off.
 */
enum Durability {
    ON("on"),
    OFF("off");

    private final String value;

    Durability(String value) {
        this.value = value;
    }

    /** Returns the settings of the server; later on its command line than the library's {@code -F}, they win. */
    Map<String, String> settings() {
        return Map.of("fsync", value, "synchronous_commit", value, "full_page_writes", value);
    }

    /**
     * Returns options of the program that makes the data directory. By default, each new connection costs the client
     * 4096 rounds of hashing: 20 ms in a JVM that compiles with C1 only. They make guessing slower, which a random
     * password does not need.
     */
    Map<String, String> initialization() {
        return this == ON ? Map.of() : Map.of("set", "scram_iterations=1");
    }
}
