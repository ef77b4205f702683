package io.docrows.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Unmatched;

/** The options that must be known before the others: picocli reads the command line twice. */
@Command
final class EarlyOptions {

    @Option(names = "--" + OptionKey.CONFIG)
    @Nullable String file;

    @Option(names = "--" + OptionKey.PIPELINE)
    @Nullable String pipeline;

    @Unmatched
    List<String> others = new ArrayList<>();

    private EarlyOptions() {}

    static EarlyOptions of(List<String> arguments) {
        EarlyOptions options = new EarlyOptions();
        try {
            new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
            return options;
        } catch (ParameterException e) {
            // The full command line says it better.
            return new EarlyOptions();
        }
    }

    Optional<String> file() {
        return Optional.ofNullable(file);
    }

    Optional<String> pipeline() {
        return Optional.ofNullable(pipeline);
    }
}
