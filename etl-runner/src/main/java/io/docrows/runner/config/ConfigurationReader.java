package io.docrows.runner.config;

import io.docrows.runner.session.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Gathers settings and finds out which of them are refused. */
final class ConfigurationReader {

    private static final String DEFAULT_FILE = "etl.yaml";

    private final Session session;
    private final Supplier<CommandLine> commands;

    ConfigurationReader(Session session, Supplier<CommandLine> commands) {
        this.session = session;
        this.commands = commands;
    }

    Configuration read(List<String> arguments) {
        CommandTree tree = new CommandTree(commands.get().getCommandSpec());
        YamlFile file = file(ConfigArgument.of(arguments));
        List<Problem> problems = new ArrayList<>();
        List<Entry> entries = file == null
                ? new ArrayList<>()
                : new FileSettings(file, new EnvironmentReferences(session), problems).read(tree);
        entries.addAll(variables(tree));
        Map<String, Problem> problemsOfEnvironment = new HashMap<>();
        List<Entry> valid = new ArrayList<>();
        OptionCheck check = entries.isEmpty() ? null : new OptionCheck(commands.get());
        for (Entry entry : entries) {
            Optional<String> refusal = check == null ? Optional.empty() : refusal(entry, check);
            if (refusal.isEmpty()) {
                valid.add(entry);
            } else if (entry.setting().origin().kind() == Origin.Kind.ENVIRONMENT) {
                problemsOfEnvironment.put(
                        entry.name(), new Problem(entry.setting().origin(), "", refusal.get()));
            } else {
                problems.add(new Problem(entry.setting().origin(), entry.name(), refusal.get()));
            }
        }
        problems.sort(Comparator.comparingInt(problem -> problem.origin().line()));
        return new Configuration(file, valid, problems, problemsOfEnvironment);
    }

    private @Nullable YamlFile file(Optional<String> named) {
        Optional<String> name = named.or(() -> session.variable(OptionKey.variable(OptionKey.CONFIG)));
        Path path = session.directory().resolve(name.orElse(DEFAULT_FILE));
        return name.isPresent() || Files.exists(path) ? new YamlFile(path, name.orElse(DEFAULT_FILE)) : null;
    }

    private List<Entry> variables(CommandTree tree) {
        List<Entry> entries = new ArrayList<>();
        for (String key : tree.keys()) {
            String variable = OptionKey.variable(key);
            Optional<String> value = session.variable(variable);
            if (value.isPresent()) {
                List<OptionSpec> options = tree.options(key);
                if (!options.isEmpty()) {
                    entries.add(new Entry(key, options, new Setting(value.get(), Origin.variable(variable))));
                }
            }
        }
        return entries;
    }

    private Optional<String> refusal(Entry entry, OptionCheck check) {
        if (entry.options().stream()
                .flatMap(option -> OptionKey.of(option).stream())
                .anyMatch(OptionKey::isSecret)) {
            session.secrets().add(entry.setting().value());
        }
        return entry.options().stream()
                .flatMap(option -> check.refusal(option, entry.setting().value()).stream())
                .map(refusal -> session.secrets()
                        .maskEchoes(refusal, List.of(entry.setting().value())))
                .findFirst();
    }
}
