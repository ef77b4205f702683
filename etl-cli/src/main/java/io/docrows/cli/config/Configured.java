package io.docrows.cli.config;

/** The command above all others, which knows what is configured. */
@FunctionalInterface
public interface Configured {

    /**
     * What is configured.
     *
     * @return settings of the file and the environment
     */
    Configuration configuration();
}
