package io.docrows.cli.option;

import io.docrows.cli.config.Configuration;
import io.docrows.cli.config.Configured;
import io.docrows.cli.config.Origin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How near to the person an option was set: what is nearer overrides what is farther. In ascending order. */
enum Precedence {
    /** Nowhere. */
    DEFAULT,
    /** In the configuration file. */
    FILE,
    /** In the environment. */
    ENVIRONMENT,
    /** On the command line. */
    COMMAND_LINE;

    /**
     * Whether an option was set farther from the person than the address it goes with. It is meant for another address
     * then, such as the one that is usual here: what this one has no use for is passed over, and not refused, for
     * nobody could unset it.
     *
     * @param command the command that has both options
     * @param name the option
     * @param address the option with the address
     */
    static boolean isForAnother(CommandSpec command, String name, String address) {
        return of(command, name).compareTo(of(command, address)) < 0;
    }

    static Precedence of(CommandSpec command, String name) {
        if (command.commandLine().getParseResult().hasMatchedOption(name)) {
            return COMMAND_LINE;
        }
        OptionSpec option = command.findOption(name);
        Configuration configuration = ((Configured) command.root().userObject()).configuration();
        return configuration
                .of(command, option)
                .map(setting -> of(setting.origin()))
                .orElse(DEFAULT);
    }

    private static Precedence of(Origin origin) {
        return switch (origin.kind()) {
            case ENVIRONMENT -> ENVIRONMENT;
            case FILE -> FILE;
            case DEFAULT -> DEFAULT;
        };
    }
}
