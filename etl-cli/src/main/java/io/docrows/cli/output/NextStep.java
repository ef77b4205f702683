package io.docrows.cli.output;

import java.util.Locale;

/** A command that a person may want to give next. */
final class NextStep {

    private NextStep() {}

    /** One line: the command, and what it is good for. */
    static String of(String command, String purpose) {
        return String.format(Locale.ROOT, "  ./etl %-46s %s\n", command, purpose);
    }
}
