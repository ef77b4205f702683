package io.docrows.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command and those below it, and what can be set for them. */
final class CommandTree {

    private final CommandSpec root;

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
        List<CommandSpec> all = new ArrayList<>(List.of(root));
        root.subcommands().values().stream()
                .distinct()
                .forEach(line -> all.addAll(new CommandTree(line.getCommandSpec()).commands()));
        return all;
    }

    /** The option with this key or earlier key, in every command that has it. */
    List<OptionSpec> options(String key) {
        return commands().stream()
                .flatMap(command -> command.options().stream())
                .filter(option -> OptionKey.names(option).contains(key))
                .toList();
    }

    /** Every key that means something here, names of commands included. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>(root.subcommands().keySet());
        commands()
                .forEach(command ->
                        command.options().forEach(option -> OptionKey.of(option).ifPresent(keys::add)));
        return keys;
    }
}
