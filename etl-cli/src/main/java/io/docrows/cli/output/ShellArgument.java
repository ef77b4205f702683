package io.docrows.cli.output;

import java.util.regex.Pattern;

/** Writes an argument of a command that is printed so that a shell takes it for one word, and as it is. */
final class ShellArgument {

    private static final Pattern PLAIN = Pattern.compile("[\\w./,:+@%-]+");

    private ShellArgument() {}

    static String of(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
