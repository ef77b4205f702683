package io.docrows.cli.config;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What the options have that are not on the command line. */
public final class ConfiguredDefaults implements IDefaultValueProvider {

    private final Configuration configuration;

    /**
     * Defaults from a configuration.
     *
     * @param configuration what is configured
     */
    public ConfiguredDefaults(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? configuration.of(option.command(), option).map(Setting::value).orElse(null)
                : null;
    }
}
