package io.docrows.cli.option;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ITypeInfo;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What holds for the options of all commands.
 *
 * <p>To picocli an option without a value means "the opposite of the default", so that {@code --force} would mean no
 * force where the configuration says {@code force: true}. Here it always means yes. And choices are offered to a
 * shell's completion as the help writes them, in lower case.
 */
public final class Conventions {

    private Conventions() {}

    /**
     * Brings the options of all commands below this one in line.
     *
     * @param line the command above them
     */
    public static void apply(CommandLine line) {
        for (CommandLine below :
                line.getSubcommands().values().stream().distinct().toList()) {
            CommandSpec command = below.getCommandSpec();
            List<OptionSpec> options = command.options().stream()
                    .filter(option -> !option.inherited())
                    .toList();
            // All of them, or their order in the help would change.
            options.forEach(command::remove);
            options.stream().map(Conventions::lowered).map(Conventions::raised).forEach(command::addOption);
            apply(below);
        }
    }

    private static OptionSpec lowered(OptionSpec option) {
        List<String> choices = Stream.of(option.typeInfo())
                .filter(ITypeInfo::isEnum)
                .flatMap(type -> type.getEnumConstantNames().stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        return choices.isEmpty()
                ? option
                : option.toBuilder().completionCandidates(choices).build();
    }

    private static OptionSpec raised(OptionSpec option) {
        boolean flag = option.type() == boolean.class
                && option.fallbackValue().isEmpty()
                && !option.usageHelp()
                && !option.versionHelp();
        return flag ? option.toBuilder().fallbackValue("true").build() : option;
    }
}
