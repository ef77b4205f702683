package io.docrows.cli.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A file of YAML 1.2, as nodes that know on which line they stand.
 *
 * @param path where it is
 * @param name how people call it
 */
record YamlFile(Path path, String name) {

    /** The keys and values of the file; empty when it holds none, or cannot be read. */
    Optional<MappingNode> read(List<Problem> problems) {
        try {
            Optional<Node> root = new Compose(
                            LoadSettings.builder().setLabel(name).build())
                    .composeString(Files.readString(path, StandardCharsets.UTF_8));
            if (root.isEmpty() || isNothing(root.get())) {
                return Optional.empty();
            }
            if (root.get() instanceof MappingNode keys) {
                return Optional.of(keys);
            }
            problems.add(
                    new Problem(origin(root.get()), "", "must contain keys and values, such as \"source: embedded\""));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            problems.add(new Problem(Origin.line(name, line), "", "is not YAML: " + withoutContent(e.getProblem())));
        } catch (YamlEngineException e) {
            problems.add(
                    new Problem(Origin.line(name, 1), "", "is not YAML: " + withoutContent(firstLine(e.getMessage()))));
        } catch (NoSuchFileException e) {
            problems.add(new Problem(Origin.file(name), "", "there is no such file"));
        } catch (CharacterCodingException e) {
            problems.add(new Problem(Origin.file(name), "", "is not UTF-8 text"));
        } catch (IOException e) {
            problems.add(new Problem(Origin.file(name), "", "cannot be read: " + e.getMessage()));
        }
        return Optional.empty();
    }

    Origin origin(Node node) {
        return Origin.line(name, node.getStartMark().map(Mark::getLine).orElse(0) + 1);
    }

    static boolean isNothing(Node node) {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    /** A password that begins like an alias or a tag is quoted as one that is not known. */
    private static String withoutContent(@Nullable String problem) {
        return String.valueOf(problem)
                .replaceFirst("(?s)((?:undefined|duplicate|invalid) (?:alias|anchor|tag handle|key)) .*", "$1");
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }
}
