package io.docrows.cli.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Walks through a configuration file. A key is an option, and holds for every command that has it; or the name of a
 * command, and what is below it holds for that command and those below it.
 */
final class FileSettings {

    private static final String PIPELINES = "pipelines";

    private record Place(Origin origin, String name) {}

    private final YamlFile file;
    private final EnvironmentReferences references;
    private final List<Problem> problems;
    private final Set<String> pipelines;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable String pipeline;

    FileSettings(YamlFile file, EnvironmentReferences references, List<Problem> problems, Set<String> pipelines) {
        this.file = file;
        this.references = references;
        this.problems = problems;
        this.pipelines = pipelines;
    }

    /** The part of the file that is for one pipeline. */
    static String part(String pipeline) {
        return Entry.name(PIPELINES, pipeline);
    }

    /** The pipeline that the file chooses, once it was read. */
    Optional<String> pipeline() {
        return Optional.ofNullable(pipeline);
    }

    List<Entry> read(CommandTree commands) {
        file.read(problems).ifPresent(keys -> walk(keys, commands, ""));
        return entries;
    }

    private void walk(MappingNode keys, CommandTree commands, String part) {
        String section = Entry.name(part, CommandTree.section(commands.command()));
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : keys.getValue()) {
            Origin origin = file.origin(tuple.getKeyNode());
            // Other keys than scalars are refused by the parser.
            String key = ((ScalarNode) tuple.getKeyNode()).getValue();
            Place place = new Place(origin, Entry.name(section, key));
            Optional<CommandTree> below = commands.below(key);
            if (!seen.add(first(commands, key))) {
                refuse(place, "is set twice; keep one of them");
            } else if (section.isEmpty() && key.equals(OptionKey.PIPELINE)) {
                choose(tuple.getValueNode(), place);
            } else if (section.isEmpty() && key.equals(PIPELINES)) {
                parts(tuple.getValueNode(), commands, place);
            } else if (below.isPresent()) {
                section(tuple.getValueNode(), below.get(), part, place);
            } else {
                option(tuple.getValueNode(), commands, key, section, place);
            }
        }
    }

    /** The key that an option has now, where the file has an earlier one. */
    private static String first(CommandTree commands, String key) {
        return commands.options(key).stream().findFirst().flatMap(OptionKey::of).orElse(key);
    }

    private void choose(Node value, Place place) {
        if (value instanceof ScalarNode scalar && pipelines.contains(scalar.getValue())) {
            pipeline = scalar.getValue();
        } else {
            refuse(place, "is not a pipeline of this program; choose from " + String.join(", ", pipelines));
        }
    }

    /** What holds for one pipeline only, below its name. */
    private void parts(Node value, CommandTree commands, Place place) {
        if (YamlFile.isNothing(value)) {
            return;
        }
        if (!(value instanceof MappingNode names)) {
            refuse(place, "must contain names of pipelines, and below each the settings for it alone");
            return;
        }
        for (NodeTuple tuple : names.getValue()) {
            String name = ((ScalarNode) tuple.getKeyNode()).getValue();
            Place below = new Place(file.origin(tuple.getKeyNode()), part(name));
            if (!pipelines.contains(name)) {
                refuse(below, "is not a pipeline of this program; choose from " + String.join(", ", pipelines));
            } else if (tuple.getValueNode() instanceof MappingNode keys) {
                walk(keys, commands, part(name));
            } else if (!YamlFile.isNothing(tuple.getValueNode())) {
                refuse(below, "is a pipeline; put the settings for it alone below it, one per line");
            }
        }
    }

    private void section(Node value, CommandTree commands, String part, Place place) {
        if (value instanceof MappingNode keys) {
            walk(keys, commands, part);
        } else if (!YamlFile.isNothing(value)) {
            refuse(place, "is a command; put its options below it, one per line");
        }
    }

    private void option(Node value, CommandTree commands, String key, String section, Place place) {
        List<OptionSpec> options = commands.options(key);
        if (options.isEmpty()) {
            refuse(place, unknown(commands, key));
            return;
        }
        if (YamlFile.isNothing(value)) {
            refuse(place, "has no value; give it one or remove the line");
            return;
        }
        try {
            text(value, options.get(0))
                    .ifPresentOrElse(
                            text -> entries.add(new Entry(
                                    Entry.name(section, first(commands, key)),
                                    options,
                                    new Setting(references.resolve(text), references.shown(text), place.origin()))),
                            () -> refuse(
                                    place,
                                    options.get(0).isMultiValue()
                                            ? "takes one value or a list of values"
                                            : "takes one value"));
        } catch (IllegalArgumentException e) {
            refuse(place, String.valueOf(e.getMessage()));
        }
    }

    /** The value as it would stand on the command line, where lists are separated by commas. */
    private static Optional<String> text(Node value, OptionSpec option) {
        if (value instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        if (!(value instanceof SequenceNode sequence) || !option.isMultiValue()) {
            return Optional.empty();
        }
        List<String> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            if (!(item instanceof ScalarNode scalar)) {
                return Optional.empty();
            }
            items.add(scalar.getValue());
        }
        return Optional.of(String.join(",", items));
    }

    private static String unknown(CommandTree commands, String key) {
        if (key.startsWith("no-") && commands.options(key.substring(3)).stream().anyMatch(OptionSpec::negatable)) {
            return "no such key; write \"" + key.substring(3) + ": false\"";
        }
        Optional<String> closest = Suggestions.closest(key, commands.keys());
        return "no such key; "
                + closest.map(name -> "did you mean " + name + "?")
                        .orElseGet(() -> commands.command().parent() == null
                                ? "./etl config shows the valid keys"
                                : "allowed are " + String.join(", ", commands.keys()));
    }

    private void refuse(Place place, String message) {
        problems.add(new Problem(place.origin(), place.name(), message));
    }
}
