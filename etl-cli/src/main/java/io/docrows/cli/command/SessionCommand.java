package io.docrows.cli.command;

import io.docrows.PipelineProvider;
import io.docrows.cli.config.Configuration;
import io.docrows.cli.config.Configured;
import io.docrows.cli.config.SelfChecking;
import io.docrows.cli.connection.SourceAddress;
import io.docrows.cli.connection.Sources;
import io.docrows.cli.exit.Failure;
import io.docrows.cli.logging.LogFormat;
import io.docrows.cli.logging.Logging;
import io.docrows.cli.logging.StackTrace;
import io.docrows.cli.option.LogOptions;
import io.docrows.cli.option.SessionOption;
import io.docrows.cli.output.Attempt;
import io.docrows.cli.output.JsonOutput;
import io.docrows.cli.output.Summary;
import io.docrows.cli.program.Chosen;
import io.docrows.cli.session.Session;
import io.docrows.report.RunReport;
import io.docrows.source.DocumentSource;
import io.docrows.text.ForeignText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands have in common: logging, and one line and an exit code for whatever goes wrong. */
public abstract class SessionCommand implements Callable<Integer>, SelfChecking {

    private static final Logger LOG = LoggerFactory.getLogger(SessionCommand.class);

    @Mixin
    private LogOptions log = new LogOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    private final Attempt attempt = new Attempt();
    private final Session session;

    /**
     * A command.
     *
     * @param session what it takes from its process
     */
    protected SessionCommand(Session session) {
        this.session = session;
    }

    /**
     * Does the work.
     *
     * @return the exit code
     */
    protected abstract int execute();

    /**
     * Whether the result is printed as JSON.
     *
     * @return false, for commands that print text only
     */
    protected boolean json() {
        return false;
    }

    /**
     * What surrounds this command.
     *
     * @return what it takes from its process
     */
    protected final Session session() {
        return session;
    }

    /**
     * How this command logs.
     *
     * @return options
     */
    protected final LogOptions log() {
        return log;
    }

    /**
     * What this command does of a run.
     *
     * @return to be told what the run does
     */
    protected final Attempt attempt() {
        return attempt;
    }

    @Override
    public final Integer call() {
        Logging.start(log.format(), log.level(), session.err(), session.secrets());
        int exitCode;
        try {
            requireValidConfiguration();
            announceConfiguration();
            check();
            exitCode = execute();
        } catch (RuntimeException | Error e) {
            exitCode = fail(e);
        }
        session.out().flush();
        return exitCode;
    }

    /** Refuses to work with settings that are wrong, whether this command would use them or not. */
    void requireValidConfiguration() {
        configuration().requireValid(spec.commandLine().getParseResult());
    }

    /** Nobody should have to guess that a file of the current directory takes part. */
    void announceConfiguration() {
        configuration()
                .file()
                .ifPresent(file -> LOG.info(
                        "settings from {}{}",
                        file.normalize(),
                        configuration().references().isEmpty()
                                ? ""
                                : ", with the environment variables "
                                        + String.join(", ", configuration().references())));
    }

    /**
     * The pipeline this command is about.
     *
     * @return the only one, or the one that was named
     * @throws io.docrows.error.DocrowsException {@code INVALID_OPTION} if there are several and none was named
     */
    protected final PipelineProvider pipeline() {
        return chosen().pipeline();
    }

    /**
     * Opens a source.
     *
     * @param address where it is
     * @return the source, to be closed by the caller
     * @throws io.docrows.error.DocrowsException if it cannot be opened
     */
    protected final DocumentSource open(SourceAddress address) {
        return Sources.open(address, chosen().program().samples());
    }

    private Chosen chosen() {
        return (Chosen) spec.root().userObject();
    }

    final Configuration configuration() {
        return ((Configured) spec.root().userObject()).configuration();
    }

    /** Checks the options that this command shares with others; commands add what is their own. */
    @Override
    public void check() {
        for (CommandSpec mixin : spec.mixins().values()) {
            if (mixin.userObject() instanceof SessionOption option) {
                option.check(session);
            }
        }
    }

    /**
     * Prints the result of a run, in whatever way it ended.
     *
     * @param report what the run did
     * @param exitCode what this command ends with
     */
    protected final void print(RunReport report, int exitCode) {
        if (json()) {
            printJson(JsonOutput.run(report, exitCode));
        } else {
            print(Summary.of(report, attempt));
        }
    }

    /**
     * Prints a result for people.
     *
     * @param text lines, each ending with a line feed; names in them that others chose hold none
     */
    protected final void print(String text) {
        session.out().print(ForeignText.printableLines(text));
    }

    /**
     * Prints a result as JSON.
     *
     * @param object names and values, none of which is a secret
     */
    protected final void printJson(Map<String, ?> object) {
        session.out().print(JsonOutput.write(object) + "\n");
    }

    private int fail(Throwable e) {
        Failure failure = Failure.of(e, session.secrets());
        String message = session.secrets()
                .maskEchoes(
                        failure.message(),
                        spec.root().commandLine().getParseResult().originalArgs());
        if (json()) {
            Map<String, Object> object = failure.report()
                    .map(report -> JsonOutput.run(report, failure.exitCode()))
                    .orElseGet(() -> new LinkedHashMap<>(Map.of("exitCode", failure.exitCode())));
            object.put("error", JsonOutput.error(failure.code(), message));
            printJson(object);
        } else {
            failure.report().ifPresent(report -> print(Summary.of(report, attempt)));
            session.out().flush();
        }
        if (log.format() == LogFormat.JSON) {
            LOG.atError()
                    .addKeyValue("code", failure.code())
                    .addKeyValue("exitCode", failure.exitCode())
                    .log(message);
        } else {
            session.err().println("etl: " + message);
        }
        if (log.level().showsStackTraces()) {
            session.err().print(StackTrace.of(e, session.secrets()));
        }
        return failure.exitCode();
    }
}
