package io.docrows.cli.config;

import io.docrows.cli.session.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the environment and the configuration file say about options. Values that are not valid are left out, and
 * {@link #requireValid} lists them. Immutable.
 */
public final class Configuration {

    /** Nothing is configured. */
    public static final Configuration NONE =
            new Configuration(null, Set.of(), Optional.empty(), List.of(), List.of(), Map.of());

    private final @Nullable YamlFile file;
    private final SortedSet<String> references;
    private final Optional<String> pipeline;
    private final Map<String, Setting> environment;
    private final Map<String, Setting> settings;
    private final List<Problem> problemsOfFile;
    private final Map<String, Problem> problemsOfEnvironment;

    Configuration(
            @Nullable YamlFile file,
            Set<String> references,
            Optional<String> pipeline,
            List<Entry> entries,
            List<Problem> problemsOfFile,
            Map<String, Problem> problemsOfEnvironment) {
        this.file = file;
        this.pipeline = pipeline;
        this.references = Collections.unmodifiableSortedSet(new TreeSet<>(references));
        Map<String, Setting> variables = new HashMap<>();
        Map<String, Setting> keys = new HashMap<>();
        for (Entry entry : entries) {
            boolean variable = entry.setting().origin().kind() == Origin.Kind.ENVIRONMENT;
            (variable ? variables : keys).put(entry.name(), entry.setting());
        }
        this.environment = Map.copyOf(variables);
        this.settings = Map.copyOf(keys);
        this.problemsOfFile = List.copyOf(problemsOfFile);
        this.problemsOfEnvironment = Map.copyOf(problemsOfEnvironment);
    }

    /**
     * Whether anything may be configured that takes all commands to understand: a file, or an environment variable that
     * means one thing to one command and another thing to another.
     *
     * @param session the environment, and the directory that may hold the file
     * @param arguments the command line, which may name another file
     * @return false, if at most the addresses of source and target are configured
     */
    public static boolean isGiven(Session session, List<String> arguments) {
        return EarlyOptions.of(arguments).file().isPresent()
                || session.environment().keySet().stream().anyMatch(OptionKey::isVariable)
                || Files.exists(session.directory().resolve(ConfigurationReader.DEFAULT_FILE));
    }

    /**
     * Reads the configuration.
     *
     * @param session the environment, and the directory that holds the file
     * @param arguments the command line, which may name another file
     * @param pipelines the names of the pipelines that can be chosen
     * @param commands the commands whose options can be set
     * @param trial makes the same commands anew, to try values out on
     * @return what was found
     */
    public static Configuration read(
            Session session,
            List<String> arguments,
            Set<String> pipelines,
            CommandLine commands,
            Supplier<CommandLine> trial) {
        return new ConfigurationReader(session, pipelines, commands, trial).read(arguments);
    }

    /**
     * The file that was read.
     *
     * @return its path, or empty if there is none
     */
    public Optional<Path> file() {
        return Optional.ofNullable(file).map(YamlFile::path);
    }

    /**
     * The environment variables that the file refers to.
     *
     * @return their names
     */
    public SortedSet<String> references() {
        return references;
    }

    /**
     * The pipeline that was chosen: on the command line, by the environment, or in the file.
     *
     * @return its name, or empty if none was
     */
    public Optional<String> pipeline() {
        return pipeline;
    }

    /**
     * What is set for an option of a command: by the environment, else in the part of the file for the chosen pipeline,
     * else in the rest of it. In either the command's own section goes before that of a command above it, and that
     * before what holds for all.
     *
     * @param command the command
     * @param option one of its options
     * @return the setting, or empty if the option has its default
     */
    public Optional<Setting> of(CommandSpec command, OptionSpec option) {
        Optional<String> key = OptionKey.of(option);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Setting variable = environment.get(key.get());
        if (variable != null) {
            return Optional.of(variable);
        }
        return pipeline.flatMap(name -> of(FileSettings.part(name), command, key.get()))
                .or(() -> of("", command, key.get()));
    }

    private Optional<Setting> of(String part, CommandSpec command, String key) {
        for (CommandSpec at = command; at != null; at = at.parent()) {
            Setting setting = settings.get(Entry.name(Entry.name(part, CommandTree.section(at)), key));
            if (setting != null) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    /**
     * Refuses a configuration that is wrong: anything in the file, and those variables that the command would use.
     *
     * @param command the command that was given
     * @throws InvalidConfigurationException that lists every problem
     */
    public void requireValid(ParseResult command) {
        Stream<Problem> variables = command.commandSpec().options().stream()
                .filter(option -> !command.hasMatchedOption(option))
                .flatMap(option -> OptionKey.of(option).stream())
                .flatMap(key -> Optional.ofNullable(problemsOfEnvironment.get(key)).stream());
        List<Problem> problems =
                Stream.concat(problemsOfFile.stream(), variables).toList();
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
    }
}
