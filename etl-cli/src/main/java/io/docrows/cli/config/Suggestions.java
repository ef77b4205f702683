package io.docrows.cli.config;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a mistyped key may have meant. picocli answers, as it does for a mistyped option. */
final class Suggestions {

    private Suggestions() {}

    static Optional<String> closest(String key, Set<String> allowed) {
        String option = "--"
                + key.replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-");
        if (allowed.contains(option.substring(2))) {
            return Optional.of(option.substring(2));
        }
        CommandSpec spec = CommandSpec.create();
        allowed.forEach(name -> spec.addOption(OptionSpec.builder("--" + name).build()));
        try {
            new CommandLine(spec).parseArgs(option);
            return Optional.empty();
        } catch (UnmatchedArgumentException e) {
            return e.getSuggestions().stream().findFirst().map(name -> name.substring(2));
        }
    }
}
