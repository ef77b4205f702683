package io.docrows.cli.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Tries a value where it would stand on a command line, so that whatever a command refuses there is refused here, with
 * the same words. Uses a command line of its own.
 */
final class OptionCheck {

    /** How picocli, and some commands, begin to say what is wrong with a value; the key says as much. */
    private static final Pattern PREAMBLE =
            Pattern.compile("^(?:Invalid value for option '[^']*'(?: \\(<[^)]*\\))?: |--[a-z-]+: )");

    private final CommandLine trial;

    OptionCheck(CommandLine trial) {
        this.trial = trial;
        new CommandTree(trial.getCommandSpec())
                .commands()
                // Other options that a command cannot do without are none of this check's business.
                .forEach(command -> command.parser().collectErrors(true));
    }

    /** What is wrong with a value for an option of some command. */
    Optional<String> refusal(OptionSpec option, String value) {
        List<String> arguments = new ArrayList<>(path(option.command()));
        arguments.add(option.longestName() + "=" + value);
        ParseResult result = trial.parseArgs(arguments.toArray(String[]::new));
        while (result.hasSubcommand()) {
            result = result.subcommand();
        }
        Optional<String> refused = result.errors().stream()
                .filter(error -> !(error instanceof MissingParameterException))
                .map(OptionCheck::reason)
                .findFirst();
        return refused.isPresent() ? refused : check(result.commandSpec().userObject());
    }

    private static Optional<String> check(Object command) {
        if (command instanceof SelfChecking checked) {
            try {
                checked.check();
            } catch (RuntimeException e) {
                return Optional.of(reason(e));
            }
        }
        return Optional.empty();
    }

    private static String reason(Exception refusal) {
        return PREAMBLE.matcher(String.valueOf(refusal.getMessage())).replaceFirst("");
    }

    private static Deque<String> path(CommandSpec command) {
        Deque<String> path = new ArrayDeque<>();
        for (CommandSpec at = command; at.parent() != null; at = at.parent()) {
            path.addFirst(at.name());
        }
        return path;
    }
}
