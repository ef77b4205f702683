package io.docrows.cli.command;

import io.docrows.cli.config.ExampleFile;
import io.docrows.cli.config.OptionKey;
import io.docrows.cli.config.Origin;
import io.docrows.cli.config.Setting;
import io.docrows.cli.connection.SourceAddress;
import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.option.OutputOption;
import io.docrows.cli.output.ConfigOutput;
import io.docrows.cli.output.ConfigOutput.Effective;
import io.docrows.cli.program.Chosen;
import io.docrows.cli.session.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** {@code config}: what the commands would use, and where it comes from. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows every setting that is in effect without options, and where it comes from. Passwords are masked.",
            "An option on the command line overrides the environment, which overrides the file, which overrides the"
                    + " default. In the file (etl.yaml) a key is a long option without its dashes; below the name of a"
                    + " command it applies to that command only. Every option also has an environment variable:"
                    + " ETL_MAX_REJECTS for --max-rejects."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./etl config --example > etl.yaml      a file to start from",
            "  ./etl config",
            "  ./etl config --config production.yaml --output json"
        })
final class ConfigCommand extends SessionCommand {

    @Option(names = "--example", description = "Print a file with comments to start from.")
    boolean example;

    @Mixin
    OutputOption output = new OutputOption();

    ConfigCommand(Session session) {
        super(session);
    }

    @Override
    protected boolean json() {
        return output.json();
    }

    @Override
    void requireValidConfiguration() {
        if (!example) {
            super.requireValidConfiguration();
        }
    }

    /** This command's result says it. */
    @Override
    void announceConfiguration() {}

    @Override
    protected int execute() {
        if (example) {
            print(ExampleFile.text(((Chosen) spec.root().userObject()).program().pipelines()));
            return ExitCode.DONE;
        }
        List<Effective> settings = new ArrayList<>();
        collect(spec.root().commandLine(), settings);
        if (json()) {
            printJson(ConfigOutput.json(configuration().file(), settings));
        } else {
            print(ConfigOutput.text(configuration().file(), settings));
        }
        return ExitCode.DONE;
    }

    private void collect(CommandLine line, List<Effective> settings) {
        for (CommandLine below :
                line.getSubcommands().values().stream().distinct().toList()) {
            CommandSpec command = below.getCommandSpec();
            if (command.userObject() != this) {
                command.options()
                        .forEach(option ->
                                OptionKey.of(option).ifPresent(key -> settings.add(effective(command, option, key))));
                collect(below, settings);
            }
        }
    }

    private Effective effective(CommandSpec command, OptionSpec option, String key) {
        Setting setting =
                configuration().of(command, option).orElseGet(() -> new Setting(byDefault(option), Origin.DEFAULT));
        String value = OptionKey.isSecret(key) && !setting.value().isEmpty() ? "***" : setting.shown();
        if (value.startsWith("mongodb")) {
            for (String secret : new SourceAddress.Mongo(setting.value()).secrets()) {
                value = value.replace(secret, "***");
            }
        }
        String section = command.qualifiedName(".").substring(spec.root().name().length() + 1);
        return new Effective(section, key, value, setting.origin());
    }

    private static String byDefault(OptionSpec option) {
        return Optional.ofNullable(option.defaultValue()).orElseGet(() -> text(option.initialValue()));
    }

    private static String text(@org.jspecify.annotations.Nullable Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return value == null ? "" : value.toString();
    }
}
