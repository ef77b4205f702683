package io.docrows.cli.logging;

import io.docrows.cli.session.Secrets;
import io.docrows.text.ForeignText;
import java.util.stream.Collectors;

/** A message on one line, printable. */
public final class OneLine {

    private OneLine() {}

    /**
     * A message of this project's own: names in it that others chose are escaped already.
     *
     * @param message any number of lines
     * @return its lines, with a blank between them
     */
    public static String of(String message) {
        return ForeignText.printable(message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" ")));
    }

    /**
     * A message in the words of a library or a server, which may repeat whatever it was given.
     *
     * @param message any number of lines
     * @param secrets what it must not show
     * @return its lines, with a blank between them
     */
    public static String of(String message, Secrets secrets) {
        return of(secrets.mask(message));
    }
}
