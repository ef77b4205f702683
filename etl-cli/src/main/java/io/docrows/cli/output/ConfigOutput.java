package io.docrows.cli.output;

import io.docrows.cli.config.Origin;
import io.docrows.text.ForeignText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings that are in effect, for people and for programs. */
public final class ConfigOutput {

    private ConfigOutput() {}

    /**
     * A setting of one command.
     *
     * @param command the command, such as {@code run}; with a dot before each subcommand
     * @param key the option without its dashes
     * @param value the value without secrets; empty if there is none
     * @param origin where it comes from
     */
    public record Effective(String command, String key, String value, Origin origin) {}

    /**
     * For people: what all commands agree on stands in one row.
     *
     * @param file the configuration file, if there is one
     * @param settings the settings of all commands
     * @return lines, each ending with a line feed
     */
    public static String text(Optional<Path> file, List<Effective> settings) {
        Map<String, List<Effective>> byKey = settings.stream()
                .collect(Collectors.groupingBy(Effective::key, LinkedHashMap::new, Collectors.toList()));
        TextTable table = new TextTable().text("setting").text("value").text("from");
        List<Effective> own = new ArrayList<>();
        byKey.values().forEach(all -> {
            if (all.size() > 1
                    && all.stream()
                                    .map(one -> one.value() + "\n" + one.origin())
                                    .distinct()
                                    .count()
                            == 1) {
                row(table, all.get(0).key(), all.get(0));
            } else {
                own.addAll(all);
            }
        });
        settings.stream().filter(own::contains).forEach(one -> row(table, one.command() + "." + one.key(), one));
        return "Configuration file: "
                + file.map(path -> ForeignText.printable(path.toString()))
                        .orElse("none; ./etl config --example > etl.yaml writes one to start from")
                + "\n\n" + table.format();
    }

    private static void row(TextTable table, String name, Effective setting) {
        table.row(
                name,
                setting.value().isEmpty() ? "-" : setting.value(),
                setting.origin().place());
    }

    /**
     * For programs.
     *
     * @param file the configuration file, if there is one
     * @param settings the settings of all commands
     * @return the fields of the object
     */
    public static Map<String, Object> json(Optional<Path> file, List<Effective> settings) {
        Map<String, Object> object = new LinkedHashMap<>();
        file.ifPresent(path -> object.put("file", path.toString()));
        object.put("settings", settings.stream().map(ConfigOutput::json).toList());
        object.put("exitCode", 0);
        return object;
    }

    private static Map<String, Object> json(Effective setting) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("command", setting.command());
        object.put("key", setting.key());
        if (!setting.value().isEmpty()) {
            object.put("value", setting.value());
        }
        object.put("origin", setting.origin().kind().name().toLowerCase(Locale.ROOT));
        object.put("place", setting.origin().place());
        return object;
    }
}
