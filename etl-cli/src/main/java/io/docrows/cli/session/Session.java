package io.docrows.cli.session;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command takes from the process it runs in.
 *
 * @param out where results go
 * @param err where logs, progress and errors go
 * @param environment the environment variables
 * @param directory the directory against which relative paths are resolved
 * @param terminal whether a person is watching {@code err} on a terminal that can redraw a line
 * @param interruption what Ctrl-C and SIGTERM do
 * @param secrets what must never be printed
 */
public record Session(
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path directory,
        boolean terminal,
        Interruption interruption,
        Secrets secrets) {

    /** Copies the environment. */
    public Session {
        environment = Map.copyOf(environment);
    }

    /**
     * An environment variable that is set and not blank.
     *
     * @param name the variable's name
     * @return its value
     */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
