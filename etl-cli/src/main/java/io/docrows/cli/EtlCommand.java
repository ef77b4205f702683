package io.docrows.cli;

import io.docrows.PipelineProvider;
import io.docrows.cli.command.Commands;
import io.docrows.cli.command.rejects.RejectsCommand;
import io.docrows.cli.config.Configuration;
import io.docrows.cli.config.Configured;
import io.docrows.cli.config.ConfiguredDefaults;
import io.docrows.cli.exit.ExitCode;
import io.docrows.cli.exit.Failure;
import io.docrows.cli.option.Conventions;
import io.docrows.cli.output.VersionProvider;
import io.docrows.cli.program.Chosen;
import io.docrows.cli.program.Program;
import io.docrows.cli.session.Secrets;
import io.docrows.cli.session.Session;
import io.docrows.text.ForeignText;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code etl}: the command above all others. */
@Command(
        name = "etl",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Loads MongoDB documents into PostgreSQL tables.",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:done, but documents were rejected, source and target differ, or a run would change something",
            "2:the command line or the configuration is wrong",
            "3:the source cannot be reached or is broken",
            "4:the target cannot be reached, or its schema is not the expected one",
            "5:more documents were rejected, or more rows would be deleted, than allowed",
            "70:an internal error, or not enough memory",
            "130:interrupted: the current batch was finished, and the next run continues from there"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./etl demo", "  ./etl run --source dump/shop --target embedded", "  ./etl COMMAND --help"})
final class EtlCommand implements Runnable, Configured, Chosen {

    /** Stands for the commands that have no name before they are made. */
    private static final String ALL = "";

    /** The command that has others below it. */
    private static final String REJECTS = "rejects";

    /** Commands that show what there is of other commands. */
    private static final Set<String> ABOUT_ALL = Set.of("config", "completion");

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Option(
            names = "--config",
            scope = ScopeType.INHERIT,
            order = 102,
            paramLabel = "FILE",
            description = "The configuration file (default: etl.yaml, if it exists; environment: ETL_CONFIG).")
    @Nullable Path config;

    @Option(
            names = "--pipeline",
            scope = ScopeType.INHERIT,
            order = 103,
            paramLabel = "NAME",
            description = "The pipeline to use, if the program has several (environment: ETL_PIPELINE).")
    @Nullable String pipeline;

    private final Program program;
    private Configuration configuration = Configuration.NONE;

    private EtlCommand(Program program) {
        this.program = program;
    }

    /**
     * The command line, with what is configured in place of what is not on it.
     *
     * @param session what the commands take from their process
     * @param arguments the command and its options
     * @param program what the command line is made of
     * @return ready to execute
     */
    static CommandLine line(Session session, List<String> arguments, Program program) {
        session.variable("PGPASSWORD").ifPresent(session.secrets()::add);
        Predicate<String> needed = needed(session, arguments);
        CommandLine line = commands(session, program, needed);
        Configuration configuration =
                Configuration.read(session, arguments, program.names(), line, () -> commands(session, program, needed));
        ((EtlCommand) line.getCommandSpec().userObject()).configuration = configuration;
        return line.setDefaultValueProvider(new ConfiguredDefaults(configuration))
                .setParameterExceptionHandler(misunderstood(session))
                // Else picocli prints a stack trace and ends with 1, which means that documents were rejected.
                .setExecutionExceptionHandler((e, command, parsed) -> Failure.tell(e, session))
                .setExecutionStrategy(parsed -> execute(parsed, session));
    }

    /**
     * Only the command that is given, where no other one can make a difference: picocli takes longer to look at all of
     * them than some of them take to do their work.
     */
    private static Predicate<String> needed(Session session, List<String> arguments) {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        boolean alone = (Commands.NAMES.contains(first) || first.equals(REJECTS))
                && !ABOUT_ALL.contains(first)
                && !Configuration.isGiven(session, arguments);
        return alone ? first::equals : name -> true;
    }

    private static int execute(ParseResult parsed, Session session) {
        try {
            return new RunLast().execute(parsed);
        } catch (ParameterException | ExecutionException e) {
            throw e;
        } catch (RuntimeException e) {
            return Failure.tell(e, session);
        }
    }

    /**
     * All commands, as they are before anything is configured.
     *
     * @param session what the commands take from their process
     * @param program what the command line is made of
     * @return the commands
     */
    static CommandLine commands(Session session, Program program) {
        return commands(session, program, name -> true);
    }

    private static CommandLine commands(Session session, Program program, Predicate<String> needed) {
        CommandLine line = new CommandLine(new EtlCommand(program));
        if (needed.test(ALL)) {
            program.commands().forEach(command -> line.addSubcommand(command.apply(session)));
        }
        Commands.NAMES.stream()
                .filter(needed)
                .forEach(name -> line.addSubcommand(name, command(name, session, program)));
        if (needed.test(REJECTS)) {
            line.addSubcommand(REJECTS, RejectsCommand.line(session));
        }
        line.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(session.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(session.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(110);
        Conventions.apply(line);
        return line;
    }

    private static Object command(String name, Session session, Program program) {
        Function<Session, Object> instead = program.instead().get(name);
        return instead == null ? Commands.named(name, session) : instead.apply(session);
    }

    @Override
    public Configuration configuration() {
        return configuration;
    }

    @Override
    public Program program() {
        return program;
    }

    @Override
    public PipelineProvider pipeline() {
        return program.pipeline(configuration.pipeline());
    }

    @Override
    public List<PipelineProvider> candidates() {
        return configuration.pipeline().isPresent() ? List.of(pipeline()) : program.pipelines();
    }

    private static IParameterExceptionHandler misunderstood(Session session) {
        return (e, arguments) -> {
            CommandLine command = e.getCommandLine();
            String message = message(e, arguments, session.secrets());
            session.err()
                    .println("etl: " + message + (message.endsWith("?") ? " See ./" : "; see ./")
                            + command.getCommandSpec().qualifiedName() + " --help");
            return ExitCode.USAGE;
        };
    }

    private static String message(ParameterException e, String[] arguments, Secrets secrets) {
        List<String> given = new ArrayList<>(List.of(arguments));
        given.add(String.valueOf(e.getValue()));
        if (e instanceof UnmatchedArgumentException several) {
            given.addAll(several.getUnmatched());
        }
        String message = String.valueOf(e.getMessage());
        for (String argument : given) {
            // Before the first line is taken: it may be an argument that has several.
            message = message.replace(argument, ForeignText.printable(argument));
        }
        given.replaceAll(ForeignText::printable);
        message = secrets.maskEchoes(message, given)
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return message;
        }
        boolean command = !unmatched.isUnknownOption()
                && !e.getCommandLine().getSubcommands().isEmpty();
        String what = command
                ? "no such command: "
                        + ForeignText.printable(
                                secrets.mask(unmatched.getUnmatched().get(0)))
                : message;
        List<String> similar = unmatched.getSuggestions();
        return similar.isEmpty() ? what : what + "; did you mean " + similar.get(0) + "?";
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
