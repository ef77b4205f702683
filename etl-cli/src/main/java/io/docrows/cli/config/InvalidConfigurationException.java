package io.docrows.cli.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is wrong. The message lists every problem, each on a line of its own. */
public final class InvalidConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidConfigurationException(List<Problem> problems) {
        super((problems.size() == 1 ? "a problem" : problems.size() + " problems") + " in the configuration:"
                + problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining()));
    }
}
