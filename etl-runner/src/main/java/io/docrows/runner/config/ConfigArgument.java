package io.docrows.runner.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Unmatched;

/** The one option that must be known before the others: picocli reads the command line twice. */
@Command
final class ConfigArgument {

    @Option(names = "--" + OptionKey.CONFIG)
    @Nullable String file;

    @Unmatched
    List<String> others = new ArrayList<>();

    private ConfigArgument() {}

    static Optional<String> of(List<String> arguments) {
        ConfigArgument argument = new ConfigArgument();
        try {
            new CommandLine(argument).parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException e) {
            // The full command line says it better.
            return Optional.empty();
        }
        return Optional.ofNullable(argument.file);
    }
}
