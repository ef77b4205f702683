package io.docrows.cli.config;

import io.docrows.cli.session.Session;
import io.docrows.text.ForeignText;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Gathers settings and finds out which of them are refused. */
final class ConfigurationReader {

    static final String DEFAULT_FILE = "etl.yaml";

    /** Names that mongodump gives. */
    private static final String DUMPED =
            "{*.bson,*.bson.gz,*.metadata.json,*.metadata.json.gz,prelude.json,prelude.json.gz}";

    private final Session session;
    private final Set<String> pipelines;
    private final CommandLine commands;
    private final Supplier<CommandLine> trial;

    ConfigurationReader(Session session, Set<String> pipelines, CommandLine commands, Supplier<CommandLine> trial) {
        this.session = session;
        this.pipelines = pipelines;
        this.commands = commands;
        this.trial = trial;
    }

    Configuration read(List<String> arguments) {
        CommandTree tree = new CommandTree(commands.getCommandSpec());
        EarlyOptions given = EarlyOptions.of(arguments);
        Optional<String> named = given.file().or(() -> session.variable(OptionKey.variable(OptionKey.CONFIG)));
        YamlFile file = file(named);
        List<Problem> problems = new ArrayList<>();
        if (file != null && named.isEmpty()) {
            amongDocuments(file).ifPresent(problems::add);
        }
        EnvironmentReferences references = new EnvironmentReferences(session);
        List<Entry> entries = new ArrayList<>();
        Optional<String> chosen = given.pipeline().or(() -> session.variable(OptionKey.variable(OptionKey.PIPELINE)));
        if (file != null && problems.isEmpty()) {
            FileSettings settings = new FileSettings(file, references, problems, pipelines);
            entries.addAll(settings.read(tree));
            chosen = chosen.or(settings::pipeline);
        }
        if (chosen.isEmpty() && pipelines.size() == 1) {
            chosen = pipelines.stream().findFirst();
        }
        entries.addAll(variables(tree));
        Map<String, Problem> problemsOfEnvironment = new HashMap<>();
        List<Entry> valid = new ArrayList<>();
        OptionCheck check = entries.isEmpty() ? null : new OptionCheck(trial.get());
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
        return new Configuration(file, references.used(), chosen, valid, problems, problemsOfEnvironment);
    }

    /** A dump may come from elsewhere, and with it a file that would send documents or passwords to its author. */
    private Optional<Problem> amongDocuments(YamlFile file) {
        try (DirectoryStream<Path> dumped = Files.newDirectoryStream(session.directory(), DUMPED)) {
            for (Path document : dumped) {
                return Optional.of(new Problem(
                        Origin.file(file.name()),
                        "",
                        "is among the files of a dump ("
                                + ForeignText.printable(String.valueOf(document.getFileName()))
                                + "), and is not used by default; name it with --config if it is yours, or run"
                                + " in another directory"));
            }
        } catch (IOException | DirectoryIteratorException e) {
            // A directory that cannot be listed shows no dump.
        }
        return Optional.empty();
    }

    private @Nullable YamlFile file(Optional<String> name) {
        Path path = session.directory().resolve(name.orElse(DEFAULT_FILE));
        return name.isPresent() || Files.exists(path) ? new YamlFile(path, name.orElse(DEFAULT_FILE)) : null;
    }

    private List<Entry> variables(CommandTree tree) {
        List<Entry> entries = new ArrayList<>();
        for (String key : tree.keys()) {
            tree.names(key).stream()
                    .map(OptionKey::variable)
                    .filter(variable -> session.variable(variable).isPresent())
                    .findFirst()
                    .ifPresent(variable -> entries.add(new Entry(
                            key,
                            tree.options(key),
                            new Setting(session.variable(variable).orElseThrow(), Origin.variable(variable)))));
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
