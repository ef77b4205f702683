package io.docrows.runner.option;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options without a value. To picocli such an option means "the opposite of the default", so that {@code --force} would
 * mean no force where the configuration says {@code force: true}. Here it always means yes.
 */
public final class Flags {

    private Flags() {}

    /**
     * Mends the flags of all commands below this one.
     *
     * @param line the command above them
     */
    public static void raise(CommandLine line) {
        for (CommandLine below :
                line.getSubcommands().values().stream().distinct().toList()) {
            CommandSpec command = below.getCommandSpec();
            List<OptionSpec> options = command.options().stream()
                    .filter(option -> !option.inherited())
                    .toList();
            // All of them, or their order in the help would change.
            options.forEach(command::remove);
            options.stream().map(Flags::raised).forEach(command::addOption);
            raise(below);
        }
    }

    private static OptionSpec raised(OptionSpec option) {
        boolean flag = option.type() == boolean.class
                && option.fallbackValue().isEmpty()
                && !option.usageHelp()
                && !option.versionHelp();
        return flag ? option.toBuilder().fallbackValue("true").build() : option;
    }
}
