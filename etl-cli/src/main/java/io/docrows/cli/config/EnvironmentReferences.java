package io.docrows.cli.config;

import io.docrows.cli.session.Session;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts environment variables in the place of <code>${NAME}</code> and <code>${NAME:-otherwise}</code>, as a shell does.
 * <code>$${</code> stands for <code>${</code>.
 */
final class EnvironmentReferences {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$(?:(\\$)\\{|\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}|(\\{))");
    private static final Pattern SECRET = Pattern.compile("(?i).*(pass|pw|secret|token|key).*");

    private final Session session;
    private final Set<String> used = new TreeSet<>();

    EnvironmentReferences(Session session) {
        this.session = session;
    }

    /**
     * A text with the variables' values in it.
     *
     * @throws IllegalArgumentException if a variable is not set, or a reference is none
     */
    String resolve(String text) {
        return REFERENCE.matcher(text).replaceAll(reference -> Matcher.quoteReplacement(value(reference)));
    }

    /**
     * The same text as it may be printed.
     *
     * @throws IllegalArgumentException if a variable is not set, or a reference is none
     */
    String shown(String text) {
        return REFERENCE
                .matcher(text)
                .replaceAll(reference -> Matcher.quoteReplacement(
                        reference.group(2) != null && isSecret(reference.group(2)) ? "***" : value(reference)));
    }

    private static boolean isSecret(String variable) {
        return SECRET.matcher(variable).matches();
    }

    /** The names of the variables that took part. */
    Set<String> used() {
        return used;
    }

    private String value(MatchResult reference) {
        if (reference.group(1) != null) {
            return "${";
        }
        String name = reference.group(2);
        if (name == null) {
            throw new IllegalArgumentException(
                    "\"${\" starts the name of an environment variable, such as ${NAME}; write \"$${\" to mean it"
                            + " literally");
        }
        String otherwise = reference.group(3);
        String value = session.variable(name).orElse(otherwise);
        if (value == null) {
            throw new IllegalArgumentException("the environment variable " + name + " is not set");
        }
        used.add(name);
        if (isSecret(name)) {
            session.secrets().add(value);
        }
        return value;
    }
}
