package io.docrows.cli.exit;

import io.docrows.cli.session.Secrets;
import io.docrows.error.DocrowsException;
import io.docrows.text.ForeignText;

/**
 * The words of drivers, servers and Flyway within a message of ours: they are those of its causes. Only they are
 * masked; the rest keeps its words, whatever the password is.
 */
final class ForeignWords {

    /** Deeper than any real chain of causes, and an end for those that go round in a circle. */
    private static final int DEEPEST = 20;

    private ForeignWords() {}

    /** The message of a failure, without secrets that one of its causes may have repeated. */
    static String masked(DocrowsException failure, Secrets secrets) {
        String message = String.valueOf(failure.getMessage());
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
            if (!(cause instanceof DocrowsException)) {
                message = without(String.valueOf(cause.getMessage()), message, secrets);
            }
        }
        return message;
    }

    private static String without(String words, String message, Secrets secrets) {
        String masked = message;
        for (String line : (Iterable<String>) words.lines().map(String::strip)::iterator) {
            // Redacted causes begin with a class; messages leave out a full stop.
            String said = ForeignText.printable(
                    line.replaceFirst("^[\\w.$]+(?:Exception|Error): ", "").replaceFirst("\\.$", ""));
            if (!said.isEmpty()) {
                masked = masked.replace(said, secrets.mask(said));
            }
        }
        return masked;
    }
}
