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
