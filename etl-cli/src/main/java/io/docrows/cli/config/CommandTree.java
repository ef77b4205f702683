package io.docrows.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command and those below it, and what can be set for them. */
final class CommandTree {

    private final CommandSpec root;

    /** Made once: picocli works the names of an option out anew whenever it is asked for them. */
    private @Nullable List<NamedOption> options;

    CommandTree(CommandSpec root) {
        this.root = root;
    }

    CommandSpec command() {
        return root;
    }

    /** This command's part of the configuration, such as {@code rejects.list}; empty for the whole. */
    static String section(CommandSpec command) {
        CommandLine parent = command.parent() == null ? null : command.parent().commandLine();
        if (parent == null) {
            return "";
        }
        String above = section(parent.getCommandSpec());
        return above.isEmpty() ? command.name() : above + "." + command.name();
    }

    /** A command right below this one. */
    Optional<CommandTree> below(String name) {
        return Optional.ofNullable(root.subcommands().get(name)).map(line -> new CommandTree(line.getCommandSpec()));
    }

    /** All commands, this one first, each once whatever its other names. */
    List<CommandSpec> commands() {
        List<CommandSpec> all = new ArrayList<>();
        collect(root, all);
        return all;
    }

    private static void collect(CommandSpec command, List<CommandSpec> all) {
        all.add(command);
        command.subcommands().values().stream().distinct().forEach(line -> collect(line.getCommandSpec(), all));
    }

    /** The option with this key or earlier key, in every command that has it. */
    List<OptionSpec> options(String key) {
        return named(key).map(NamedOption::option).toList();
    }

    /** The key and the earlier keys of the option with this key. */
    List<String> names(String key) {
        return named(key).flatMap(option -> option.names().stream()).distinct().toList();
    }

    private Stream<NamedOption> named(String key) {
        return options().stream().filter(option -> option.names().contains(key));
    }

    /** Every key that means something here, names of commands included. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>(root.subcommands().keySet());
        options().forEach(option -> option.names().stream().findFirst().ifPresent(keys::add));
        return keys;
    }

    private List<NamedOption> options() {
        if (options == null) {
            options = commands().stream()
                    .flatMap(command -> command.options().stream())
                    .map(option -> new NamedOption(option, OptionKey.names(option)))
                    .toList();
        }
        return options;
    }

    private record NamedOption(OptionSpec option, List<String> names) {}
}
