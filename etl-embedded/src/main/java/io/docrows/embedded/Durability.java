package io.docrows.embedded;

import java.util.Map;

/** Whether what PostgreSQL has committed outlives a crash of the machine. The library's own defaults are all off. */
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
}
