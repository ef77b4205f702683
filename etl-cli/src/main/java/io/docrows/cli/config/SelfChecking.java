package io.docrows.cli.config;

/** Options that can tell what is wrong with their values before anything is opened. */
@FunctionalInterface
public interface SelfChecking {

    /**
     * Checks the values that were given, and does not mind those that were not.
     *
     * @throws RuntimeException whose message says what is wrong and what is allowed
     */
    void check();
}
