package io.docrows.scaffold.choice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** In which line of a file of choices each collection and field is, so that what is wrong can be found. Immutable. */
public final class ChoicesLines {

    private final Map<String, Integer> lines = new HashMap<>();

    private ChoicesLines() {}

    /**
     * The lines of a file.
     *
     * @param yaml its text, which is YAML
     * @return its lines
     */
    public static ChoicesLines of(String yaml) {
        ChoicesLines lines = new ChoicesLines();
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        for (NodeTuple entry : entries(new Compose(settings).composeString(yaml).orElse(null))) {
            if (name(entry).equals("collections")) {
                lines.each(entry.getValueNode(), "");
            }
        }
        return lines;
    }

    /**
     * A problem with the number of the line that it is about.
     *
     * @param problem a sentence that begins with the names that lead there, parted by dots
     * @return the same, with its line before it if it is known
     */
    public String with(String problem) {
        return lines.keySet().stream()
                .filter(where -> problem.startsWith(where + ":")
                        || problem.startsWith(where + " ")
                        || problem.startsWith(where + "."))
                .max((one, other) -> Integer.compare(one.length(), other.length()))
                .map(where -> "line " + lines.get(where) + ": " + problem)
                .orElse(problem);
    }

    private void each(Node map, String before) {
        for (NodeTuple entry : entries(map)) {
            String where = before + name(entry);
            entry.getKeyNode().getStartMark().ifPresent(mark -> lines.put(where, mark.getLine() + 1));
            below(entry.getValueNode(), where);
        }
    }

    private void below(Node choice, String where) {
        for (NodeTuple entry : entries(choice)) {
            switch (name(entry)) {
                case "fields" -> each(entry.getValueNode(), where + ".");
                case "tables" -> each(entry.getValueNode(), where + ": ");
                case "value" -> below(entry.getValueNode(), where);
                default -> {
                    // A setting, which is in the line of what it is about.
                }
            }
        }
    }

    private static List<NodeTuple> entries(@Nullable Node node) {
        return node instanceof MappingNode map ? map.getValue() : List.of();
    }

    private static String name(NodeTuple entry) {
        return Optional.of(entry.getKeyNode())
                .filter(ScalarNode.class::isInstance)
                .map(key -> ((ScalarNode) key).getValue())
                .orElse("");
    }
}
